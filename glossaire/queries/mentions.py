"""The pages that say a word."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import FloatField
from django.db.models.expressions import RawSQL
from wagtail.models import Page

from glossaire.models import GlossairePage, TermePage
from socle.queries import Reader, readable_pages
from socle.search.requete import question
from socle.sites import url_of

MONTREES = 6


@dataclass(frozen=True)
class Mention:
    """A page that says the word."""

    titre: str
    url: str
    resume: str
    type_nom: str


def mentions_de(page: TermePage, user: Reader) -> tuple[list[Mention], bool]:
    """Return pages of the term's language that say one of its names, and whether there are others.

    The glossary is left out: it is where the word is looked for from. One query.
    """
    code = page.locale.language_code
    demandee = reduce(or_, (question(f'"{nom}"', code, prefixe=False) for nom in _noms(page)))
    trouvees = RawSQL(  # noqa: S611 -- the SQL is made of functions and places of parameters
        f"SELECT page_id FROM socle_entreerecherche WHERE langue = %s AND vecteur @@ {demandee.sql}",  # noqa: S608
        (code, *demandee.parameters),
    )
    rang = RawSQL(  # noqa: S611 -- as above
        f"(SELECT ts_rank(vecteur, {demandee.sql}) FROM socle_entreerecherche WHERE page_id = wagtailcore_page.id)",  # noqa: S608
        demandee.parameters,
        output_field=FloatField(),
    )
    glossaire = ContentType.objects.get_for_models(GlossairePage, TermePage).values()
    pages = (
        readable_pages(code, user)
        .filter(pk__in=trouvees)
        .exclude(content_type__in=list(glossaire))
        .order_by(rang.desc(), "-first_published_at", "pk")
    )
    rows = pages.values("pk", "content_type_id", "url_path", "entree_recherche__titre", "entree_recherche__resume")
    found = [_mention(row) for row in rows[: MONTREES + 1]]
    return found[:MONTREES], len(found) > MONTREES


def _noms(page: TermePage) -> list[str]:
    noms = (page.title, page.sigle, page.developpe, *page.liste_des_autres_noms)
    return [sans for nom in noms if (sans := nom.replace('"', " ").strip())]


def _mention(row: dict[str, object]) -> Mention:
    page = Page.from_db(
        None, ("id", "content_type_id", "url_path"), (row["pk"], row["content_type_id"], row["url_path"])
    )
    return Mention(
        titre=str(row["entree_recherche__titre"]),
        url=url_of(page),
        resume=str(row["entree_recherche__resume"]),
        type_nom=str(getattr(page.specific_class, "nom_public", "")),
    )
