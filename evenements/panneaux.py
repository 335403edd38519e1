"""What the editor of an event's page shows besides its words."""

from typing import Any

from wagtail.admin.panels import Panel


class FaitsPanel(Panel):  # type: ignore[misc]  # Wagtail has no types
    """When, where, how many: the facts, the same in every language, and the way to change them for whoever may."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]  # Wagtail has no types
        template_name = "evenements/equipe/faits_panneau.html"

        def is_shown(self) -> bool:
            # A page that is being added has none yet.
            return bool(super().is_shown() and self.instance.pk and self.instance.evenement_id)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from evenements.queries.equipe import resume_de

            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "faits": resume_de(self.instance.evenement, self.request.user)}
