"""Wiring of the foundation into the admin and the rich text."""

from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

import socle.comptes.wagtail_hooks
import socle.lieux.wagtail_hooks  # noqa: F401 -- both register their hooks
from socle.links import ResolvedDocumentLinkHandler, ResolvedPageLinkHandler
from socle.programmees import REFUS
from socle.publication import MODIFICATION_MINEURE
from socle.reports import RecherchesSansResultatView
from socle.viewsets import MenuViewSet, VocabulairesViewSetGroup

register_snippet(VocabulairesViewSetGroup)
register_snippet(MenuViewSet)


# After Wagtail's own registration, so that ours replaces it.
@hooks.register("register_rich_text_features", order=100)
def resolve_links_together(features: FeatureRegistry) -> None:
    features.register_link_type(ResolvedPageLinkHandler)
    features.register_link_type(ResolvedDocumentLinkHandler)


@hooks.register("insert_global_admin_css")
def narrow_screens() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/ecran_etroit.css"))


@hooks.register("construct_settings_menu")
def hide_unused_settings(request: Any, menu_items: list[Any]) -> None:
    # Locales follow the settings of the project; a language added here would have no catalogue.
    # Its name follows the language of the admin; its address does not.
    address = reverse("wagtaillocales:index")
    menu_items[:] = [item for item in menu_items if getattr(item, "url", "") != address]


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    view = RecherchesSansResultatView
    return [
        path("rapports/recherches-sans-resultat/", view.as_view(), name=view.index_url_name),
        path(
            "rapports/recherches-sans-resultat/lignes/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    view = RecherchesSansResultatView
    return MenuItem(view.page_title, reverse(view.index_url_name), icon_name=view.header_icon, order=700)


@hooks.register("register_log_actions")
def name_minor_changes(actions: LogActionRegistry) -> None:
    actions.register_action(
        MODIFICATION_MINEURE, "Modification mineure", "Publiée comme modification mineure : les dates ne changent pas"
    )


@hooks.register("register_log_actions")
def name_refused_publications(actions: LogActionRegistry) -> None:
    @actions.register_action(REFUS)
    class PublicationRefusee(LogFormatter):  # type: ignore[misc]  # Wagtail has no types
        label = "Publication programmée impossible"

        def format_message(self, log_entry: Any) -> str:
            return f"La publication programmée n’a pas pu se faire. {log_entry.data.get('raison', '')}"
