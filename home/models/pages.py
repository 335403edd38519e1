"""Home page and information pages."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from home.blocks import EntreesBlock
from socle.blocks import CorpsBlock
from socle.blocks.textes import FEATURES
from socle.models import Illustration
from variantes.models.falc import PageAvecFalc


class HomePage(PageAvecFalc):
    """The home page of one language."""

    accroche = models.CharField("accroche", max_length=200, blank=True, help_text="Une phrase sous le titre.")
    introduction = RichTextField("introduction", features=FEATURES, blank=True)
    illustration = models.ForeignKey(
        Illustration, verbose_name="illustration", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entrees = StreamField(EntreesBlock(), verbose_name="entrées par besoin", blank=True)
    corps = StreamField(CorpsBlock(), verbose_name="texte", blank=True)

    content_panels: ClassVar = [
        *PageAvecFalc.content_panels,
        FieldPanel("accroche"),
        FieldPanel("introduction"),
        FieldPanel("illustration"),
        FieldPanel("entrees"),
        HelpPanel("<p>Les dernières fiches publiées s’ajoutent d’elles-mêmes sous les entrées.</p>"),
        FieldPanel("corps"),
    ]
    search_fields: ClassVar = [
        *PageAvecFalc.search_fields,
        index.SearchField("introduction"),
        index.SearchField("corps"),
        index.SearchField("texte_falc"),
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    ancres_reservees = ("besoins", "presentation", "dernieres", "recherche-accueil")
    template = "home/home_page.html"
    template_falc = "home/home_page_falc.html"
    champs_falc = ("title", "accroche", "illustration", "entrees")
    page_description = "L’accueil d’une langue."

    class Meta(PageAvecFalc.Meta):
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"

    @property
    def resume_seo(self) -> str:
        return self.search_description or self.accroche

    def schema_org(self) -> dict[str, Any]:
        return {**super().schema_org(), "@type": "WebSite"}


class InformationPage(PageAvecFalc):
    """A page of text: who we are, legal notice, accessibility statement."""

    resume = models.CharField("résumé", max_length=300, blank=True)
    illustration = models.ForeignKey(
        Illustration, verbose_name="illustration", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    corps = StreamField(CorpsBlock(), verbose_name="texte", blank=True)

    content_panels: ClassVar = [
        *PageAvecFalc.content_panels,
        FieldPanel("resume"),
        FieldPanel("illustration"),
        FieldPanel("corps"),
    ]
    search_fields: ClassVar = [
        *PageAvecFalc.search_fields,
        index.SearchField("resume"),
        index.SearchField("corps"),
        index.SearchField("texte_falc"),
    ]
    parent_page_types: ClassVar = ["home.HomePage", "home.InformationPage"]
    nom_public = _("Information")
    template = "home/information_page.html"
    template_falc = "home/information_page_falc.html"
    champs_falc = ("title", "resume", "illustration")
    page_description = "Du texte, des images, des liens : présentation, mentions légales…"

    class Meta(PageAvecFalc.Meta):
        verbose_name = "page d’information"
        verbose_name_plural = "pages d’information"
