"""Wiring of the foundation into the admin and the rich text."""

from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from socle.links import ResolvedPageLinkHandler
from socle.viewsets import MenuViewSet, VocabulairesViewSetGroup

register_snippet(VocabulairesViewSetGroup)
register_snippet(MenuViewSet)


# After Wagtail's own registration, so that ours replaces it.
@hooks.register("register_rich_text_features", order=100)
def resolve_page_links_together(features: FeatureRegistry) -> None:
    features.register_link_type(ResolvedPageLinkHandler)


@hooks.register("construct_settings_menu")
def hide_unused_settings(request: Any, menu_items: list[Any]) -> None:
    # Locales follow the settings of the project; a language added here would have no catalogue.
    # Its name follows the language of the admin; its address does not.
    address = reverse("wagtaillocales:index")
    menu_items[:] = [item for item in menu_items if getattr(item, "url", "") != address]
