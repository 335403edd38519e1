"""The glossary as a table: its columns, and what a cell says of each field of a term, both ways."""

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

# Several values in one cell, and the parts of a source.
ENTRE_VALEURS, ENTRE_PARTIES = "|", ";"
# What stands for itself after a backslash.
PROTEGES = frozenset({ENTRE_VALEURS, ENTRE_PARTIES, "\\"})
# What a cell says to empty a field; an empty cell leaves the field as it is.
VIDER = "-"
# What a spreadsheet would run as a formula.
FORMULES = ("=", "+", "-", "@", "\t", "\r")
PROTECTION = "'"


@dataclass(frozen=True)
class Colonne:
    """One column: its name, what the screen calls it, and how to fill it in."""

    nom: str
    libelle: str
    aide: str
    exemple: str = ""
    longueur: int = 2000


COLONNES = (
    Colonne(
        "identifiant",
        "Identifiant",
        "Obligatoire. Le même dans toutes les langues ; en minuscules, sans accent, avec des tirets.",
        "usager-partenaire-exemple",
        80,
    ),
    Colonne("langue", "Langue", "Obligatoire. Le code de la langue.", "fr", 20),
    Colonne("terme", "Terme", "Obligatoire pour un nouveau mot.", "Usager partenaire (exemple)", 200),
    Colonne("sigle", "Sigle", "En capitales, sans points.", "UPE", 20),
    Colonne(
        "developpe",
        "Forme développée",
        "Ce que veut dire le sigle, quand ce n’est pas le terme lui-même.",
        "usager partenaire pour l’exemple",
        200,
    ),
    Colonne("autres_noms", "Autres noms", "Séparés par |.", "patient partenaire (exemple) | partenaire (exemple)"),
    Colonne("formes", "Autres formes du mot", "Séparées par |.", "usagère partenaire (exemple)"),
    Colonne("nature", "Nature", "Une des valeurs acceptées.", "locution", 40),
    Colonne("genre", "Genre", "Une des valeurs acceptées.", "m", 40),
    Colonne(
        "definition",
        "Définition courte",
        "Obligatoire pour un nouveau mot. 300 signes au plus.",
        "Une personne malade qui travaille avec les soignants. Cette ligne est un exemple : effacez-la.",
        300,
    ),
    Colonne("explication", "Explication", "Un paragraphe par ligne de la case.", "Un premier paragraphe.", 20_000),
    Colonne("exemple", "Exemple", "Un paragraphe par ligne de la case.", "Elle participe à une réunion.", 5_000),
    Colonne(
        "sources",
        "Sources",
        "titre ; auteur ; année ; adresse – les sources séparées par |.",
        "Guide de l’engagement ; Haute Autorité de santé ; 2020 ; https://www.has-sante.fr/",
        5_000,
    ),
    Colonne("thematiques", "Thématiques", "Séparées par |, parmi les valeurs acceptées."),
    Colonne("natures", "Natures du partenariat", "Séparées par |, parmi les valeurs acceptées."),
    Colonne("contextes", "Contextes", "Séparés par |, parmi les valeurs acceptées."),
    Colonne("publics", "Publics", "Séparés par |, parmi les valeurs acceptées."),
    Colonne("associes", "Mots voisins", "Identifiants, séparés par |. Ils s’ajoutent à ceux qui existent."),
    Colonne("a_distinguer", "À ne pas confondre avec", "Identifiants, séparés par |. Ils s’ajoutent."),
    Colonne("plus_large", "Mots plus larges", "Identifiants, séparés par |. Ils s’ajoutent."),
)
PAR_NOM = {colonne.nom: colonne for colonne in COLONNES}
OBLIGATOIRES = ("identifiant", "langue", "terme", "definition")
VOCABULAIRES = ("thematiques", "natures", "contextes", "publics")
RELATIONS = ("associes", "a_distinguer", "plus_large")
# The field of the page where it has not the name of the column.
CHAMPS = {"terme": "title", "nature": "nature_grammaticale", "genre": "genre_grammatical"}
# One value per line in the page, separated by bars in a cell.
LISTES = ("autres_noms", "formes")


