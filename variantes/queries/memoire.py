"""What the published pages of a language already say for the same French words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from variantes.queries.segments import ADRESSE, Chaine


@dataclass(frozen=True)
class Souvenir:
    """An approved translation of the same words, and the page that it comes from."""

    texte: str
    page: Page

    @property
    def provenance(self) -> str:
        return f"Mémoire : « {self.page.title} »"[:255]


def souvenirs(translation: Translation, manquantes: Iterable[Chaine]) -> dict[str, Souvenir]:
    """Return what is proposed for strings that are missing, by their source: the newest that readers can read.

    A string that was typed after its page was last published has been approved by nobody.
    """
    sources = {chaine.source for chaine in manquantes if chaine.chemin != ADRESSE}
    if not sources:
        return {}
    published = Page.objects.filter(
        translation_key=OuterRef("context__object_id"),
        locale_id=OuterRef("locale_id"),
        live=True,
        live_revision__created_at__gte=OuterRef("updated_at"),
    )
    rows = (
        StringTranslation.objects.filter(
            Exists(published.order_by()),
            translation_of__locale_id=translation.source.locale_id,
            translation_of__data__in=sources,
            locale_id=translation.target_locale_id,
            has_error=False,
        )
        .exclude(context__object_id=translation.source.object_id)
        .order_by("updated_at", "pk")
        .select_related("translation_of", "context")
    )
    newest = {row.translation_of.data: row for row in rows}
    keys = {row.context.object_id for row in newest.values()}
    pages = {
        page.translation_key: page
        for page in Page.objects.filter(translation_key__in=keys, locale_id=translation.target_locale_id)
    }
    return {source: Souvenir(row.data, pages[row.context.object_id]) for source, row in newest.items()}
