"""What taking a table would do, line by line, without doing it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from glossaire.fichiers import LigneLue
from glossaire.liaison import cle_de
from glossaire.models.pages import PROPRES_A_LA_LANGUE
from glossaire.operations.cellules_import import IDENTIFIANT, CelluleRefusee, normaliser
from glossaire.operations.jugement import Jugement
from glossaire.operations.relations_import import juger_les_relations
from glossaire.queries.etat_import import Etat, PageConnue, lire_etat, peut_modifier_la_page
from glossaire.tableau import (
    PAR_NOM,
    RELATIONS,
    VOCABULAIRES,
    champ_de,
    explication_de,
    paragraphes,
    valeurs,
)
from variantes.langues import nom_de_langue
from variantes.queries.gardes import peut_envoyer

FRANCAIS, FALC = settings.LANGUAGE_CODE, settings.FALC_LANGUAGE_CODE
# What all languages have from the French term.
PARTAGEES = ("sources", *VOCABULAIRES)
PARTAGEES_FALC = (*PARTAGEES, "nature", "genre", "exemple")
TEXTES = ("explication", "exemple")
MISE_EN_FORME = (
    "le texte du site a une mise en forme (gras, liens, listes, titres, images) qu’un tableau ne garde pas."
    " Changez-le dans l’éditeur."
)

PAS_PUBLIC = (
    "Le mot français n’est pas public : on traduit un texte relu. Importez de nouveau ce tableau quand il le sera."
)


def examiner(lignes: Iterable[LigneLue], user: Any) -> list[Jugement]:
    """Judge every line of a table against the glossary and against the other lines."""
    etat = lire_etat(user)
    jugements = [Jugement(ligne, _identifiant(ligne), _langue(ligne, etat)) for ligne in lignes]
    _doublons(jugements)
    # French first: the other languages are made from it.
    ordre = sorted(jugements, key=lambda each: (each.langue != FRANCAIS, each.ligne.numero))
    francais = set(etat.concepts)
    for jugement in ordre:
        juger(jugement, etat, francais)
        if jugement.langue == FRANCAIS and not jugement.raisons:
            francais.add(jugement.identifiant)
    _noms_du_fichier(ordre, etat)
    juger_les_relations(ordre, etat)
    return jugements


def juger(jugement: Jugement, etat: Etat, connus: set[str]) -> None:
    """Judge one line by itself; `connus` are the concepts that have, or will have, a French term."""
    jugement.raisons += jugement.ligne.defauts
    if not IDENTIFIANT.fullmatch(jugement.identifiant) and jugement.identifiant not in etat.concepts:
        jugement.refuser("des lettres minuscules sans accent, des chiffres et des tirets.", "identifiant")
    elif len(jugement.identifiant) > PAR_NOM["identifiant"].longueur:
        jugement.refuser(f"{PAR_NOM['identifiant'].longueur} signes au plus.", "identifiant")
    if jugement.langue not in etat.locales:
        known = ", ".join(sorted(etat.locales))
        jugement.refuser(f"« {jugement.langue} » n’est pas une langue du site. Langues : {known}.", "langue")
    if jugement.raisons:
        return
    jugement.connue = etat.page(jugement.identifiant, jugement.langue)
    if jugement.connue is not None:
        _page_existante(jugement, etat, jugement.connue)
    else:
        _page_nouvelle(jugement, etat, connus)
    if not jugement.raisons:
        _changements(jugement, etat)
    if not jugement.raisons and jugement.changements:
        _ensemble(jugement, etat)


def _identifiant(ligne: LigneLue) -> str:
    return ligne.cellules.get("identifiant", "").strip()


def _langue(ligne: LigneLue, etat: Etat) -> str:
    said = ligne.cellules.get("langue", "").strip()
    by_name = {nom_de_langue(code).casefold(): code for code in etat.locales}
    return by_name.get(said.casefold(), said.casefold())


def _doublons(jugements: list[Jugement]) -> None:
    first: dict[tuple[str, str], int] = {}
    for jugement in jugements:
        key = (jugement.identifiant, jugement.langue)
        if key in first:
            jugement.refuser(f"Ce mot est déjà à la ligne {first[key]}, dans la même langue.")
        first.setdefault(key, jugement.ligne.numero)


# --- Whether the person may, and whether now ---


def _page_existante(jugement: Jugement, etat: Etat, connue: PageConnue) -> None:
    if connue.page.alias_of_id:
        jugement.refuser("Cette page répète une autre page : elle n’a pas de texte à elle.")
    elif not peut_modifier_la_page(etat, connue):
        jugement.refuser(_pas_le_droit(jugement.langue))


def _pas_le_droit(langue: str) -> str:
    return f"Vous n’avez pas le droit d’écrire les mots en {nom_de_langue(langue)}."


def _page_nouvelle(jugement: Jugement, etat: Etat, connus: set[str]) -> None:
    langue = jugement.langue
    for nom in ("terme", "definition"):
        if not jugement.ligne.cellules.get(nom, "").strip():
            jugement.refuser("ce texte est obligatoire pour un nouveau mot.", nom)
    source = etat.page(jugement.identifiant, FRANCAIS)
    glossaire = etat.glossaires.get(langue)
    if langue != FRANCAIS and source is None and jugement.identifiant not in connus:
        jugement.refuser("Ce mot n’existe pas encore en français : une autre langue part du mot français.")
    elif glossaire is None:
        jugement.refuser(f"Le glossaire n’a pas encore de page en {nom_de_langue(langue)} : créez-la d’abord.")
    elif langue in {FRANCAIS, FALC}:
        if "add" not in etat.droits_sous(glossaire):
            jugement.refuser(_pas_le_droit(langue))
    elif source is None or not source.page.live:
        jugement.refuser(PAS_PUBLIC)
    elif "change" not in etat.droits_sous(glossaire) or not _peut_envoyer(etat, source, langue):
        jugement.refuser(_pas_le_droit(langue))


def _peut_envoyer(etat: Etat, source: PageConnue, langue: str) -> bool:
    return peut_envoyer(etat.user, source.page, etat.locales[langue])


# --- What changes ---


def _partagees(jugement: Jugement) -> tuple[str, ...]:
    """The columns that say what the page takes from the French one."""
    if jugement.langue == FALC:
        return PARTAGEES_FALC
    ordinaire = jugement.connue is not None and jugement.connue.source is None
    return () if jugement.langue == FRANCAIS or ordinaire else PARTAGEES


def _changements(jugement: Jugement, etat: Etat) -> None:
    connue = jugement.connue
    partagees = _partagees(jugement)
    ignorees = []
    for nom in PAR_NOM:
        brut = jugement.ligne.cellules.get(nom, "")
        texte = brut.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not texte or nom in {"identifiant", "langue"} or nom in RELATIONS:
            continue
        if nom in partagees:
            ignorees.append(PAR_NOM[nom].libelle.lower())
            continue
        try:
            apres = normaliser(nom, texte, etat.vocabulaires)
        except CelluleRefusee as refus:
            jugement.refuser(str(refus), nom)
            continue
        avant = connue.cellules.get(nom, "") if connue else ""
        if apres != avant and (apres or connue):
            jugement.changements.append((nom, avant, apres))
    if ignorees:
        jugement.remarques.append(f"Repris du mot français, et non de cette ligne : {', '.join(ignorees)}.")
    if connue and connue.verrou and jugement.changements:
        jugement.refuser(connue.verrou)


def _ensemble(jugement: Jugement, etat: Etat) -> None:
    """Check what the cells say together, and what the page can take."""
    changed = {nom for nom, _avant, _apres in jugement.changements}
    if jugement.valeur("developpe") and not jugement.valeur("sigle"):
        jugement.refuser("une forme développée demande un sigle.", "developpe")
    if jugement.langue == FRANCAIS or (jugement.connue and jugement.connue.source is None) or jugement.langue == FALC:
        for nom in changed.intersection(TEXTES):
            if jugement.connue and not _est_simple(jugement.connue.contenu, nom, falc=jugement.langue == FALC):
                jugement.refuser(MISE_EN_FORME, nom)
    else:
        _traduction(jugement, etat, changed)
    _noms_pris(jugement, etat, changed)


def _est_simple(contenu: dict[str, Any], nom: str, *, falc: bool = False) -> bool:
    if nom == "exemple":
        return paragraphes(str(contenu.get(nom) or ""))[1]
    return explication_de(contenu.get("texte_falc" if falc else nom), falc=falc)[1]


def _traduction(jugement: Jugement, etat: Etat, changed: set[str]) -> None:
    """A version translated phrase by phrase has the paragraphs of the French text, no more and no less."""
    if jugement.connue and jugement.connue.page.live:
        propres = [nom for nom in PAR_NOM if nom in changed and champ_de(nom) in PROPRES_A_LA_LANGUE]
        for nom in propres:
            jugement.refuser(
                "cette version est publique, et traduite phrase par phrase : un tableau n’y change que les textes.",
                nom,
            )
    source = _source(jugement, etat)
    for nom in changed.intersection(TEXTES):
        if not _est_simple(source, nom):
            jugement.refuser(MISE_EN_FORME, nom)
            continue
        francais = len(_paragraphes_de(source, nom))
        ici = len([line for line in jugement.valeur(nom).split("\n") if line])
        if francais != ici:
            jugement.refuser(f"{_nombre(francais)} en français, {ici} ici. Il en faut autant.", nom)


def _nombre(paragraphes: int) -> str:
    return f"{paragraphes} paragraphe{'s' if paragraphes > 1 else ''}"


def _source(jugement: Jugement, etat: Etat) -> dict[str, Any]:
    if jugement.connue and jugement.connue.source is not None:
        return jugement.connue.source
    francais = etat.page(jugement.identifiant, FRANCAIS)
    if francais is None:
        return {}
    page = francais.page
    # What is translated is what the public reads.
    return {"explication": list(page.explication.raw_data), "exemple": page.exemple}


def _paragraphes_de(contenu: dict[str, Any], nom: str) -> list[str]:
    if nom == "exemple":
        return paragraphes(str(contenu.get(nom) or ""))[0]
    return explication_de(contenu.get(nom))[0]


# --- Names ---


def noms_de_la_ligne(jugement: Jugement) -> Iterator[tuple[str, str]]:
    """The names that the term would have, with the column of each."""
    for nom in ("terme", "sigle", "developpe"):
        yield nom, jugement.valeur(nom)
    for texte in valeurs(jugement.valeur("autres_noms")):
        yield "autres_noms", texte


def _noms_pris(jugement: Jugement, etat: Etat, changed: set[str]) -> None:
    locale = etat.locales[jugement.langue].pk
    own = etat.concepts.get(jugement.identifiant)
    for nom, texte in noms_de_la_ligne(jugement):
        others = [titre for concept, titre in etat.noms.get((locale, cle_de(texte)), ()) if concept != own]
        if texte and nom in changed and others:
            jugement.refuser(f"« {texte} » est déjà un nom du mot « {others[0]} ».", nom)


def _noms_du_fichier(ordre: list[Jugement], etat: Etat) -> None:
    """Two lines of a table do not give one name to two terms."""
    first: dict[tuple[str, str], Jugement] = {}
    for jugement in ordre:
        if jugement.raisons or not jugement.changements:
            continue
        for nom, texte in noms_de_la_ligne(jugement):
            other = first.setdefault((jugement.langue, cle_de(texte)), jugement) if texte else jugement
            if other is not jugement:
                jugement.refuser(f"« {texte} » est déjà un nom du mot de la ligne {other.ligne.numero}.", nom)
