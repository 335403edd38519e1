"""The editor's panels of each type of page."""

import pytest
from wagtail.admin.panels import CommentPanel, Panel, PublishingPanel
from wagtail.models import get_page_models

from socle.models import BasePage

TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def panels_of(panel: Panel) -> list[Panel]:
    return [panel, *(found for child in getattr(panel, "children", ()) for found in panels_of(child))]


@pytest.mark.parametrize("kind", TYPES)
def test_no_field_is_asked_twice(kind: type[BasePage]) -> None:
    names = [name for panel in panels_of(kind.get_edit_handler()) if (name := getattr(panel, "field_name", ""))]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_can_be_commented_scheduled_and_followed(kind: type[BasePage]) -> None:
    panels = panels_of(kind.get_edit_handler())
    kinds = {type(panel) for panel in panels}
    assert {CommentPanel, PublishingPanel} <= kinds
    names = {getattr(panel, "field_name", "") for panel in panels}
    assert {"prochaine_revision", "modification_mineure", "montrer_relecture"} <= names
