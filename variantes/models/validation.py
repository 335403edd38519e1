"""The reading of a text in FALC by the people it is for. Without it, no text may be called FALC."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import Page, Revision, Task, TaskState

from redaction import roles
from redaction.models.relecture import AIDE_DELAI, DEMANDER, Action, EtapeDeLecteurs, Lien, suspendue
from redaction.queries.relecture import auteurs, ecrites_par, libres
from redaction.queries.roles import membres, roles_de

LONGUEUR_NOTES = 4000
# Those who write down what a group said on paper.
ENREGISTRENT = frozenset({roles.RELECTURE_FALC, roles.REDACTION_FALC, roles.MODERATION})


def enregistre(user: Any) -> bool:
    """Tell whether a person may write down the reading of a text that waits for it."""
    return bool(user.is_active and (user.is_superuser or ENREGISTRENT & set(roles_de(user))))


class LectureFalc(EtapeDeLecteurs, Task):
    """Passes when the reading of this very text is written down (`variantes.operations.validation`)."""

    delai = models.PositiveSmallIntegerField("délai, en jours", default=21, db_default=21, help_text=AIDE_DELAI)

    admin_form_fields: ClassVar = [*Task.admin_form_fields, "delai"]

    class Meta:
        verbose_name = "lecture par le groupe FALC"
        verbose_name_plural = "lectures par le groupe FALC"

    @classmethod
    def get_description(cls) -> str:
        return "Le groupe de relecture FALC lit le texte, souvent sur papier ; sa lecture est enregistrée."

    def get_actions(self, obj: Page, user: Any) -> list[Action]:
        """Say what is decided with one button; the reading has a screen of its own."""
        refuse = user.is_superuser or {roles.RELECTURE_FALC, roles.MODERATION} & set(roles_de(user))
        return [DEMANDER] if refuse and not suspendue(obj, user) else []

    def a_prevenir(self, page: Page) -> set[int]:
        """Return the group, and the moderation where nobody of the group has an account."""
        return membres(roles.RELECTURE_FALC.nom) - auteurs(page) or membres(roles.MODERATION.nom)

    def liens(self, page: Page, user: Any) -> list[Lien]:
        if not enregistre(user) or not page.latest_revision_id:
            return []
        place = [page.pk, page.latest_revision_id]
        return [
            ("Enregistrer la lecture", reverse("variantes_lecture_falc", args=place)),
            ("Imprimer la fiche de relecture", reverse("variantes_fiche_falc", args=place)),
        ]

    def user_can_access_editor(self, obj: Page | None, user: Any) -> bool:
        return bool(user.is_active) and bool({roles.RELECTURE_FALC, roles.MODERATION} & set(roles_de(user)))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """Return what waits for the group; the moderation finds it among the pages in review."""
        if roles.RELECTURE_FALC not in roles_de(user):
            return TaskState.objects.none()
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return libres(waiting, user).exclude(ecrites_par(user))


class ValidationFalc(models.Model):
    """That a group has read one revision, and found it easy. It is worth nothing for another text."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="validations_falc")
    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="validation_falc")
    groupe = models.CharField("groupe de relecture", max_length=160)
    lue_le = models.DateField("date de la lecture")
    lieu = models.CharField("lieu", max_length=160, blank=True)
    notes = models.TextField("notes", max_length=LONGUEUR_NOTES, blank=True)
    enregistree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The name outlives the account.
    enregistree_nom = models.CharField("enregistrée par", max_length=320)
    enregistree_le = models.DateTimeField("enregistrée le", auto_now=True)

    class Meta:
        verbose_name = "lecture d’un texte en FALC"
        verbose_name_plural = "lectures de textes en FALC"
        ordering: ClassVar = ["-enregistree_le", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(groupe="") & ~Q(enregistree_nom=""), name="validation_falc_signee"),
        ]

    def __str__(self) -> str:
        return f"{self.groupe}, {self.lue_le:%d/%m/%Y}"


class LecteurFalc(models.Model):
    """Somebody of the group. Readers are told the names of those who want it, and no other."""

    validation = models.ForeignKey(ValidationFalc, on_delete=models.CASCADE, related_name="lecteurs")
    nom = models.CharField("nom", max_length=120)
    nom_publie = models.BooleanField("accepte que son nom soit publié", default=False)

    class Meta:
        verbose_name = "lecteur"
        verbose_name_plural = "lecteurs"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["validation", "nom"], name="lecteur_falc_une_fois"),
            models.CheckConstraint(condition=~Q(nom=""), name="lecteur_falc_nomme"),
        ]

    def __str__(self) -> str:
        return self.nom
