"""What the index knows of a page."""

from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import F, Func, QuerySet, TextField, Value
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from socle.facettes import VOCABULAIRES
from socle.models import BasePage, EntreeRecherche, Vocabulaire
from socle.search.langues import ENTIERS, configuration, mots, normaliser
from socle.search.marques import sans_marques
from socle.search.termes import terme

AUTRES = "autre"
# To increase when what an entry holds changes: `rebuild_search --stale` then writes the older ones again.
VERSION = 1


def texte_de(page: BasePage) -> str:
    """The words of the page's rich texts and blocks."""
    parts: list[str] = []
    for field in page._meta.get_fields():
        if field.name in page.champs_hors_recherche:
            continue
        if isinstance(field, StreamField):
            parts += field.get_searchable_content(getattr(page, field.name))
        elif isinstance(field, RichTextField):
            parts.append(get_text_for_indexing(getattr(page, field.name)))
    return sans_marques("\n".join(part for part in parts if part))


def type_de(model: type[Page]) -> str:
    """What the type of page is called in an address; types without a public name are one."""
    name: str = model._meta.model_name or ""
    return name.removesuffix("page") if getattr(model, "nom_public", "") else AUTRES


def termes_de(page: BasePage) -> list[str]:
    """The values of the facets that the page has."""
    propres = {"type": type_de(type(page)), **page.facettes_propres}
    termes = [terme(facette, valeur) for facette, valeur in propres.items() if valeur]
    relations = {field.name: field.related_model for field in page._meta.many_to_many}
    for facette, (model, _titre) in VOCABULAIRES.items():
        if relations.get(facette) is model:
            termes += [terme(facette, un.slug) for un in getattr(page, facette).all()]
    return termes


def vecteur(parts: dict[str, str], language_code: str) -> Any:
    """Return the vector of texts by weight: their stems, and all their words as they are written."""
    config = Value(configuration(language_code))
    stems = [
        SearchVector(Value(mots(text, language_code), TextField()), config=config, weight=weight)
        for weight, text in parts.items()
    ]
    entiers = SearchVector(Value(" ".join(parts.values()), TextField()), config=Value(ENTIERS), weight="D")
    return reduce(add, [*stems, entiers])


def indexer(page: BasePage) -> None:
    """Write or renew the entry of a page as it is published. A page that is not live has no entry."""
    if not page.live:
        desindexer(page.pk)
        return
    langue = page.locale.language_code
    contenu = texte_de(page)
    EntreeRecherche.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "langue": langue,
            "titre": page.title,
            "resume": page.resume_seo,
            "texte": contenu,
            "libelle": normaliser(page.title),
            "termes": termes_de(page),
            "version": VERSION,
        },
    )
    EntreeRecherche.objects.filter(page_id=page.pk).update(
        vecteur=vecteur({"A": " ".join([page.title, *page.autres_titres]), "B": page.resume_seo, "C": contenu}, langue)
    )


def desindexer(page_id: int) -> None:
    """Remove the entry of a page, if it has one."""
    EntreeRecherche.objects.filter(page_id=page_id).delete()


def renommer_terme(vocable: Vocabulaire, ancien: str) -> None:
    """Follow the change of a term's identifier."""
    facette = next(nom for nom, (model, _titre) in VOCABULAIRES.items() if model is type(vocable))
    before, after = terme(facette, ancien), terme(facette, vocable.slug)
    entrees: QuerySet[EntreeRecherche] = EntreeRecherche.objects.filter(
        langue=vocable.locale.language_code, termes__contains=[before]
    )
    entrees.update(termes=Func(F("termes"), Value(before), Value(after), function="array_replace"))
