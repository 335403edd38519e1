"""What wagtail-localize does inside the editors, before they show anything."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from socle.models.droits import DroitsPage
from variantes.operations.gardes import PUBLIER, TERME_ORDINAIRE, verifier_publication_directe
from variantes.queries.gardes import traduction_de
from variantes.views.gardes import cycle

REPRENDRE = "localize-restart-translation"
CONVERTIR = "localize-convert-to-alias"


class DroitsEditeur(DroitsPage):
    """The editor of translations has three buttons that are not its own: publish, unpublish, delete."""

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False


def garder_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Answer in the place of wagtail-localize what it would do to a page without any review."""
    if request.method == "POST":
        if REPRENDRE in request.POST:
            return cycle.reprendre(request, page)
        if CONVERTIR in request.POST:
            return cycle.convertir_en_copie(request, page.pk)
    translation = traduction_de(page, active=True)
    if translation is None:
        return None
    if request.method == "POST" and request.POST.get("action") == "publish":
        messages.error(request, PUBLIER)
        return redirect(request.path)
    page.permissions_for_user = lambda user: DroitsEditeur(user, page)
    return None


def garder_terme(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """A term or a menu is public as soon as it is saved: only whole, and read."""
    if request.method != "POST" or not hasattr(instance, "translation_key"):
        return None
    if REPRENDRE in request.POST:
        messages.error(request, TERME_ORDINAIRE)
        return redirect(request.path)
    if request.POST.get("action") != "publish" or (translation := traduction_de(instance, active=True)) is None:
        return None
    try:
        verifier_publication_directe(translation, instance, request.user)
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
        return redirect(request.path)
    return None
