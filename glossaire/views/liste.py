"""The list of the words, from A to Z."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from glossaire.alphabet import AUTRES
from glossaire.forms_liste import FiltresForm
from glossaire.lexique import lexique
from glossaire.models import GlossairePage
from glossaire.models.pages import VOCABULAIRES
from glossaire.queries.liste import Entree, entrees, filtrer, nombres, par_lettre, recents
from socle import directory
from socle.facettes import VOCABULAIRES as TITRES
from socle.facettes import (
    Adresse,
    FiltreActif,
    construire_facettes,
    filtre_texte,
    filtres_actifs,
    noms_des_vocabulaires,
)
from socle.models import Illustration
from socle.page_context import page_context
from socle.pagination import paginate

# A longer list is shown letter by letter, and a letter that long in several pages: a page stays light.
ENTIER = 150
RECENTS_DES = 10
# The files that the glossary is given as: the name of the address, and what the file is.
EXPORTS = (
    ("glossaire_csv", _lazy("Tableau (CSV)")),
    ("glossaire_ttl", _lazy("Données liées SKOS (Turtle)")),
    ("glossaire_jsonld", _lazy("Données liées SKOS (JSON-LD)")),
    ("glossaire_json", _lazy("Liste pour les programmes (JSON)")),
)


@dataclass(frozen=True)
class Ligne:
    """A word in the list, with where it is explained in easy-to-read French, and its picture."""

    mot: Entree
    url_falc: str = ""

    @property
    def pictogramme(self) -> Illustration | None:
        found: Illustration | None = directory.current().images.get(self.mot.pictogramme_id)
        return found


@dataclass(frozen=True)
class Lettre:
    """A letter under which there are words, and where they are."""

    nom: str
    url: str
    courante: bool = False


@dataclass(frozen=True)
class Groupe:
    """The words of one letter."""

    nom: str
    ancre: str
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True)
class Export:
    """A file that holds the whole glossary."""

    nom: str
    url: str


def groupes(mots: list[Entree], langue: str) -> list[Groupe]:
    """Return words by letter; in easy-to-read French, their pictures are announced."""
    if langue == settings.FALC_LANGUAGE_CODE:
        directory.current().images.want(mot.pictogramme_id for mot in mots)
    facile = lexique(settings.FALC_LANGUAGE_CODE) if langue == settings.LANGUAGE_CODE else None

    def ligne(mot: Entree) -> Ligne:
        en_falc = facile.du_concept(mot.concept) if facile else None
        return Ligne(mot, en_falc.url if en_falc else "")

    return [
        Groupe(_nom(lettre), ancre(lettre), tuple(ligne(mot) for mot in group)) for lettre, group in par_lettre(mots)
    ]


def gabarit_de_ligne(langue: str) -> str:
    """Return the template of a word in a list."""
    return "glossaire/ligne_falc.html" if langue == settings.FALC_LANGUAGE_CODE else "glossaire/ligne.html"


def ancre(lettre: str) -> str:
    """Return the anchor of a letter: `lettre-a`."""
    return f"lettre-{'0' if lettre == AUTRES else lettre.lower()}"


def _nom(lettre: str) -> str:
    return "0–9" if lettre == AUTRES else lettre


def adresse(name: str) -> str:
    """Return the address of a view, "" where the site does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def exports() -> list[Export]:
    """The files that hold the glossary."""
    return [Export(str(nom), url) for name, nom in EXPORTS if (url := adresse(name))]


def _unite(nombre: int) -> str:
    return ngettext("mot", "mots", nombre)


@page_context(GlossairePage)
def contexte_glossaire(request: HttpRequest, page: GlossairePage) -> dict[str, Any]:
    """The words under the filters of the query string, with the counts of every other choice."""
    code = page.locale.language_code
    toutes = entrees(code, request.user)
    lettres = list(dict.fromkeys(mot.lettre for mot in toutes))
    formulaire = FiltresForm(request.GET, vocabulaires=noms_des_vocabulaires(code), lettres=lettres)
    erreurs = formulaire.erreurs()
    filtres = formulaire.filtres()
    voulue = formulaire.lettre()
    lien = Adresse(
        ("q", *VOCABULAIRES, "lettre", "page"),
        filtres.texte,
        {**filtres.valeurs, "lettre": (voulue.lower(),) if voulue else ()},
    )
    sans_lettre = Adresse(("q", *VOCABULAIRES), filtres.texte, filtres.valeurs)

    trouvees = filtrer(toutes, filtres)
    presentes = list(dict.fromkeys(mot.lettre for mot in trouvees))
    # Too many for one page: the first letter, until another is asked for.
    longue = len(trouvees) > ENTIER
    montree = voulue if voulue in presentes else presentes[0] if longue else ""
    montrees = [mot for mot in trouvees if not montree or mot.lettre == montree]
    pagination = paginate(
        montrees, formulaire.cleaned_data.get("page") or 1, ENTIER, lambda numero: lien.avec(page=str(numero))
    )
    if voulue and voulue not in presentes:
        erreurs.append(_("Sous ces filtres, aucun mot ne commence par cette lettre."))
    if pagination.hors_limites and not erreurs:
        erreurs.append(_("Cette page n’existe pas. Voici la dernière."))

    facettes = construire_facettes(
        {nom: str(TITRES[nom][1]) for nom in VOCABULAIRES},
        formulaire.choix,
        filtres.valeurs,
        nombres(toutes, filtres),
        sans_lettre,
        _unite,
    )
    actifs = filtres_actifs(facettes)
    if filtres.texte:
        actifs.insert(0, filtre_texte(filtres.texte, sans_lettre))
    if montree and not longue:
        actifs.append(FiltreActif(_("Lettre %(lettre)s") % {"lettre": _nom(montree)}, "", sans_lettre.sans()))
    return {
        "formulaire": formulaire,
        "erreurs": erreurs,
        "total": len(trouvees),
        "groupes": groupes(list(pagination.objets), code),
        "gabarit_de_ligne": gabarit_de_ligne(code),
        "chargement": "lazy",
        "lettres": [
            Lettre(
                _nom(lettre),
                f"#{ancre(lettre)}" if not (montree or longue) else lien.avec(lettre=lettre.lower()),
                lettre == montree,
            )
            for lettre in presentes
        ],
        "entier": not montree and pagination.nombre_de_pages == 1,
        "pagination": pagination if pagination.nombre_de_pages > 1 else None,
        "facettes": [facette for facette in facettes if facette.options],
        "actifs": actifs,
        "url_tout_effacer": ".",
        "parametres": sans_lettre.champs_caches(),
        "filtree": filtres.actifs or bool(voulue),
        "recents": recents(toutes) if not filtres.actifs and not voulue and len(toutes) > RECENTS_DES else [],
        "url_imprimer": adresse("glossaire_imprimer"),
        "exports": exports(),
    }
