"""The groups of the team, their rights and the workflows, made what the matrix says."""

from collections.abc import Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from redaction.circuits import Etape, circuits
from redaction.permissions import matrice, model_permission
from redaction.roles import ROLES, Role

Groupes = Mapping[Role, Group]
# The groups that Wagtail creates, and that the roles replace.
GROUPES_WAGTAIL = ("Editors", "Moderators")


@transaction.atomic
def synchroniser_roles() -> None:
    """Give each role its group, and each group what the matrix says: no less, no more."""
    groupes = {role: Group.objects.get_or_create(name=role.nom)[0] for role in ROLES}
    entree = Permission.objects.get_by_natural_key("access_admin", "wagtailadmin", "admin")
    for role, groupe in groupes.items():
        granted = (
            model_permission(model, action) for model in matrice.modeles for action in matrice.sur_modele(role, model)
        )
        groupe.permissions.set([entree, *granted])
    _synchroniser_collections(groupes)
    _synchroniser_pages(groupes)
    _synchroniser_circuits(groupes)
    _retirer_groupes_wagtail()


@transaction.atomic
def synchroniser_pages() -> None:
    """Give the roles their rights on pages that have just been made; nothing before the first `sync_roles`."""
    existing = {groupe.name: groupe for groupe in Group.objects.filter(name__in=[role.nom for role in ROLES])}
    _synchroniser_pages({role: existing[role.nom] for role in ROLES if role.nom in existing})
    _placer_circuits()


def _synchroniser_pages(groupes: Groupes) -> None:
    rights = {action: model_permission(Page, action) for row in matrice.pages.values() for action in _actions(row)}
    wanted = {
        (groupes[role].pk, page.pk, rights[action].pk)
        for kind, row in matrice.pages.items()
        if row
        for page in kind._default_manager.select_related("locale")
        for role, actions in row.items()
        if role in groupes and role.couvre(page.locale.language_code)
        for action in actions
    }
    _replace(GroupPagePermission, "page_id", groupes, wanted)


def _synchroniser_collections(groupes: Groupes) -> None:
    root = Collection.get_first_root_node()
    wanted = {
        (groupes[role].pk, root.pk, model_permission(model, action).pk)
        for model, row in matrice.collections.items()
        for role, actions in row.items()
        for action in actions
    }
    _replace(GroupCollectionPermission, "collection_id", groupes, wanted)


def _actions(row: Mapping[Role, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*row.values())


def _replace(model: type[Model], place: str, groupes: Groupes, wanted: set[tuple[int, int, int]]) -> None:
    """Make the rights that groups have on places those that are wanted."""
    manager = model._default_manager
    existing = {
        (row["group_id"], row[place], row["permission_id"]): row["pk"]
        for row in manager.filter(group__in=groupes.values()).values("pk", "group_id", place, "permission_id")
    }
    manager.filter(pk__in=[pk for key, pk in existing.items() if key not in wanted]).delete()
    missing = sorted(wanted - existing.keys())
    manager.bulk_create(
        [model(**{"group_id": group, place: where, "permission_id": right}) for group, where, right in missing],
        ignore_conflicts=True,
    )


def _synchroniser_circuits(groupes: Groupes) -> None:
    """Make the workflows that the apps registered, each with its steps and no other."""
    for circuit in circuits():
        workflow, _made = Workflow.objects.update_or_create(name=circuit.nom, defaults={"active": True})
        steps = [_etape(etape, groupes) for etape in circuit.etapes]
        WorkflowTask.objects.filter(workflow=workflow).exclude(task__in=[step.pk for step in steps]).delete()
        for rank, step in enumerate(steps):
            WorkflowTask.objects.update_or_create(workflow=workflow, task_id=step.pk, defaults={"sort_order": rank})
    _placer_circuits()


def _etape(etape: Etape, groupes: Groupes) -> Task:
    step, _made = etape.genre._default_manager.update_or_create(name=etape.nom, defaults={"active": True})
    if etape.groupes:
        step.groups.set([groupes[role] for role in etape.groupes])
    return step


def _placer_circuits() -> None:
    """Put each workflow on the home pages of its languages, and so on all that is below them."""
    workflows = {workflow.name: workflow for workflow in Workflow.objects.filter(name__in=[c.nom for c in circuits()])}
    wanted = {langue: workflows[c.nom] for c in circuits() if c.nom in workflows for langue in c.langues}
    homes = Page.objects.filter(depth=2, locale__language_code__in=wanted).select_related("locale")
    placed = dict(WorkflowPage.objects.filter(page__in=homes).values_list("page_id", "workflow_id"))
    for home in homes:
        workflow = wanted[home.locale.language_code]
        if placed.get(home.pk) != workflow.pk:
            WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})


def _retirer_groupes_wagtail() -> None:
    """Remove the groups of a new Wagtail, with the workflow that goes with them, unless someone is in them."""
    for groupe in Group.objects.filter(name__in=GROUPES_WAGTAIL, user=None):
        for task in GroupApprovalTask.objects.filter(groups=groupe, active=True):
            if set(task.groups.all()) == {groupe}:
                for workflow in Workflow.objects.filter(workflow_tasks__task=task, active=True):
                    workflow.deactivate()
                task.deactivate()
        groupe.delete()
