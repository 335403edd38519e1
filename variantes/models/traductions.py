"""The review of translations: who approves, what was submitted, what was said of each segment."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from redaction.models.relecture import AIDE_DELAI, DEMANDER, Action, EtapeVerrouillee, Lien, lacher, suspendue
from redaction.queries.lignes import modifiable
from variantes.queries import relecteurs

APPROUVER: Action = ("approve", "Approuver et publier", False)
LONGUEUR_NOM = 320


class RelectureTraduction(EtapeVerrouillee, Task):
    """Passes when one person who reviews the language of the page, and did not translate it, approves."""

    delai = models.PositiveSmallIntegerField("délai, en jours", default=7, db_default=7, help_text=AIDE_DELAI)

    admin_form_fields: ClassVar = [*Task.admin_form_fields, "delai"]

    class Meta:
        verbose_name = "relecture d’une traduction"
        verbose_name_plural = "relectures de traductions"

    @classmethod
    def get_description(cls) -> str:
        return "Une personne qui relit dans cette langue, et n’a rien traduit de la page, l’approuve et la publie."

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        lacher(workflow_state)
        return super().start(workflow_state, user=user)

    def get_actions(self, obj: Page, user: Any) -> list[Action]:
        if not relecteurs.relit(user, obj) or suspendue(obj, user) or relecteurs.a_traduit(obj, user):
            return []
        return self.actions_offertes(obj, user)

    def actions_offertes(self, obj: Page, user: Any) -> list[Action]:
        return [DEMANDER, APPROUVER]

    def a_prevenir(self, page: Page) -> set[int]:
        return relecteurs.relecteurs(page)

    def attend_encore(self, page: Page, user: Any) -> bool:
        return not relecteurs.a_traduit(page, user)

    def liens(self, page: Page, user: Any) -> list[Lien]:
        if not (relecteurs.relit(user, page) or modifiable(page, user)):
            return []
        return [("Relire à côté du français", reverse("variantes_relecture", args=[page.pk]))]

    def decider(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        if action_name == "approve":
            from variantes.operations.acces import proteger_comme_la_source

            proteger_comme_la_source(task_state.revision.content_object)
        super().decider(task_state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: Page | None, user: Any) -> bool:
        return relecteurs.relit(user, obj)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """What is being read is changed by nobody: whoever translates takes it back first."""
        return True

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        return relecteurs.a_relire_par(self, user)


class SoumissionTraduction(models.Model):
    """What was sent to the review: each segment of the source, and what the revision says in its place."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="soumission_traduction")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="soumissions_traduction")
    translation = models.ForeignKey(
        Translation, on_delete=models.SET_NULL, null=True, blank=True, related_name="soumissions"
    )
    segments = models.JSONField("segments", default=list)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    nom = models.CharField("nom", max_length=LONGUEUR_NOM)
    le = models.DateTimeField("soumise le", auto_now_add=True)

    class Meta:
        verbose_name = "traduction soumise"
        verbose_name_plural = "traductions soumises"
        ordering: ClassVar = ["-le", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(nom=""), name="soumission_traduction_signee")]

    def __str__(self) -> str:
        return f"{self.page} ({self.nom})"


class CommentaireSegment(models.Model):
    """A remark on one segment, until whoever translates has dealt with it. Names outlive the accounts."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="commentaires_segments")
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The place of the segment: its path in the page, and its rank among those of a rich text.
    chemin = models.TextField("emplacement")
    rang = models.PositiveSmallIntegerField("rang")
    source = models.TextField("passage")
    texte = models.TextField("commentaire", max_length=2000)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    nom = models.CharField("nom", max_length=LONGUEUR_NOM)
    le = models.DateTimeField("écrit le", auto_now_add=True)
    traite_le = models.DateTimeField("traité le", null=True, blank=True)
    traite_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    traite_nom = models.CharField("traité par", max_length=LONGUEUR_NOM, blank=True)

    class Meta:
        verbose_name = "commentaire d’un segment"
        verbose_name_plural = "commentaires des segments"
        ordering: ClassVar = ["le", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["page"], condition=Q(traite_le=None), name="commentaire_segment_ouvert")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(texte=""), name="commentaire_segment_non_vide"),
            models.CheckConstraint(condition=~Q(nom="") & ~Q(chemin=""), name="commentaire_segment_signe"),
            models.CheckConstraint(
                condition=Q(traite_le__isnull=True, traite_nom="") | (Q(traite_le__isnull=False) & ~Q(traite_nom="")),
                name="commentaire_segment_traite_par_quelqu_un",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nom} : {self.texte[:60]}"


class LectureMachine(models.Model):
    """That somebody has read what a machine translated, and those very words: others are read again."""

    string_translation = models.OneToOneField(
        StringTranslation, on_delete=models.CASCADE, related_name="lecture_machine"
    )
    texte = models.TextField("texte lu")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    nom = models.CharField("nom", max_length=LONGUEUR_NOM)
    le = models.DateTimeField("lu le", auto_now=True)

    class Meta:
        verbose_name = "lecture d’un passage traduit par une machine"
        verbose_name_plural = "lectures de passages traduits par une machine"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(nom=""), name="lecture_machine_signee")]

    def __str__(self) -> str:
        return f"{self.nom}, {self.le:%d/%m/%Y}"
