"""The vocabularies shared by every kind of content (nature, context, scale, publics…).

A term keeps the same slug in every language, so that a filter's address survives a change of language.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField


class Vocabulaire(TranslatableMixin, index.Indexed, models.Model):
    """One term of a vocabulary, in one language."""

    nom = models.CharField("nom", max_length=100)
    slug = models.CharField(
        "identifiant",
        max_length=60,
        validators=[validate_slug],
        help_text="Le même dans toutes les langues : il sert dans les adresses des filtres.",
    )
    description = models.CharField("description", max_length=300, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=100)

    panels: ClassVar = [FieldPanel("nom"), FieldPanel("slug"), FieldPanel("description"), FieldPanel("ordre")]
    override_translatable_fields: ClassVar = [SynchronizedField("slug", overridable=False)]
    search_fields: ClassVar = [
        index.SearchField("nom"),
        index.AutocompleteField("nom"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering: ClassVar = ["ordre", "nom"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["locale", "slug"],
                name="%(class)s_slug_unique",
                violation_error_message="Cet identifiant existe déjà dans cette langue.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    def clean(self) -> None:
        super().clean()
        # The admin's forms do not hold the language, and so leave the constraint to the database.
        if type(self).objects.filter(locale_id=self.locale_id, slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": "Cet identifiant existe déjà dans cette langue."})


class Nature(Vocabulaire):
    """Nature of the partnership."""

    class Meta(Vocabulaire.Meta):
        verbose_name = "nature du partenariat"
        verbose_name_plural = "natures du partenariat"


class Contexte(Vocabulaire):
    """Where care or support takes place."""

    class Meta(Vocabulaire.Meta):
        verbose_name = "contexte"
        verbose_name_plural = "contextes"


class Echelle(Vocabulaire):
    """Micro, meso or macro."""

    class Meta(Vocabulaire.Meta):
        verbose_name = "échelle"
        verbose_name_plural = "échelles"


class NiveauEngagement(Vocabulaire):
    """Level of engagement, after the Haute Autorité de santé (2020)."""

    class Meta(Vocabulaire.Meta):
        verbose_name = "niveau d’engagement"
        verbose_name_plural = "niveaux d’engagement"


class Public(Vocabulaire):
    """Whom a content is for."""

    class Meta(Vocabulaire.Meta):
        verbose_name = "public"
        verbose_name_plural = "publics"


class Territoire(Vocabulaire):
    """A département of Île-de-France, or the whole region."""

    class Meta(Vocabulaire.Meta):
        verbose_name = "territoire"
        verbose_name_plural = "territoires"


class Thematique(Vocabulaire):
    """The six themes of the regional roadmap (2025)."""

    class Meta(Vocabulaire.Meta):
        verbose_name = "thématique"
        verbose_name_plural = "thématiques"


VOCABULAIRES: tuple[type[Vocabulaire], ...] = (
    Nature,
    Contexte,
    Echelle,
    NiveauEngagement,
    Public,
    Territoire,
    Thematique,
)


def traduire_les_termes(page: Any) -> None:
    """Take the terms that were chosen or copied in another language in that of the page, where they exist."""
    for field in page._meta.many_to_many:
        if not isinstance(field, ParentalManyToManyField) or not issubclass(field.related_model, Vocabulaire):
            continue
        chosen = list(getattr(page, "_cluster_related_objects", {}).get(field.name) or ())
        if any(term.locale_id != page.locale_id for term in chosen):
            slugs = [term.slug for term in chosen]
            found = field.related_model.objects.filter(locale_id=page.locale_id, slug__in=slugs)
            setattr(page, field.name, found)
