"""Wiring of links to terms into the editor of rich text."""

from typing import Any

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from glossaire.draftail import FEATURE, REGLES
from glossaire.liens import GENRE, TermeLinkHandler
from glossaire.views.choix import choix_de_terme


@hooks.register("register_rich_text_features")
def term_links(features: FeatureRegistry) -> None:
    features.register_link_type(TermeLinkHandler)
    features.register_editor_plugin("draftail", GENRE, FEATURE)
    features.register_converter_rule("contentstate", GENRE, REGLES)


@hooks.register("register_admin_viewset")
def term_chooser() -> Any:
    return choix_de_terme


@hooks.register("register_icons")
def icons(icons: list[str]) -> list[str]:
    return [*icons, "glossaire/icons/mot.svg"]
