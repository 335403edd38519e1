"""What the editor of a term shows besides its fields."""

from typing import Any

from wagtail.admin.panels import Panel


class VoisinagePanel(Panel):  # type: ignore[misc]  # Wagtail has no types
    """The words around a term, and the way to change them for whoever may."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]  # Wagtail has no types
        template_name = "glossaire/admin/voisinage.html"

        def is_shown(self) -> bool:
            # A term has its concept once it is saved.
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from glossaire.operations.relations import peut_relier
            from glossaire.queries.concepts import NOMS_DES_COTES, concept_du, titres, voisinage

            context: dict[str, Any] = super().get_context_data(parent_context)
            concept = concept_du(self.instance)
            around = voisinage(concept) if concept else None
            names = titres(around.tous(), self.instance.locale.language_code) if around else {}
            sides = around.concepts.items() if around else ()
            return {
                **context,
                "concept": concept,
                "cotes": [(NOMS_DES_COTES[cote], [names[each.pk] for each in found]) for cote, found in sides if found],
                "modifiable": concept is not None and peut_relier(self.request.user),
            }
