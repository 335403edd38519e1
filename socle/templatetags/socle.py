"""Template tags shared by every public template."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext
from wagtail.images.models import AbstractImage

from socle import enrichissement
from socle.cards import Carte
from socle.facettes import Facette
from socle.images import PARTAGE, Rendu, rendus, source
from socle.langues import locale_et_pays, sens, voix
from socle.memo import shelf
from socle.sizes import poids

register = template.Library()
# Written cards that a process keeps in each language.
CARTES = 2000
register.filter("poids", poids)
register.filter("locale_et_pays", locale_et_pays)
register.filter("voix", voix)
register.filter("sens", sens)


@register.filter
def nom_de_langue(language_code: str) -> str:
    """A language in its own name."""
    nom = str(get_language_info(language_code)["name_local"])
    return f"{nom[:1].upper()}{nom[1:]}"


@register.filter
def liste(values: Iterable[Any]) -> str:
    """Join values with the comma of the active language."""
    return gettext(", ").join(str(value) for value in values)


@register.filter
def isoler(texte: str, partie: str) -> SafeString:
    """Keep `partie`, an address or a name, from being mixed with a text written the other way."""
    before, found, after = str(texte).partition(partie) if partie else (texte, "", "")
    return format_html('{}<bdi dir="ltr">{}</bdi>{}', before, found, after) if found else format_html("{}", before)


@register.simple_tag
def carte(carte: Carte, balise: str = "h3") -> SafeString:
    """How a page shows itself in a list: the same card stands on many pages, and is written once."""
    written = shelf(dict[Any, SafeString], "cards", get_language(), limit=CARTES)
    if (carte, balise) not in written:
        written[carte, balise] = render_to_string("components/carte_fiche.html", {"carte": carte, "balise": balise})
    return written[carte, balise]


# Written here, and not in the template of the filters: there are dozens of them, half the work of such a page.
_OPTION = (
    '<li><a class="facette__option" href="%s" rel="nofollow" data-cle="%s:%s"%s><span>%s</span>'
    ' <span class="facette__nombre">%s <span class="invisible">%s</span></span></a></li>'
)


@register.simple_tag
def options_de_facette(facette: Facette) -> SafeString:
    """The choices of a filter, each with the number of answers that it would give."""
    html = "\n".join(
        _OPTION
        % (
            escape(option.url),
            escape(facette.nom),
            escape(option.valeur),
            ' aria-current="true"' if option.active else "",
            escape(str(option.nom)),
            option.nombre if option.nombre < 1000 else localize(option.nombre),
            escape(option.unite),
        )
        for option in facette.options
    )
    return mark_safe(html)  # noqa: S308 -- each value is escaped


@register.simple_tag(takes_context=True)
def bloc(context: Context, bloc: Any) -> SafeString:
    """A block of a page, written once for as long as the page is kept: what it shows is the same for every reader."""
    written: SafeString | None = bloc.__dict__.get("ecrit")
    if written is None:
        written = bloc.ecrit = bloc.render_as_block(context.flatten())
    return written


@register.simple_tag
def texte_riche(html: str) -> SafeString:
    """A rich text, with what other apps add to the texts of the page."""
    return enrichissement.riche(html)


@register.simple_tag
def cellule(cellule: Any) -> SafeString:
    """A cell of a table: a rich text writes itself, a plain one is written like the texts of the page."""
    if isinstance(cellule.value, str):
        return enrichissement.texte(cellule.value)
    return cellule.render()  # type: ignore[no-any-return]


@register.simple_tag
def ajouts_aux_textes() -> list[Any]:
    """What was added to the texts that stand above, for the end of the page."""
    return enrichissement.ajouts()


@register.simple_tag
def image_de_partage(image: AbstractImage) -> Rendu:
    """The picture that social networks show of a shared page."""
    return rendus(image, [PARTAGE])[0]


@register.simple_tag
@lru_cache(maxsize=200)
def icone(nom: str, classe: str = "icone") -> SafeString:
    """A drawing of the sprite, silent for screen readers: the text beside it says what it means."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false" width="24" height="24"><use href="{}#{}"></use></svg>',
        classe,
        static("img/icones.svg"),
        nom,
    )


@register.simple_tag
def illustration(
    image: AbstractImage | None,
    sizes: str = "(min-width: 60rem) 44rem, 100vw",
    classe: str = "",
    chargement: str = "lazy",
    alt: str | None = None,
    carte: bool = False,
) -> SafeString | str:
    """A responsive picture with its alternative text; nothing when there is no picture.

    `chargement="eager"` is for the one picture above the fold. `carte` crops to the shape of a card.
    """
    if image is None:
        return ""
    if alt is None:
        alt = _alt_of(image)
    return _img(image, sizes, classe, chargement, alt, carte)


def _alt_of(image: AbstractImage) -> str:
    if getattr(image, "decorative", False):
        return ""
    if text := getattr(image, "contextual_alt_text", None):
        return str(text)
    # A picture is described once, in French. On a page in another language French words would be read aloud with the
    # wrong voice, and an illustration says nothing that the text does not.
    return image.description if (get_language() or "").startswith(settings.LANGUAGE_CODE) else ""


@register.simple_tag
def illustration_decorative(
    image: AbstractImage | None,
    sizes: str = "(min-width: 60rem) 20rem, 100vw",
    classe: str = "",
    chargement: str = "lazy",
    carte: bool = True,
) -> SafeString | str:
    """A picture that says nothing more than the text beside it."""
    return _img(image, sizes, classe, chargement, "", carte) if image else ""


def _img(image: AbstractImage, sizes: str, classe: str, chargement: str, alt: str, carte: bool) -> SafeString:
    found = source(image, carte=carte)
    attributes: dict[str, Any] = {
        "src": found.src,
        "srcset": found.srcset,
        "sizes": sizes,
        "width": found.width,
        "height": found.height,
        "alt": alt,
        "class": classe or None,
        "decoding": "async",
        "loading": "lazy" if chargement == "lazy" else None,
        "fetchpriority": "high" if chargement == "eager" else None,
    }
    pairs = ((name, value) for name, value in attributes.items() if value is not None)
    rendered = SafeString("").join(format_html(' {}="{}"', name, value) for name, value in pairs)
    return format_html("<img{}>", SafeString(rendered))