def champ_de(colonne: str) -> str:
    return CHAMPS.get(colonne, colonne)


# --- Cells ---


def sans_formule(texte: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"{PROTECTION}{texte}" if texte.lstrip(PROTECTION).startswith(FORMULES) else texte


def sans_protection(texte: str) -> str:
    """What a cell said before it was protected."""
    protected = texte[:1] == PROTECTION and texte.lstrip(PROTECTION).startswith(FORMULES)
    return texte[1:] if protected else texte


def couper(texte: str, separateur: str, *, brut: bool = False) -> list[str]:
    """Cut a cell at the separators that no backslash protects; empty parts stay. `brut` leaves the backslashes."""
    parts, current = [], ""
    letters = iter(texte)
    for letter in letters:
        if letter == "\\":
            following = next(letters, "")
            current += following if not brut and following in PROTEGES else letter + following
        elif letter == separateur:
            parts.append(current)
            current = ""
        else:
            current += letter
    return [*parts, current]


def proteger(texte: str, *separateurs: str) -> str:
    texte = texte.replace("\\", "\\\\")
    for separateur in separateurs:
        texte = texte.replace(separateur, f"\\{separateur}")
    return texte


def une_ligne(texte: str) -> str:
    return " ".join(texte.split())


def valeurs(cellule: str) -> list[str]:
    """The values of a cell that holds several, each once."""
    return list(dict.fromkeys(mot for part in couper(cellule, ENTRE_VALEURS) if (mot := une_ligne(part))))


def joindre(mots: Iterable[str]) -> str:
    return f" {ENTRE_VALEURS} ".join(proteger(mot, ENTRE_VALEURS) for mot in mots)


def cle_de_colonne(titre: str) -> str:
    """The name of a column as anyone may write it: "À distinguer" is `a_distinguer`."""
    decomposed = unicodedata.normalize("NFKD", titre.strip().casefold())
    return re.sub(r"[\s’'-]+", "_", "".join(c for c in decomposed if not unicodedata.combining(c)))


# --- Paragraphs ---

_BALISES = re.compile(r"</?\s*([a-z0-9-]+)[^>]*>")
_FINS = re.compile(r"</(?:p|li|h[1-6]|blockquote|tr)\s*>|<br\s*/?>|<hr\s*/?>")


def paragraphes(riche: str) -> tuple[list[str], bool]:
    """The paragraphs of a stored rich text, and whether they say all of it: neither bold words nor links nor lists."""
    simple = set(_BALISES.findall(riche)) <= {"p"}
    textes = (une_ligne(html.unescape(_BALISES.sub("", part))) for part in _FINS.split(riche))
    return [texte for texte in textes if texte], simple


def en_riche(textes: Iterable[str]) -> str:
    return "".join(f"<p>{html.escape(texte, quote=False)}</p>" for texte in textes)


def lignes_de(cellule: str) -> list[str]:
    """The paragraphs that a cell holds."""
    return [texte for ligne in cellule.splitlines() if (texte := une_ligne(ligne))]


def _blocs(brut: Any) -> list[dict[str, Any]]:
    found = json.loads(brut or "[]") if isinstance(brut, str) else list(brut or ())
    return [dict(bloc) for bloc in found]


def explication_de(brut: Any, *, falc: bool = False) -> tuple[list[str], bool]:
    """The paragraphs of a stored explanation, and whether a table loses nothing of it."""
    textes: list[str] = []
    simple = True
    for bloc in _blocs(brut):
        value = bloc.get("value")
        if falc and bloc.get("type") == "lignes" and isinstance(value, dict):
            found, plain = paragraphes(str(value.get("texte") or ""))
            plain = plain and not value.get("pictogramme")
        elif not falc and bloc.get("type") == "texte":
            found, plain = paragraphes(str(value or ""))
        else:
            found, plain = _textes_du_bloc(value), False
        textes += found
        simple = simple and plain
    return textes, simple


def _textes_du_bloc(value: Any) -> list[str]:
    """The words of a block of another kind: they are shown, and never written back."""
    if isinstance(value, str):
        return paragraphes(value)[0] if re.search(r"[^\W\d_]", value) and not _TECHNIQUE.fullmatch(value) else []
    if isinstance(value, dict):
        return [texte for name, each in value.items() if name not in _HORS for texte in _textes_du_bloc(each)]
    if isinstance(value, list):
        return [texte for each in value for texte in _textes_du_bloc(each)]
    return []


_HORS = frozenset({"id", "type", "genre", "niveau", "url", "pictogramme", "image", "page"})
_TECHNIQUE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|https?://\S+")


def en_explication(textes: list[str], avant: Any, *, falc: bool = False) -> str:
    """The stored explanation of these paragraphs; the one block that was there stays the same block."""
    if not textes:
        return "[]"
    before = _blocs(avant)
    identity = before[0].get("id") if len(before) == 1 else None
    value: Any = {"pictogramme": None, "texte": en_riche(textes)} if falc else en_riche(textes)
    kind = "lignes" if falc else "texte"
    return json.dumps([{"type": kind, "value": value, "id": identity or str(uuid4())}])


# --- Sources ---


def sources_de(brut: Any) -> list[dict[str, Any]]:
    """The sources of a stored field."""
    return [
        {
            "titre": value.get("titre") or "",
            "auteur": value.get("auteur") or "",
            "annee": value.get("annee"),
            "url": value.get("url") or "",
        }
        for bloc in _blocs(brut)
        if isinstance(value := bloc.get("value"), dict)
    ]


def cellule_de_sources(sources: Iterable[Mapping[str, Any]]) -> str:
    cells = []
    for source in sources:
        parts = [str(source.get(name) or "") for name in ("titre", "auteur", "annee", "url")]
        while parts and not parts[-1]:
            parts.pop()
        joined = f" {ENTRE_PARTIES} ".join(proteger(part, ENTRE_VALEURS, ENTRE_PARTIES) for part in parts)
        cells.append(re.sub(r"\s+", " ", joined))
    return f" {ENTRE_VALEURS} ".join(cells)


def sources_lues(cellule: str) -> list[list[str]]:
    """The parts of each source of a cell."""
    return [
        [une_ligne(part) for part in couper(source, ENTRE_PARTIES)]
        for source in couper(cellule, ENTRE_VALEURS, brut=True)
        if source.strip()
    ]


# --- A term, as the cells of its line ---


def cellules_de(contenu: Mapping[str, Any], slugs: Mapping[str, Mapping[int, str]], *, falc: bool) -> dict[str, str]:
    """What the cells of a term say, from the content of one of its revisions; `slugs` names the vocabularies."""
    champ = "texte_falc" if falc else "explication"
    cells = {
        nom: une_ligne(str(contenu.get(champ_de(nom)) or ""))
        for nom in ("terme", "sigle", "developpe", "nature", "genre", "definition")
    }
    cells |= {nom: joindre(lignes_de(str(contenu.get(nom) or ""))) for nom in LISTES}
    cells["explication"] = "\n".join(explication_de(contenu.get(champ), falc=falc)[0])
    cells["exemple"] = "\n".join(paragraphes(str(contenu.get("exemple") or ""))[0])
    cells["sources"] = cellule_de_sources(sources_de(contenu.get("sources")))
    for nom in VOCABULAIRES:
        known = slugs.get(nom, {})
        cells[nom] = joindre(sorted(known[pk] for pk in contenu.get(nom) or () if pk in known))
    return cells
