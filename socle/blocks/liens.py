"""Ways on: lists of links, page cards."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructBlockValidationError, StructValue

from socle import directory, links
from socle.blocks.choosers import CardChooserBlock, PageChooserBlock
from socle.cards import Carte
from socle.queries import public_pages
from socle.validators import validate_link


class LienValue(StructValue):
    """A link to a page of the site or to an address."""

    @property
    def href(self) -> str:
        """Where it leads; empty when its page is not public (yet, or any more)."""
        page = self.get("page")
        if page is not None:
            return links.url(page.pk)
        return str(self.get("url") or "")

    @property
    def externe(self) -> bool:
        return self.get("page") is None and "://" in (self.get("url") or "")


class CibleBlock(StructBlock):
    """Base of blocks that lead somewhere: exactly one of a page and an address."""

    page = PageChooserBlock(label="Page du site", required=False)
    url = CharBlock(label="Ou adresse", required=False, max_length=500, validators=[validate_link], search_index=False)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            message = "Choisissez une page du site ou saisissez une adresse, l’une des deux."
            raise StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return value

    class Meta:
        value_class = LienValue


class LienBlock(CibleBlock):
    texte = CharBlock(label="Texte du lien", max_length=140)
    description = CharBlock(label="Description", required=False, max_length=250)

    class Meta:
        icon = "link"
        label = "Lien"
        description = "Une page du site ou une adresse, avec une phrase qui dit ce que l’on y trouve."
        preview_value = {
            "page": None,
            "url": "https://www.has-sante.fr/",
            "texte": "Haute Autorité de santé",
            "description": "Ses repères sur l’engagement des usagers.",
        }


class LiensBlock(StructBlock):
    titre = CharBlock(label="Titre", required=False, max_length=120)
    liens = ListBlock(LienBlock(), label="Liens", min_num=1)

    class Meta:
        icon = "list-ul"
        label = "Liste de liens"
        template = "socle/blocks/liens.html"
        description = "Des liens vers des pages du site ou d’autres sites, avec une phrase pour chacun."
        preview_value = {
            "titre": "Pour aller plus loin",
            "liens": [
                {
                    "texte": "Haute Autorité de santé",
                    "page": None,
                    "url": "https://www.has-sante.fr/",
                    "description": "Ses repères sur l’engagement des usagers.",
                }
            ],
        }


class PagesValue(StructValue):
    """Pages of the site shown as cards."""

    @property
    def cartes(self) -> list[Carte]:
        """The cards of those that anyone may read, fetched with all others of the page that holds the block."""
        found = directory.current().cards
        found.want(page.pk for page in self["pages"] if page)
        return [carte for page in self["pages"] if page and (carte := found.get(page.pk))]


class PagesBlock(StructBlock):
    titre = CharBlock(label="Titre", required=False, max_length=120)
    pages = ListBlock(CardChooserBlock(label="Page"), label="Pages", min_num=1, max_num=6)

    def get_preview_value(self) -> Any:
        """Pages of the site: a preview needs real ones."""
        ids = list(public_pages().filter(depth__gt=2).order_by("-last_published_at").values_list("pk", flat=True)[:2])
        return self.to_python({"titre": "À lire ensuite", "pages": ids})

    class Meta:
        icon = "doc-empty-inverse"
        label = "Cartes de pages"
        template = "socle/blocks/pages.html"
        value_class = PagesValue
        description = "Des pages du site présentées en cartes."
