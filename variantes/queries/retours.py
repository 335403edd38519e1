"""Questions about what readers say of the pages in FALC."""

from typing import Any

from django.conf import settings
from django.db.models import CharField, Count, F, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page

from socle.queries import public_pages
from variantes.models.retours import Reponse, RetourLecture

VOIR = "variantes.view_retourlecture"
MODIFIER = "variantes.change_retourlecture"
SUPPRIMEES = "Pages supprimées"


def page_a_juger(page_id: int) -> Page | None:
    """Return the page in FALC of that number that anyone may read."""
    pages = public_pages().filter(pk=page_id, depth__gt=1, locale__language_code=settings.FALC_LANGUAGE_CODE)
    page: Page | None = pages.select_related("locale").first()
    return page


def peut_voir(user: Any) -> bool:
    """Tell whether a person reads what readers said."""
    return bool(user.is_active and (user.has_perm(VOIR) or user.has_perm(MODIFIER)))


def peut_effacer(user: Any) -> bool:
    """Tell whether a person may delete a comment."""
    return bool(user.is_active and user.has_perm(MODIFIER))


def totaux() -> Any:
    """Return one row for each page: how many gave each answer, and said more. In one query, the hardest pages first."""

    def nombre(reponse: str) -> Count:
        return Count("pk", filter=Q(reponse=reponse))

    rows = RetourLecture.objects.order_by().values("page_id")
    return rows.annotate(
        titre=Coalesce(Max("page__title"), Value(SUPPRIMEES), output_field=CharField()),
        compris=nombre(Reponse.COMPRIS),
        pas_tout=nombre(Reponse.PAS_TOUT),
        pas_compris=nombre(Reponse.PAS_COMPRIS),
        total=Count("pk"),
        commentaires=Count("pk", filter=~Q(commentaire="")),
        dernier=Max("jour"),
    ).order_by("-pas_compris", "-pas_tout", "-total", "titre", "page_id")


def retours_de(page_id: int) -> QuerySet[RetourLecture]:
    """Return every answer about a page, 0 for those about pages that were deleted, with the text that was read."""
    about = Q(page=page_id) if page_id else Q(page=None)
    read = RetourLecture.objects.filter(about).select_related("revision")
    return read.annotate(texte_actuel=F("page__live_revision")).order_by("-jour", "-pk")
