"""What the editor of a variant says when the French page has changed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin import messages

from redaction.queries.fraicheur import branches_confirmables
from variantes.queries.fraicheur import Changement, changement, synchronisee


def prevenir(request: HttpRequest, page: Any) -> None:
    """Say that the French page has changed since the text was made, with what may be done about it."""
    if request.method != "GET" or page.depth < 2 or (found := changement(page)) is None:
        return
    jour = date_format(timezone.localtime(found.le, timezone.get_default_timezone()), "DATE_FORMAT")
    if found.en_cours:
        messages.info(
            request,
            f"La page en français a changé le {jour}. Le brouillon en tient compte ; le texte public, pas encore.",
            buttons=_boutons(request, page, found)[:1],
        )
        return
    messages.warning(
        request,
        f"La page en français a changé le {jour}, depuis ce texte.",
        buttons=_boutons(request, page, found),
    )


def _boutons(request: HttpRequest, page: Any, found: Changement) -> list[Any]:
    shown = []
    if found.source.live:
        address = reverse("variantes_changements", args=[page.pk])
        shown.append(messages.button(address, "Voir ce qui a changé"))
    if page.path.startswith(tuple(branches_confirmables(request.user))):
        choice = f"?v={page.pk}:{found.numero}"
        if not synchronisee(page):
            address = reverse("variantes_prise_en_compte")
            shown.append(messages.button(f"{address}{choice}", "Mon brouillon en tient compte"))
        shown.append(messages.button(f"{reverse('variantes_toujours_valable')}{choice}", "Toujours valable"))
    return shown
