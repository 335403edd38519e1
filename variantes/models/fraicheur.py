"""Which version of the French text each language version was made from.

A version is a publication that was more than a minor change; versions of a text are numbered from 1.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from wagtail.models import Page, Revision


class VersionSource(models.Model):
    """The version of a French page that is public, or was last; 0 before its first publication."""

    # What the page shares with its language versions. They stay when it is deleted, and so does this.
    translation_key = models.UUIDField(primary_key=True, editable=False)
    numero = models.PositiveIntegerField(default=0)
    majeure_le = models.DateTimeField(null=True)
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    # The version that wagtail-localize last cut into strings.
    synchronisee = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "version de la page en français"
        verbose_name_plural = "versions des pages en français"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(numero=0) ^ models.Q(majeure_le__isnull=False), name="version_source_datee"
            ),
            models.CheckConstraint(
                condition=models.Q(synchronisee=None) | models.Q(synchronisee__lte=models.F("numero")),
                name="version_source_synchronisee_connue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} ({self.numero})"


class VersionDeRevision(models.Model):
    """The version that a published revision of a French page holds, or that a revision of a variant was made from."""

    revision = models.OneToOneField(
        Revision, on_delete=models.CASCADE, primary_key=True, related_name="version_de_source"
    )
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = "version d’une révision"
        verbose_name_plural = "versions des révisions"

    def __str__(self) -> str:
        return f"{self.revision_id} ({self.version})"


class FraicheurPage(models.Model):
    """The versions that the public text of a variant, and its newest draft, were made from or checked against."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="fraicheur")
    version_publique = models.PositiveIntegerField(null=True)
    version_brouillon = models.PositiveIntegerField()
    # The version that the language team has been told this variant is behind.
    annoncee = models.PositiveIntegerField(null=True)
    verifiee_le = models.DateTimeField(null=True)
    verifiee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # Still said when the account is gone.
    verifiee_par_nom = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = "fraîcheur d’une variante"
        verbose_name_plural = "fraîcheur des variantes"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(verifiee_le=None, verifiee_par=None, verifiee_par_nom="")
                | (models.Q(verifiee_le__isnull=False) & ~models.Q(verifiee_par_nom="")),
                name="fraicheur_page_verification_signee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.version_publique}, {self.version_brouillon})"
