"""The rows of the desk: all that is said of one page of a list, asked together whatever their number."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Max
from django.utils import timezone
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState, get_default_page_content_type

from redaction.models import Approbation, RelectureEnBinome
from redaction.models.relecture import DEMANDER, Action, EtapeVerrouillee, Lien
from redaction.queries.bureau import attend_de, delai, etapes, programmee
from redaction.queries.relecture import cotes_de

SITUATIONS = {
    WorkflowState.STATUS_NEEDS_CHANGES: "Modifications demandées",
    WorkflowState.STATUS_APPROVED: "Publiée",
}
BROUILLON = "Brouillon"
PROGRAMMEE = "Approuvée, programmée"


@dataclass(frozen=True)
class Ligne:
    """A page, where it is, and what the person who reads the list may do with it."""

    page: Page
    situation: str
    depuis: datetime.datetime
    auteurs: tuple[str, ...]
    modifiable: bool
    etat: TaskState | None = None
    delai: int | None = None
    envoyee_par: str = ""
    approbations: tuple[Approbation, ...] = ()
    commentaire: str = ""
    commentaire_de: str = ""
    actions: tuple[Action, ...] = ()
    liens: tuple[Lien, ...] = ()

    @property
    def genre(self) -> str:
        """The kind of page."""
        kind = self.page.cached_content_type.model_class()
        return str(kind._meta.verbose_name) if kind else ""

    @property
    def jours(self) -> int:
        return (timezone.now() - self.depuis).days

    @property
    def en_retard(self) -> bool:
        return self.delai is not None and timezone.now() - self.depuis >= datetime.timedelta(days=self.delai)

    @property
    def nouvelle(self) -> bool:
        return self.page.first_published_at is None

    @property
    def comparable(self) -> bool:
        """Whether what is public and what is not are two texts."""
        return self.page.live and self.page.latest_revision_id not in (None, self.page.live_revision_id)

    @property
    def verrouillee_par(self) -> str:
        return str(self.page.locked_by or "quelqu’un") if self.page.locked else ""


def lignes_d_etats(states: Sequence[TaskState], user: Any, *, breves: bool = False) -> list[Ligne]:
    """Describe states of tasks; without who wrote and who approved where they are to be brief."""
    pages = [state.workflow_state.object_id for state in states]
    ensemble = _Ensemble(user, pages, [state.pk for state in states], breves=breves)
    return [
        ensemble.ligne(page, state, state.workflow_state)
        for state in states
        if (page := ensemble.page(state.workflow_state.object_id))
    ]


def lignes_d_envois(states: Sequence[WorkflowState], user: Any, *, breves: bool = False) -> list[Ligne]:
    """Describe states of workflows; without who wrote and who approved where they are to be brief."""
    pages, tasks = [state.object_id for state in states], [state.current_task_state_id for state in states]
    ensemble = _Ensemble(user, pages, tasks, breves=breves)
    return [
        ensemble.ligne(page, state.current_task_state, state)
        for state in states
        if (page := ensemble.page(state.object_id)) and state.current_task_state
    ]


def lignes_de_brouillons(pages: Sequence[Page], user: Any) -> list[Ligne]:
    """Describe drafts that nobody reviews."""
    ensemble = _Ensemble(user, [page.pk for page in pages], [])
    return [
        Ligne(
            page=page,
            situation=BROUILLON,
            depuis=page.latest_revision_created_at,
            auteurs=ensemble.auteurs(page),
            modifiable=modifiable(page, user),
        )
        for row in pages
        if (page := ensemble.page(row.pk))
    ]


def modifiable(page: Page, user: Any) -> bool:
    """Tell whether the rights of a person, not a step of the workflow, let them change a page."""
    if user.is_superuser or not user.is_active:
        return bool(user.is_active)
    rights = page.permissions_for_user(user).permissions
    return "change" in rights or ("add" in rights and page.owner_id == user.pk)


def _situation(page: Page, workflow_state: WorkflowState, state: TaskState) -> str:
    if workflow_state.status == WorkflowState.STATUS_APPROVED and page.programmee:
        return PROGRAMMEE
    return SITUATIONS.get(workflow_state.status) or str(state.task.name)


class _Ensemble:
    """What the rows of one list share."""

    def __init__(self, user: Any, pages: Iterable[Any], states: Iterable[int], *, breves: bool = False) -> None:
        self.user = user
        self.pages: dict[int, Page] = (
            Page.objects.select_related("locale", "locked_by")
            .annotate(publiee=F("live_revision__created_at"), programmee=programmee())
            .in_bulk([int(pk) for pk in pages])
        )
        self.attendus = set(attend_de(user).filter(pk__in=list(states)).values_list("pk", flat=True)) if states else ()
        self.etapes: dict[int, Task] = {etape.pk: etape for etape in etapes(user)}
        self.approbations: dict[int, list[Approbation]] = defaultdict(list)
        # What a person may decide depends on who has approved.
        if self.attendus or not breves:
            revisions = [page.latest_revision_id for page in self.pages.values()]
            for approbation in Approbation.objects.filter(revision__in=revisions):
                self.approbations[approbation.revision_id].append(approbation)
        self._ecrivains = {} if breves else self._qui_a_ecrit()

    def page(self, key: Any) -> Page | None:
        return self.pages.get(int(key))

    def _qui_a_ecrit(self) -> dict[int, list[str]]:
        """Return the names of whoever wrote each page since its last publication."""
        written = (
            Revision.objects.filter(
                base_content_type=get_default_page_content_type(), object_id__in=[str(pk) for pk in self.pages]
            )
            .exclude(user=None)
            .order_by()
            .values_list("object_id", "user_id")
            .annotate(Max("created_at"))
        )
        found = [
            (int(key), user)
            for key, user, last in written
            if (published := self.pages[int(key)].publiee) is None or last > published
        ]
        people = get_user_model().objects.in_bulk({user for _key, user in found})
        names = defaultdict(list)
        for key, user in found:
            names[key].append(str(people[user]))
        return names

    def auteurs(self, page: Page) -> tuple[str, ...]:
        return tuple(sorted(self._ecrivains.get(page.pk, ())))

    def ligne(self, page: Page, state: TaskState, workflow_state: WorkflowState) -> Ligne:
        waiting = state.status == TaskState.STATUS_IN_PROGRESS
        step = self.etapes.get(state.task_id)
        return Ligne(
            page=page,
            situation=_situation(page, workflow_state, state),
            depuis=state.started_at if waiting or state.finished_at is None else state.finished_at,
            auteurs=self.auteurs(page),
            modifiable=modifiable(page, self.user),
            etat=state,
            delai=delai(step) if waiting and step else None,
            envoyee_par=str(workflow_state.requested_by or ""),
            approbations=tuple(self.approbations[state.revision_id]),
            commentaire=state.comment if state.status == TaskState.STATUS_REJECTED else "",
            commentaire_de=str(state.finished_by or ""),
            actions=self.actions(page, state, step),
            liens=self.liens(page, state, step),
        )

    def actions(self, page: Page, state: TaskState, step: Task | None) -> tuple[Action, ...]:
        """Return what the person may decide."""
        if step is None or state.pk not in self.attendus:
            return ()
        if not isinstance(step, RelectureEnBinome):
            # The same decision may be offered twice, with and without a comment.
            offered: dict[str, Action] = {}
            for name, label, needs in getattr(step, "actions_offertes", step.get_actions)(page, self.user):
                offered.setdefault(name, (name, str(label), needs))
            return tuple(offered.values())
        given = {approbation.cote for approbation in self.approbations[state.revision_id]}
        return (DEMANDER, step.approuver(next(side for side in cotes_de(self.user) if side not in given)))

    def liens(self, page: Page, state: TaskState, step: Task | None) -> tuple[Lien, ...]:
        """Return where else the step leads the person."""
        if not isinstance(step, EtapeVerrouillee) or state.status != TaskState.STATUS_IN_PROGRESS:
            return ()
        return tuple(step.liens(page, self.user))
