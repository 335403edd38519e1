"""What readers of the pages in FALC say of them: understood, not all of it, not understood."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from socle.dates import today

LONGUEUR_COMMENTAIRE = 500


class Reponse(models.TextChoices):
    """The three faces."""

    COMPRIS = "compris", _("J’ai compris")
    PAS_TOUT = "pas-tout", _("Je n’ai pas tout compris")
    PAS_COMPRIS = "pas-compris", _("Je n’ai pas compris")


class RetourLecture(models.Model):
    """One answer. Who gave it is not known: no account, no address, no hour.

    The text that was read is kept by its revision, so that a page that was rewritten starts anew.
    """

    page = models.ForeignKey(
        Page, verbose_name="page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    page_titre = models.CharField("titre de la page", max_length=255)
    revision = models.ForeignKey(
        Revision, verbose_name="texte lu", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    langue = models.CharField("langue", max_length=20)
    reponse = models.CharField("réponse", max_length=20, choices=Reponse)
    commentaire = models.CharField("commentaire", max_length=LONGUEUR_COMMENTAIRE, blank=True)
    jour = models.DateField("jour", default=today, db_index=True)

    class Meta:
        verbose_name = "retour de lecture"
        verbose_name_plural = "retours de lecture"
        ordering: ClassVar = ["-jour", "-pk"]
        indexes: ClassVar = [models.Index(fields=["page", "-jour"], name="retour_page_jour")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(reponse__in=Reponse.values), name="retour_reponse_connue"),
            models.CheckConstraint(condition=~models.Q(page_titre=""), name="retour_page_nommee"),
        ]

    def __str__(self) -> str:
        # Kept in the log after the comment: nothing that a visitor typed.
        return f"Retour de lecture n° {self.pk}"
