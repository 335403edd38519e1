"""What the team is told by mail, and how often each person wants it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from wagtail.models import Page, TaskState

from redaction.models.propositions import Proposition


class Rythme(models.TextChoices):
    """How often a person wants to be told."""

    IMMEDIAT = "immediat", "Tout de suite"
    QUOTIDIEN = "quotidien", "Une fois par jour, le matin"
    JAMAIS = "jamais", "Jamais"


class Genre(models.TextChoices):
    """What happened; the label is the subject of the mail, and says nothing of the page."""

    RELECTURE = "relecture", "Une page attend votre relecture"
    VALIDATION = "validation", "Une page attend votre validation"
    A_MODIFIER = "a_modifier", "Des modifications vous sont demandées"
    APPROUVEE = "approuvee", "Votre page est approuvée"
    PUBLIEE = "publiee", "Votre page est publique"
    A_REVOIR = "a_revoir", "Une page est à revoir"
    PROPOSITION = "proposition", "Une proposition attend l’équipe"
    RETARD = "retard", "La page en français a changé"


class PreferenceNotification(models.Model):
    """The choice of a person; without one, she is told at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="preference_notification"
    )
    rythme = models.CharField(
        "M’écrire quand une page ou une proposition m’attend ou change d’état",
        max_length=20,
        choices=Rythme,
        default=Rythme.IMMEDIAT,
    )
    recapitulatif_le = models.DateField("dernier récapitulatif", null=True, editable=False)

    class Meta:
        verbose_name = "préférence de notification"
        verbose_name_plural = "préférences de notification"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(rythme__in=Rythme.values), name="preference_rythme_connu")
        ]

    def __str__(self) -> str:
        return self.get_rythme_display()


class Notification(models.Model):
    """One thing to tell a person about a page or a proposal, once: `cle` tells two events of the same kind apart."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    genre = models.CharField(max_length=20, choices=Genre)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, related_name="+")
    proposition = models.ForeignKey(Proposition, on_delete=models.CASCADE, null=True, related_name="+")
    cle = models.CharField(max_length=80)
    # The step that waits: once it is over, there is nothing to tell.
    etape = models.ForeignKey(TaskState, on_delete=models.CASCADE, null=True, related_name="+")
    cree_le = models.DateTimeField(auto_now_add=True)
    envoyee_le = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "notification"
        verbose_name_plural = "notifications"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "genre", "page", "cle"], name="notification_une_fois"),
            models.UniqueConstraint(
                fields=["user", "genre", "proposition", "cle"], name="notification_une_fois_par_proposition"
            ),
            models.CheckConstraint(condition=models.Q(genre__in=Genre.values), name="notification_genre_connu"),
            models.CheckConstraint(
                condition=models.Q(page=None) ^ models.Q(proposition=None), name="notification_d_une_chose"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user"], condition=models.Q(envoyee_le=None), name="notification_a_envoyer")
        ]

    def __str__(self) -> str:
        return self.get_genre_display()

    @property
    def sujet(self) -> Page | Proposition:
        found = self.page or self.proposition
        assert found is not None  # noqa: S101 -- the table refuses neither and both
        return found


class RappelDeRevision(models.Model):
    """That a page came due on that day has been told."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    prochaine_revision = models.DateField()

    class Meta:
        verbose_name = "rappel de révision"
        verbose_name_plural = "rappels de révision"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "prochaine_revision"], name="rappel_un_par_echeance")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.prochaine_revision})"
