"""The panels of the admin's first screen."""

from typing import Any

from wagtail.admin.ui.components import Component

from redaction.bienvenue import presentations
from redaction.bureau import Section, boutons_de, nombre_de, sections_de
from redaction.queries.bureau import Filtres
from redaction.views.bureau import STYLES

LIGNES = 5


class BienvenuePanel(Component):
    """Who one is here, and the two or three buttons that matter."""

    template_name = "redaction/accueil/bienvenue.html"
    name = "bienvenue"
    order = 10

    @property
    def media(self) -> Any:
        return STYLES

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"prenom": user.first_name, "presentations": presentations(user), "boutons": boutons_de(user)}


class SectionPanel(Component):
    """The first rows of a section of the desk."""

    template_name = "redaction/accueil/section.html"

    def __init__(self, section: Section) -> None:
        self.section = section
        self.name = f"bureau_{section.cle}"
        self.order = 100 + section.ordre

    @property
    def media(self) -> Any:
        return STYLES

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user, section = parent_context["request"].user, self.section
        every = section.lignes(user, Filtres())
        rows = list(every[:LIGNES])
        return {
            "section": section,
            "nombre": nombre_de(every) if len(rows) == LIGNES else len(rows),
            "lignes": (section.decrire_bref or section.decrire)(rows, user),
        }


def panneaux(user: Any) -> list[Component]:
    return [BienvenuePanel(), *(SectionPanel(section) for section in sections_de(user) if section.panneau)]
