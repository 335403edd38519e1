"""Wiring of the form of a new term."""

from django.urls import URLPattern, path
from wagtail import hooks

from glossaire.views.ajout import AjouterView

TYPE = {"content_type_app_name": "glossaire", "content_type_model_name": "termepage"}


# At Wagtail's own address, before it: the first that matches answers.
@hooks.register("register_admin_urls", order=-10)
def new_term_url() -> list[URLPattern]:
    return [path("pages/add/glossaire/termepage/<int:parent_page_id>/", AjouterView.as_view(), TYPE)]
