"""The words explained in a text in FALC."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context

from socle.sites import url_of
from variantes.adresses_des_mots import adresse_du_mot

register = template.Library()


@register.simple_tag(takes_context=True)
def page_du_mot(context: Context, mot: str) -> str:
    """The page in easy-to-read French that says more of a word; nothing on that page itself."""
    page: Any = context.get("page")
    url = adresse_du_mot(mot, settings.FALC_LANGUAGE_CODE)
    return "" if page is not None and page.pk and url == url_of(page) else url
