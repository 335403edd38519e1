"""Admin screens of the shared vocabularies and menus."""

from typing import ClassVar

from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from socle.models import VOCABULAIRES, Menu, Vocabulaire


def _vocabulary_viewset(vocabulary: type[Vocabulaire]) -> type[SnippetViewSet]:
    return type(
        f"{vocabulary.__name__}ViewSet",
        (SnippetViewSet,),
        {
            "model": vocabulary,
            "icon": "tag",
            "list_display": ["nom", "slug", "ordre"],
            "list_per_page": 50,
            "ordering": ["ordre", "nom"],
        },
    )


class VocabulairesViewSetGroup(SnippetViewSetGroup):
    """The vocabularies shared by every kind of content."""

    menu_label = "Vocabulaires"
    menu_icon = "tag"
    menu_order = 610
    items: ClassVar = tuple(_vocabulary_viewset(vocabulary) for vocabulary in VOCABULAIRES)


class MenuViewSet(SnippetViewSet):
    """The links of the header and of the footer, by language."""

    model = Menu
    icon = "bars"
    menu_label = "Menus du site"
    menu_order = 620
    add_to_admin_menu = True
    list_display: ClassVar = ["emplacement"]
