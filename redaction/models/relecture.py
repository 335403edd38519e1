"""The two steps that make a page public, and who passed them."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, Task, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from redaction.forms_admin.relecture import MotifForm
from redaction.models.notifications import Genre
from redaction.queries.relecture import a_relire_par, auteurs, cotes_de, libres
from redaction.queries.roles import membres
from redaction.roles import COTES, Cote

Action = tuple[str, str, bool]
Lien = tuple[str, str]
# What the history calls the approval of one side.
APPROBATION = "redaction.approbation"
DEMANDER: Action = ("reject", "Demander des modifications", True)
AIDE_DELAI = "Passé ce nombre de jours, la page est en retard."


class EtapeVerrouillee(models.Model):
    """A step decided on the very text that was read: whoever acts holds the page, and rules are checked again."""

    # Whether those who decide may do so from the editor without a right to change the page.
    decide_sans_ecrire: ClassVar[bool] = False
    # What those who decide are told when a page arrives.
    genre_de_notification: ClassVar[Genre] = Genre.RELECTURE

    class Meta:
        abstract = True

    def a_prevenir(self, page: Page) -> set[int]:
        """Return the people to tell that a page has arrived at this step."""
        raise NotImplementedError

    def attend_encore(self, page: Page, user: Any) -> bool:
        """Tell whether a page that is at this step still waits for somebody who may open it."""
        return True

    def liens(self, page: Page, user: Any) -> list[Lien]:
        """Return what else the desk offers to a person on the row of a page at this step: (words, address).

        Nothing is asked of each page: it is one of many.
        """
        return []

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        page = Page.objects.select_for_update().get(pk=task_state.revision.object_id)
        task_state.refresh_from_db()
        known = {name for name, _label, _form in self.get_actions(page, user)}
        same_text = task_state.revision_id == page.latest_revision_id
        if task_state.status != TaskState.STATUS_IN_PROGRESS or not same_text or action_name not in known:
            raise PermissionDenied
        if action_name == "reject" and not kwargs.get("comment", "").strip():
            raise PermissionDenied
        self.decider(task_state, user, action_name, **kwargs)

    def get_actions(self, obj: Page, user: Any) -> list[Action]:
        raise NotImplementedError

    def actions_offertes(self, obj: Page, user: Any) -> list[Action]:
        """The same for a page that is known to wait for the person: lists ask it of each of their rows."""
        return self.get_actions(obj, user)

    def decider(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        super().on_action(task_state, user, action_name, **kwargs)  # type: ignore[misc]  # of Wagtail's Task

    def get_form_for_action(self, action: str) -> Any:
        if action == "reject":
            return MotifForm
        return super().get_form_for_action(action)  # type: ignore[misc]  # of Wagtail's Task


def lacher(workflow_state: WorkflowState) -> None:
    """Unlock a page that is submitted, as Wagtail's own step does."""
    Page.objects.filter(pk=workflow_state.object_id).update(locked=False, locked_by=None, locked_at=None)


