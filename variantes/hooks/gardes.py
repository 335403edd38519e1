"""Wiring of what wagtail-localize may not do by itself."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, TranslatableMixin
from wagtail_localize import wagtail_hooks as stock
from wagtail_localize.models import TranslationSource

from socle.frame import frame
from variantes.langues import est_source
from variantes.operations.gardes import ARRET, REPRISE, SYNCHRONISATION, raison_de_ne_pas_reprendre
from variantes.queries.gardes import (
    envoie_partout,
    langues_ouvertes,
    peut_arreter,
    peut_modifier,
    suit_les_traductions,
    traduction_de,
)
from variantes.views import po
from variantes.views.envois import EnvoyerPageView
from variantes.views.gardes import cycle, ecriture, editeur, rapports, termes

# What the package offers where our own buttons stand, with other rules. It has no setting to leave them out.
RETIRES = {
    "register_page_header_buttons": stock.page_listing_more_buttons,
    "register_page_listing_more_buttons": stock.page_listing_more_buttons,
    "register_snippet_listing_buttons": stock.register_snippet_listing_buttons,
    "register_page_action_menu_item": stock.register_restart_translation_page_action_menu_item,
    "register_snippet_action_menu_item": stock.register_restart_translation_snippet_action_menu_item,
    "register_reports_menu_item": stock.register_wagtail_localize2_report_menu_item,
}


def retirer(hook: str, function: Any) -> None:
    registered = hooks._hooks[hook]
    registered[:] = [(each, order) for each, order in registered if each is not function]


for name, function in RETIRES.items():
    retirer(name, function)
retirer("register_page_action_menu_item", stock.register_convert_back_to_alias_page_action_menu_item)


# Before wagtail-localize, whose screens of the same addresses these replace: the first that matches answers.
@hooks.register("register_admin_urls", order=-10)
def guarded_addresses() -> list[URLPattern]:
    return [
        path("localize/submit/page/<int:page_id>/", EnvoyerPageView.as_view()),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/", termes.TraduireTermeView.as_view()
        ),
        path("localize/update/<int:translation_source_id>/", cycle.SynchroniserView.as_view()),
        path("localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/", ecriture.modifier_phrase),
        path(
            "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
            ecriture.modifier_valeur,
        ),
        path("localize/translate/<int:translation_id>/pofile/download/", po.exporter),
        path("localize/translate/<int:translation_id>/pofile/upload/", po.ImporterView.as_view()),
        path("localize/translate/<int:translation_id>/machine_translate/", ecriture.traduire_par_machine),
        path("localize/translate/<int:translation_id>/disable/", cycle.ArreterView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", cycle.convertir_en_copie),
        path("localize/reports/translations/", rapports.TraductionsView.as_view()),
        path("localize/reports/translations/results/", rapports.TraductionsView.as_view(results_only=True)),
        path("localize/api/snippets/<slug:app_label>/<slug:model_name>/", rapports.TermesApi.as_view({"get": "list"})),
        path(
            "localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/",
            rapports.TermesApi.as_view({"get": "retrieve"}),
        ),
    ]


@hooks.register("before_edit_page", order=-10)
def guard_page_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    return editeur.garder_page(request, page)


@hooks.register("before_edit_snippet", order=-10)
def guard_term_editor(request: HttpRequest, instance: Any) -> HttpResponse | None:
    return editeur.garder_terme(request, instance)


@hooks.register("insert_global_admin_css")
def hide_useless_buttons() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/traduction.css"))


# --- Our buttons, for those whom the screen behind lets in ---


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if page.depth < 2:
        return
    if est_source(page):
        if page.live and not page.alias_of_id and langues_ouvertes(user, page):
            address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
            yield Button("Traduire", address, icon_name="wagtail-localize-language", priority=61)
        source = TranslationSource.objects.get_for_instance_or_none(page)
        if source and source.translations.filter(enabled=True).exists() and envoie_partout(user, page):
            address = reverse("wagtail_localize:update_translations", args=[source.pk])
            yield Button("Reprendre le texte français", address, icon_name="resubmit", priority=62)
        return
    translation = traduction_de(page, active=True)
    if translation is None:
        return
    if page.permissions_for_user(user).can_edit():
        address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
        yield Button("Reprendre le texte français", address, icon_name="resubmit", priority=62)
    if peut_arreter(user, page):
        address = reverse("wagtail_localize:stop_translation", args=[translation.pk])
        yield Button("Traduire autrement", address, icon_name="cross", priority=63)


@hooks.register("register_snippet_listing_buttons")
def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if not isinstance(snippet, TranslatableMixin) or not peut_modifier(user, snippet):
        return
    # Nothing is asked of each term of a list: the screen behind says what exists already.
    locale = frame().locales.get(snippet.locale_id) or snippet.locale
    if locale.language_code == settings.LANGUAGE_CODE:
        options = snippet._meta
        address = reverse(
            "wagtail_localize:submit_snippet_translation",
            args=[options.app_label, options.model_name, quote(snippet.pk)],
        )
        yield Button(
            "Traduire",
            address,
            icon_name="wagtail-localize-language",
            attrs={"aria-label": f"Traduire « {snippet} »"},
            priority=100,
        )


class ReprendreMenuItem(ActionMenuItem):
    """In the editor of a page that was translated phrase by phrase, and that nobody has changed by hand since."""

    name = editeur.REPRENDRE
    label = "Traduire de nouveau phrase par phrase"
    icon_name = "rotate"

    def is_shown(self, context: dict[str, Any]) -> bool:
        if context["view"] != "edit" or not peut_arreter(context["request"].user, context["page"]):
            return False
        translation = traduction_de(context["page"], active=False)
        return translation is not None and not raison_de_ne_pas_reprendre(translation, context["page"])


@hooks.register("register_page_action_menu_item")
def restart() -> ActionMenuItem:
    return ReprendreMenuItem(order=90)


class TraductionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return suit_les_traductions(request.user)


@hooks.register("register_reports_menu_item")
def report() -> MenuItem:
    address = reverse("wagtail_localize:translations_report")
    return TraductionsMenuItem("Traductions", address, name="traductions", icon_name="site", order=900)


class MotifFormatter(LogFormatter):
    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("motif", ""))


JOURNAL = {
    SYNCHRONISATION: ("Reprendre le texte français", "Phrases à traduire reprises du texte français"),
    ARRET: ("Traduire autrement", "N’est plus traduite phrase par phrase"),
    REPRISE: ("Traduire phrase par phrase", "De nouveau traduite phrase par phrase"),
    po.IMPORT: ("Importer un fichier PO", "Traductions importées d’un fichier PO"),
}


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for action, (label, message) in JOURNAL.items():
        formatter = type("Formatter", (MotifFormatter,), {"label": label, "message": message})
        actions.register_action(action)(formatter)
