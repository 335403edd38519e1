"""The editor of a page: ordinary tabs, or those of FALC.

Wagtail asks a class of pages for its editor, and knows the page itself only afterwards. One editor holds both sets of
tabs: its form has the fields of both, and leaves those of the other version alone (`EditeurForm`).
"""

from collections.abc import Sequence
from typing import Any

from wagtail.admin.panels import Panel, TabbedInterface


class EditeurDePage(TabbedInterface):
    """Tabs that depend on the version of the page."""

    def __init__(self, children: Sequence[Panel] = (), *args: Any, falc: Sequence[Panel] = (), **kwargs: Any) -> None:
        super().__init__(children, *args, **kwargs)
        self.falc = falc

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "falc": self.falc}

    def on_model_bound(self) -> None:
        super().on_model_bound()
        self.ordinaire = TabbedInterface(self.children).bind_to_model(self.model)
        self.editeur_falc = TabbedInterface(self.falc).bind_to_model(self.model)

    def get_form_options(self) -> dict[str, Any]:
        both = TabbedInterface([self.ordinaire, self.editeur_falc])
        both.model = self.model
        options: dict[str, Any] = both.get_form_options()
        options["fields"] = list(dict.fromkeys(options["fields"]))
        return options

    def champs_absents(self, page: Any) -> set[str]:
        """Return the fields, and the lists of related objects, that only the other version of the page has."""
        shown, other = self.ordinaire, self.editeur_falc
        if page.en_falc:
            shown, other = other, shown
        return _noms(other) - _noms(shown)

    def get_bound_panel(self, instance: Any = None, **kwargs: Any) -> Any:
        if instance is not None and instance.en_falc:
            return self.editeur_falc.get_bound_panel(instance=instance, **kwargs)
        return super().get_bound_panel(instance=instance, **kwargs)


def _noms(editor: Panel) -> set[str]:
    options = editor.get_form_options()
    return {*options.get("fields", ()), *options.get("formsets", ())}
