"""Settings of the site that its owners change without a developer."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from socle.models.medias import Illustration


@dataclass(frozen=True)
class Reseau:
    """A social network on which the owners are present."""

    nom: str
    url: str


@register_setting(icon="cog")
class ReglagesSite(BaseSiteSetting):
    """Name, contact, accessibility statement and social links."""

    class Accessibilite(models.TextChoices):
        """The three states of the legal mention (RGAA: partially from 50 %, fully at 100 %)."""

        NON_CONFORME = "non", _("non conforme")
        PARTIELLE = "partielle", _("partiellement conforme")
        TOTALE = "totale", _("totalement conforme")

    nom = models.CharField("nom du site", max_length=80, default="Partenariat en santé")
    sous_titre = models.CharField("sous-titre", max_length=120, blank=True, default="Île-de-France")
    logo = models.ForeignKey(
        Illustration,
        verbose_name="logo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Vide : le logo du projet.",
    )
    logo_falc = models.ForeignKey(
        Illustration,
        verbose_name="logo européen « Facile à lire »",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=(
            "À demander à Inclusion Europe, qui le donne et en fixe les conditions : couleur #333399, 15 mm au moins. "
            "Montré sur les seules pages que le groupe a lues, avec les noms de ceux qui l’acceptent."
        ),
    )
    courriel = models.EmailField("adresse e-mail de contact", blank=True)
    telephone = models.CharField("téléphone", max_length=30, blank=True)
    adresse = models.TextField("adresse postale", blank=True)
    accessibilite = models.CharField(
        "état d’accessibilité", max_length=20, choices=Accessibilite, default=Accessibilite.NON_CONFORME
    )
    audit_le = models.DateField("date de l’audit", null=True, blank=True)
    declaration = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="déclaration d’accessibilité",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="La page française ; ses traductions suivent. L’adresse /accessibilite y mène.",
    )
    mastodon = models.URLField("Mastodon", blank=True)
    linkedin = models.URLField("LinkedIn", blank=True)
    youtube = models.URLField("YouTube", blank=True)
    peertube = models.URLField("PeerTube", blank=True)

    select_related: ClassVar = ["logo"]

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("nom"), FieldPanel("sous_titre"), FieldPanel("logo")], "Identité"),
        MultiFieldPanel([FieldPanel("logo_falc")], "Facile à lire et à comprendre (FALC)"),
        MultiFieldPanel([FieldPanel("courriel"), FieldPanel("telephone"), FieldPanel("adresse")], "Contact"),
        MultiFieldPanel(
            [FieldPanel("accessibilite"), FieldPanel("audit_le"), FieldPanel("declaration")], "Accessibilité"
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("mastodon", "linkedin", "youtube", "peertube")], "Réseaux"),
    ]

    class Meta:
        verbose_name = "réglages du site"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(accessibilite="non") | models.Q(audit_le__isnull=False),
                name="reglages_conformite_auditee",
                violation_error_message="Sans audit daté, le site se déclare « non conforme ».",
            ),
        ]

    @property
    def accessibilite_mention(self) -> str:
        """The mention that the law requires on every page (décret 2019-768, article 3)."""
        etat = self.Accessibilite(self.accessibilite).label
        return gettext("Accessibilité : %(etat)s") % {"etat": etat}

    @property
    def reseaux(self) -> list[Reseau]:
        champs = ("mastodon", "linkedin", "youtube", "peertube")
        return [
            Reseau(str(self._meta.get_field(champ).verbose_name), getattr(self, champ))
            for champ in champs
            if getattr(self, champ)
        ]
