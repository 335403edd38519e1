"""What the screens of translations show: our bar in wagtail-localize's editor, and segments side by side."""

from typing import Any

from bs4 import BeautifulSoup
from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.compare import diff_text
from wagtail.whitelist import Whitelister, allow_without_attributes

from variantes.views.barre import barre, reglages

register = template.Library()

EXTRAIT = 90
# Where wagtail-localize draws the segments.
EDITEUR = '<div class="js-translation-editor"'
_BALISES = {"addition": "ins", "deletion": "del", "equal": "span"}


class _Segment(Whitelister):  # type: ignore[misc]  # the base class has no types
    """Only the marks that a translator may type: links lose their address, which is the source's."""

    element_rules = dict.fromkeys(
        ("[document]", "a", "b", "br", "em", "i", "strong", "sub", "sup"), allow_without_attributes
    )


def texte_de(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text()


@register.filter
def segment_lu(html: str) -> SafeString:
    """A segment as it is read, with its bold and its links, and nothing that could run."""
    return mark_safe(_Segment().clean(html))  # noqa: S308 -- cleaned on the same line


@register.filter
def extrait(html: str) -> str:
    """The first words of a segment."""
    text = texte_de(html)
    return text if len(text) <= EXTRAIT else f"{text[:EXTRAIT].rstrip()}…"


@register.simple_tag
def segment_compare(before: str, now: str) -> SafeString:
    """The words that a segment has lost and gained."""
    changes = diff_text(texte_de(before), texte_de(now)).changes
    return format_html_join("", "<{0}>{1}</{0}>", ((_BALISES[kind], words) for kind, words in changes))


@register.simple_tag(takes_context=True)
def regler_editeur(context: Any) -> str:
    """Give to the editor of translations the settings of this person; what comes after reads them."""
    context["props"] = reglages(context["props"], context["instance"], context["request"].user)
    return ""


@register.simple_tag(takes_context=True)
def avec_barre(context: Any, editor: str) -> SafeString:
    """Put our bar between the header of the editor and its segments."""
    request = context["request"]
    shown = {"barre": barre(context["translation"], context["instance"], request.user)}
    html = render_to_string("variantes/traductions/barre.html", shown, request)
    return mark_safe(editor.replace(EDITEUR, f"{html}{EDITEUR}", 1))  # noqa: S308 -- both are rendered templates
