"""Wiring of the desk into the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from redaction.bureau import sections_de
from redaction.views.bureau import TITRE, TITRE_SANS_RELECTURE, BureauView, ComparerView, titre


@hooks.register("register_admin_urls")
def bureau_urls() -> list[URLPattern]:
    return [
        path("moderation/", BureauView.as_view(), name="bureau"),
        path("moderation/comparer/<int:page_id>/", ComparerView.as_view(), name="bureau_comparer"),
        path("moderation/<slug:cle>/", BureauView.as_view(), name="bureau_section"),
    ]


class BureauMenuItem(MenuItem):
    """The same place under the name that says what a person finds there."""

    def is_shown(self, request: HttpRequest) -> bool:
        sections = sections_de(request.user)
        return bool(sections) and titre(sections) == self.label


@hooks.register("register_admin_menu_item")
def bureau_menu_item() -> MenuItem:
    return BureauMenuItem(TITRE, reverse("bureau"), name="moderation", icon_name="clipboard-list", order=50)


@hooks.register("register_admin_menu_item")
def mes_pages_menu_item() -> MenuItem:
    return BureauMenuItem(TITRE_SANS_RELECTURE, reverse("bureau"), name="mes-pages", icon_name="upload", order=50)
