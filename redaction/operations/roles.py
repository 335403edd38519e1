"""The groups of the team, their rights and their workflow, made what the matrix says."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from redaction.models import RelectureEnBinome, Validation
from redaction.permissions import matrice, model_permission
from redaction.roles import MODERATION, ROLES, Role

Groupes = Mapping[Role, Group]
# The groups that Wagtail creates, and that the roles replace.
GROUPES_WAGTAIL = ("Editors", "Moderators")
CIRCUIT = "Publication"


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
    _synchroniser_circuit(groupes[MODERATION])
    _retirer_groupes_wagtail()


@transaction.atomic
def synchroniser_pages() -> None:
    """Give the roles their rights on pages that have just been made; nothing before the first `sync_roles`."""
    existing = {groupe.name: groupe for groupe in Group.objects.filter(name__in=[role.nom for role in ROLES])}
    _synchroniser_pages({role: existing[role.nom] for role in ROLES if role.nom in existing})
    _placer_circuit()


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


def _synchroniser_circuit(moderation: Group) -> None:
    """Make the workflow of the French pages: the pair, then the moderation."""
    workflow, _made = Workflow.objects.update_or_create(name=CIRCUIT, defaults={"active": True})
    relecture, _made = RelectureEnBinome.objects.update_or_create(name="Relecture en binôme", defaults={"active": True})
    validation, _made = Validation.objects.update_or_create(name="Validation", defaults={"active": True})
    validation.groups.set([moderation])
    steps = [relecture, validation]
    WorkflowTask.objects.filter(workflow=workflow).exclude(task__in=[step.pk for step in steps]).delete()
    for rank, step in enumerate(steps):
        WorkflowTask.objects.update_or_create(workflow=workflow, task_id=step.pk, defaults={"sort_order": rank})
    _placer_circuit()


def _placer_circuit() -> None:
    """Put the workflow on the French home pages, and so on all that is below them."""
    homes = Page.objects.filter(depth=2, locale__language_code=settings.LANGUAGE_CODE)
    for workflow in Workflow.objects.filter(name=CIRCUIT):
        for home in homes:
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
