"""The pages that say a word."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import FloatField
from django.db.models.expressions import RawSQL
from wagtail.models import Page

from glossaire.lexique import Lexique, lexique
from glossaire.models import GlossairePage, TermePage
from socle.queries import Reader, readable_pages
from socle.search.requete import question
from socle.sites import url_of

MONTREES = 6
# The index knows the stems of words: which of the pages that it finds say the word itself is read in this many.
LUES = 40
INDEX = "entree_recherche__"


@dataclass(frozen=True)
class Mention:
    """A page that says the word."""

    titre: str
    url: str
    resume: str


def mentions_de(page: TermePage, user: Reader) -> tuple[list[Mention], bool]:
    """Return pages of the term's language that say one of its names, and whether there are others.

    The glossary is left out: it is where the reader comes from. One query, besides the lexicon's.
    """
    code = page.locale.language_code
    mots = lexique(code)
    found = [row for row in _candidates(page, code, user) if _dit(row, page, mots)]
    return [_mention(row) for row in found[:MONTREES]], len(found) > MONTREES


def _candidates(page: TermePage, code: str, user: Reader) -> list[dict[str, Any]]:
    """The pages in which the index finds one of the names, the most relevant first."""
    demandee = reduce(or_, (question(f'"{nom}"', code, prefixe=False) for nom in _noms(page)))
    # Made of functions and places of parameters alone.
    index = "FROM socle_entreerecherche WHERE"
    trouvees = f"SELECT page_id {index} langue = %s AND vecteur @@ {demandee.sql}"
    rang = f"(SELECT ts_rank(vecteur, {demandee.sql}) {index} page_id = wagtailcore_page.id)"
    du_glossaire = ContentType.objects.get_for_models(GlossairePage, TermePage).values()
    pages = (
        readable_pages(code, user)
        .filter(pk__in=RawSQL(trouvees, (code, *demandee.parameters)))  # noqa: S611
        .exclude(content_type__in=list(du_glossaire))
        .order_by(RawSQL(rang, demandee.parameters, FloatField()).desc(), "pk")  # noqa: S611
    )
    champs = ("pk", "content_type_id", "url_path", *(f"{INDEX}{nom}" for nom in ("titre", "resume", "texte")))
    return list(pages.values(*champs)[:LUES])


def _dit(row: dict[str, Any], page: TermePage, mots: Lexique) -> bool:
    """Whether a page says the word itself, and not another that has its stem, or a longer word that holds it.

    A word that not everyone may read is not in the lexicon: what the index finds is then believed.
    """
    if page.pk not in mots.mots:
        return True
    texte = "\n".join(row[f"{INDEX}{nom}"] for nom in ("titre", "resume", "texte"))
    return any(occurrence.terme == page.pk for occurrence in mots.reperage.reperer(texte))


def _noms(page: TermePage) -> list[str]:
    noms = (page.title, page.sigle, page.developpe, *page.liste_des_autres_noms)
    return [sans for nom in noms if (sans := nom.replace('"', " ").strip())]


def _mention(row: dict[str, Any]) -> Mention:
    where = (row["pk"], row["content_type_id"], row["url_path"])
    page = Page.from_db(None, ("id", "content_type_id", "url_path"), where)
    return Mention(titre=row[f"{INDEX}titre"], url=url_of(page), resume=row[f"{INDEX}resume"])
