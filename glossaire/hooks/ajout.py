"""Wiring of the new terms that are filled by their address."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.signals import init_new_page

from glossaire.views.ajout import noter_la_demande, remplir

init_new_page.connect(remplir, dispatch_uid="glossaire.ajout")


@hooks.register("before_create_page")
def note_what_is_known(request: HttpRequest, parent_page: Any, page_class: type[Any]) -> None:
    noter_la_demande(request, page_class)
