"""Menus: one per place and language. A language without a menu shows the French one, translated pages only."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from socle.validators import validate_link


class Menu(TranslatableMixin, ClusterableModel):
    """The links of one place of the page."""

    class Emplacement(models.TextChoices):
        PRINCIPAL = "principal", "Menu principal"
        PIED = "pied", "Pied de page"

    emplacement = models.CharField("emplacement", max_length=20, choices=Emplacement)

    panels: ClassVar = [FieldPanel("emplacement"), InlinePanel("liens", heading="Liens", label="Lien", min_num=1)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = "menu"
        verbose_name_plural = "menus"
        ordering: ClassVar = ["emplacement"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["locale", "emplacement"],
                name="menu_emplacement_unique",
                violation_error_message="Ce menu existe déjà dans cette langue.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.Emplacement(self.emplacement).label)

    def clean(self) -> None:
        super().clean()
        # The admin's forms do not hold the language, and so leave the constraint to the database.
        twins = Menu.objects.filter(locale_id=self.locale_id, emplacement=self.emplacement).exclude(pk=self.pk)
        if twins.exists():
            raise ValidationError({"emplacement": "Ce menu existe déjà dans cette langue."})


class LienMenu(TranslatableMixin, Orderable):
    """A link of a menu: to a page of the site, or to an address."""

    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="liens")
    texte = models.CharField("texte", max_length=60, blank=True, help_text="Vide : le titre de la page.")
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="page",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    url = models.CharField("adresse", max_length=300, blank=True, validators=[validate_link])

    panels: ClassVar = [FieldPanel("texte"), PageChooserPanel("page"), FieldPanel("url")]
    override_translatable_fields: ClassVar = [SynchronizedField("url")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = "lien de menu"
        verbose_name_plural = "liens de menu"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, url="") | (models.Q(page__isnull=True) & ~models.Q(url="")),
                name="lien_menu_page_ou_url",
                violation_error_message="Choisissez une page ou saisissez une adresse, pas les deux.",
            ),
        ]

    def __str__(self) -> str:
        return self.texte or (self.page.title if self.page else self.url)

    def clean(self) -> None:
        super().clean()
        if self.url and not self.texte:
            raise ValidationError({"texte": "Un lien vers une adresse a besoin d’un texte."})
