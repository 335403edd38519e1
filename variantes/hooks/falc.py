"""Wiring of the versions in FALC into the admin: address, buttons, words of the history."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from wagtail import hooks
from wagtail.admin.userbar import BaseItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from variantes.models.validation import enregistre
from variantes.operations.falc import CREATION
from variantes.operations.validation import CORRECTION, LECTURE
from variantes.queries.falc import a_une_version_falc, ecrit_en_falc, version_falc
from variantes.queries.validation import a_enregistrer
from variantes.views.falc import CreerVersionView
from variantes.views.validation import FicheView, LectureView


@hooks.register("register_admin_urls")
def falc_urls() -> list[URLPattern]:
    revision = "variantes/falc/<int:page_id>/<int:revision_id>"
    return [
        path("variantes/falc/<int:page_id>/creer/", CreerVersionView.as_view(), name="variantes_creer_falc"),
        path(f"{revision}/lecture/", LectureView.as_view(), name="variantes_lecture_falc"),
        path(f"{revision}/fiche/", FicheView.as_view(), name="variantes_fiche_falc"),
    ]


def nom_du_geste(page: Page) -> str:
    return "Ouvrir la version FALC" if version_falc(page) else "Créer la version FALC"


def _bouton(page: Page, user: Any, *, dans_une_liste: bool = False) -> Iterator[Button]:
    if ecrit_en_falc(user) and a_une_version_falc(page):
        # Whether it exists already is not asked of each page of a list: the same address opens it.
        label = "Version FALC" if dans_une_liste else nom_du_geste(page)
        yield Button(label, reverse("variantes_creer_falc", args=[page.pk]), icon_name="glasses", priority=70)


@hooks.register("register_page_listing_more_buttons")
def listing_button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    return _bouton(page, user, dans_une_liste=True)


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from _bouton(page, user)
    yield from _boutons_de_lecture(page, user)


def _boutons_de_lecture(page: Page, user: Any) -> Iterator[Button]:
    """What a reading needs, on the page itself."""
    if page.locale.language_code != settings.FALC_LANGUAGE_CODE or not enregistre(user):
        return
    if revision := a_enregistrer(page, user):
        address = reverse("variantes_lecture_falc", args=[page.pk, revision])
        yield Button("Enregistrer la lecture", address, icon_name="glasses", priority=71)
    if page.latest_revision_id:
        address = reverse("variantes_fiche_falc", args=[page.pk, page.latest_revision_id])
        yield Button("Fiche de relecture", address, icon_name="clipboard-list", priority=72)


class LectureFormatter(LogFormatter):
    """Which group read the text, and when; no name of a reader."""

    label = "Enregistrer la lecture du groupe FALC"
    verbe = "Lue"

    def format_message(self, log_entry: Any) -> str:
        day = date_format(datetime.date.fromisoformat(log_entry.data["lue_le"]), "j F Y")
        return f"{self.verbe} par le groupe « {log_entry.data['groupe']} », le {day}"


class CorrectionFormatter(LectureFormatter):
    label = "Corriger la lecture du groupe FALC"
    verbe = "Lecture corrigée : lue"


class VersionFalcItem(BaseItem):
    """The way from a French page, as readers see it, to its version in FALC."""

    template_name = "variantes/falc/barre.html"

    def __init__(self, page: Page) -> None:
        self.page = page

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        adresse = reverse("variantes_creer_falc", args=[self.page.pk])
        return {**super().get_context_data(parent_context), "adresse": adresse, "libelle": nom_du_geste(self.page)}


@hooks.register("construct_wagtail_userbar")
def userbar_item(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    if page is not None and page.pk and ecrit_en_falc(request.user) and a_une_version_falc(page):
        items.append(VersionFalcItem(page))


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(LECTURE)(LectureFormatter)
    actions.register_action(CORRECTION)(CorrectionFormatter)
    actions.register_action(CREATION, "Créer la version FALC", "Créée à partir de la page en français")