class EtapeDeLecteurs(EtapeVerrouillee):
    """A step whose reviewers read the page, and change it only if they had the right to."""

    decide_sans_ecrire = True

    class Meta:
        abstract = True

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        lacher(workflow_state)
        return super().start(workflow_state, user=user)  # type: ignore[misc]  # of Wagtail's Task

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Whoever may write the page still does, and the review starts again."""
        return not page_permission_policy.user_has_permission_for_instance(user, "change", obj)

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return page_permission_policy.user_has_permission_for_instance(user, "lock", obj)

    def user_can_unlock(self, obj: Page, user: Any) -> bool:
        return page_permission_policy.user_has_permission_for_instance(user, "unlock", obj)


def suspendue(page: Page, user: Any) -> bool:
    """Tell whether somebody else holds the page: nothing is decided meanwhile."""
    return bool(page.locked and page.locked_by_id != user.pk)


class RelectureEnBinome(EtapeDeLecteurs, Task):
    """Passes when one person of each side, neither of them an author, has approved the same revision."""

    delai = models.PositiveSmallIntegerField("délai, en jours", default=7, db_default=7, help_text=AIDE_DELAI)

    admin_form_fields: ClassVar = [*Task.admin_form_fields, "delai"]

    class Meta:
        verbose_name = "relecture en binôme"
        verbose_name_plural = "relectures en binôme"

    @classmethod
    def get_description(cls) -> str:
        return "Une personne du regard usager et une du regard professionnel approuvent la même version."

    def get_actions(self, obj: Page, user: Any) -> list[Action]:
        if not (sides := cotes_de(user)) or suspendue(obj, user) or user.pk in auteurs(obj):
            return []
        missing = self.cote_a_prendre(obj, user, sides)
        if missing is None:
            return [DEMANDER]
        return [DEMANDER, self.approuver(missing)]

    @staticmethod
    def approuver(cote: str) -> Action:
        return ("approve", f"Approuver ({Cote(cote).label.lower()})", False)

    def cote_a_prendre(self, page: Page, user: Any, sides: list[str]) -> str | None:
        """Return the first side that nobody took yet and that the person may take; a person takes only one."""
        given = Approbation.objects.filter(revision_id=page.latest_revision_id).values_list("cote", "user_id")
        taken = dict(given)
        if user.pk in taken.values():
            return None
        return next((side for side in sides if side not in taken), None)

    def decider(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        if action_name != "approve":
            super().decider(task_state, user, action_name, **kwargs)
            return
        page = task_state.revision.content_object
        side = self.cote_a_prendre(page, user, cotes_de(user))
        if side is None:
            raise PermissionDenied
        given = Approbation.objects.create(
            task_state=task_state, revision=task_state.revision, user=user, nom=str(user), cote=side
        )
        comment = kwargs.pop("comment", "").strip()
        data = {"nom": given.nom, "cote": side, "comment": comment}
        log(instance=page.specific, action=APPROBATION, user=user, revision=task_state.revision, data=data)
        readers = Approbation.objects.filter(revision=task_state.revision)
        if len(readers) == len(Cote):
            names = " et ".join(map(str, readers))
            super().decider(task_state, user, action_name, comment=f"Approuvée par {names}.", **kwargs)

    def a_prevenir(self, page: Page) -> set[int]:
        """Return the people of both sides who did not write the page."""
        return membres(*COTES.values()) - auteurs(page)

    def attend_encore(self, page: Page, user: Any) -> bool:
        return self.cote_a_prendre(page, user, cotes_de(user)) is not None

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return bool(cotes_de(user))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        return a_relire_par(self, user)


class Validation(EtapeVerrouillee, AbstractGroupApprovalTask):
    """The last step: the page becomes public."""

    delai = models.PositiveSmallIntegerField("délai, en jours", default=3, db_default=3, help_text=AIDE_DELAI)

    admin_form_fields: ClassVar = [*AbstractGroupApprovalTask.admin_form_fields, "delai"]
    genre_de_notification = Genre.VALIDATION

    class Meta:
        verbose_name = "validation"
        verbose_name_plural = "validations"

    @classmethod
    def get_description(cls) -> str:
        return "La modération valide : la page devient publique."

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        # After a change asked for here, the new text goes back to the pair first.
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    def a_prevenir(self, page: Page) -> set[int]:
        return membres(*self.groups.values_list("name", flat=True))

    def get_actions(self, obj: Page, user: Any) -> list[Action]:
        if suspendue(obj, user) or not (user.is_superuser or self._user_in_groups(user)):
            return []
        return [DEMANDER, ("approve", "Valider et publier", False)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        return libres(super().get_task_states_user_can_moderate(user, **kwargs), user)


class Approbation(models.Model):
    """Who approved a revision, for which side, and when. The name outlives the account."""

    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="approbations")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="approbations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    nom = models.CharField("nom", max_length=320)
    cote = models.CharField("côté", max_length=20, choices=Cote)
    le = models.DateTimeField("approuvé le", auto_now_add=True)

    class Meta:
        verbose_name = "approbation"
        verbose_name_plural = "approbations"
        ordering: ClassVar = ["le"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "cote"], name="approbation_une_par_cote"),
            models.UniqueConstraint(fields=["revision", "user"], name="approbation_une_par_personne"),
            models.CheckConstraint(condition=models.Q(cote__in=Cote.values), name="approbation_cote_connu"),
        ]

    def __str__(self) -> str:
        return f"{self.nom} ({self.get_cote_display().lower()})"
