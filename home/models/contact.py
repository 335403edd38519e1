"""Contact page and the messages it receives."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from socle.blocks.textes import FEATURES
from variantes.models.falc import PageAvecFalc


class ContactPage(PageAvecFalc):
    """The form to write to the team."""

    resume = models.CharField("résumé", max_length=300, blank=True)
    introduction = RichTextField("introduction", features=FEATURES, blank=True)
    merci = RichTextField("message de remerciement", features=FEATURES, blank=True)

    content_panels: ClassVar = [
        *PageAvecFalc.content_panels,
        FieldPanel("resume"),
        FieldPanel("introduction"),
        FieldPanel("merci"),
    ]
    search_fields: ClassVar = [
        *PageAvecFalc.search_fields,
        index.SearchField("introduction"),
        index.SearchField("texte_falc"),
    ]
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    aide_recherche = True
    template = "home/contact_page.html"
    template_falc = "home/contact_page_falc.html"
    page_description = "Un formulaire pour écrire à l’équipe."

    class Meta(PageAvecFalc.Meta):
        verbose_name = "page de contact"
        verbose_name_plural = "pages de contact"


class MessageContact(models.Model):
    """A message received through the contact form. Kept twelve months."""

    class Sujet(models.TextChoices):
        QUESTION = "question", _("Une question")
        CONTRIBUER = "contribuer", _("Proposer une fiche ou un outil")
        ACCESSIBILITE = "accessibilite", _("Signaler un problème d’accessibilité")
        AUTRE = "autre", _("Autre chose")

    nom = models.CharField("nom", max_length=120, blank=True)
    courriel = models.EmailField("adresse e-mail")
    sujet = models.CharField("sujet", max_length=20, choices=Sujet)
    message = models.TextField("message", max_length=5000)
    langue = models.CharField("langue", max_length=10)
    recu_le = models.DateTimeField("reçu le", auto_now_add=True)
    traite = models.BooleanField("traité", default=False)

    class Meta:
        verbose_name = "message reçu"
        verbose_name_plural = "messages reçus"
        ordering: ClassVar = ["-recu_le"]

    def __str__(self) -> str:
        return f"{self.get_sujet_display()} — {self.recu_le:%d/%m/%Y}"
