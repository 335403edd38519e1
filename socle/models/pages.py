"""The page from which every page of the site inherits."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from socle import rendering
from socle.collation import sort_key
from socle.json_ld import as_script_content
from socle.models.medias import Illustration
from socle.page_context import extra_context
from socle.queries import PageQuerySet, Variante, variantes_de
from socle.sommaire import EntreeSommaire, construire_sommaire


@dataclass(frozen=True)
class Etape:
    """One step of the breadcrumb."""

    titre: str
    url: str


class BasePage(Page):
    """What every page offers: search and share metadata, breadcrumb, table of contents, language variants."""

    image_partage = models.ForeignKey(
        Illustration,
        verbose_name="image de partage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Montrée quand la page est partagée sur un réseau. Vide : l’illustration de la page.",
    )
    titre_tri = models.CharField(max_length=255, editable=False, default="")

    objects = PageQuerySet.as_page_manager()

    # What the kind of page is called in lists for readers; empty where it goes without saying.
    nom_public: ClassVar[Any] = ""
    # Anchors that the page's template gives to its fixed parts.
    ancres_reservees: ClassVar[tuple[str, ...]] = ()

    promote_panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("image_partage")],
            "Recherche et partage",
        ),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("search_description")]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.titre_tri = sort_key(self.title)
        super().save(*args, **kwargs)

    @property
    def resume_seo(self) -> str:
        """One or two sentences for search engines and shared links."""
        return self.search_description or getattr(self, "resume", "")

    @property
    def illustration_partage(self) -> Illustration | None:
        return self.image_partage or getattr(self, "illustration", None)

    @cached_property
    def fil_d_ariane(self) -> list[Etape]:
        """From the home page to the page's parent; empty on the home page itself."""
        ancetres = self.get_ancestors().filter(depth__gt=1).order_by("depth")
        return [Etape(page.title, page.get_url() or "") for page in ancetres]

    @cached_property
    def sommaire(self) -> list[EntreeSommaire]:
        """The headings of the page's main text; they get their anchors on the way."""
        return construire_sommaire(getattr(self, "corps", ()), self.ancres_reservees)

    @cached_property
    def variantes(self) -> list[Variante]:
        """The other language versions that anyone may read."""
        return variantes_de(self)

    @property
    def alternatives(self) -> list[Variante]:
        """Every language version, itself included, for hreflang; easy-to-read French is no language of its own."""
        versions = [Variante(self.locale.language_code, self.full_url or ""), *self.variantes]
        return [version for version in versions if not version.falc] if len(versions) > 1 else []

    def schema_org(self) -> dict[str, Any]:
        """The page as a schema.org thing; page types extend it."""
        return {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": self.title,
            "description": self.resume_seo,
            "url": self.full_url,
            "inLanguage": self.locale.language_code,
            "dateModified": self.last_published_at,
        }

    @property
    def donnees_structurees(self) -> SafeString:
        """`schema_org()` as the content of a script element."""
        return as_script_content(self.schema_org())

    @classmethod
    def stream_fields(cls) -> list[str]:
        """Names of the page's StreamFields, in the order of the model."""
        return [field.name for field in cls._meta.get_fields() if isinstance(field, StreamField)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        request.page_courante = self  # type: ignore[attr-defined]  # read by the context processor
        rendering.prepare(self)
        return {**super().get_context(request, *args, **kwargs), **extra_context(request, self)}
