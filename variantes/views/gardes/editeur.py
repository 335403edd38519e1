"""What wagtail-localize does inside the editors, before they show anything."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.admin import messages
from wagtail.models import Page

from socle.models.droits import DroitsPage
from variantes.langues import nom_de_langue
from variantes.operations.gardes import PUBLIER, TERME_ORDINAIRE, verifier_publication_directe
from variantes.queries.gardes import est_falc, peut_envoyer, traduction_de
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


def montrer_copie(request: HttpRequest, page: Page) -> HttpResponse:
    """Say of a public copy what it is, and offer its translation to whoever may ask for it."""
    source = page.alias_of
    address = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    context = {
        "page_title": page.get_admin_display_title(),
        "header_title": page.get_admin_display_title(),
        "header_icon": "doc-empty-inverse",
        "source": source.get_admin_display_title(),
        "langue": nom_de_langue(page.locale.language_code),
        "falc": est_falc(page.locale),
        "traduire": f"{address}?select_locale={page.locale.language_code}",
        "peut_traduire": peut_envoyer(request.user, source, page.locale),
    }
    return TemplateResponse(request, "variantes/gardes/copie.html", context)


def garder_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Answer in the place of wagtail-localize what it would do to a page without any review."""
    if request.method == "POST":
        if REPRENDRE in request.POST:
            return cycle.reprendre(request, page)
        if CONVERTIR in request.POST:
            return cycle.convertir_en_copie(request, page.pk)
    if page.alias_of_id and page.alias_of.locale_id != page.locale_id:
        return montrer_copie(request, page)
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
