"""The groups of the team, their rights and the workflows, made what the matrix says."""

from collections.abc import Iterable, Mapping, Set

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
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
    get_page_models,
)

from redaction.circuits import Etape, circuits
from redaction.permissions import matrice, permissions_de
from redaction.roles import ROLES, Role

Groupes = Mapping[Role, Group]
# The groups that Wagtail creates, and that the roles replace.
GROUPES_WAGTAIL = ("Editors", "Moderators")


@transaction.atomic
def synchroniser_roles() -> None:
    """Give each role its group, and each group what the matrix says: no less, no more."""
    groupes = _groupes(creer=True)
    _synchroniser_modeles(groupes)
    _synchroniser_collections(groupes)
    _synchroniser_pages(groupes)
    _synchroniser_circuits(groupes)
    _retirer_groupes_wagtail()


@transaction.atomic
def synchroniser_pages() -> None:
    """Give the roles their rights on pages that have just been made; nothing before the first `sync_roles`."""
    _synchroniser_pages(_groupes())
    _placer_circuits()


def _groupes(*, creer: bool = False) -> dict[Role, Group]:
    """Return the groups of the roles that have one; all of them with `creer`."""
    names = [role.nom for role in ROLES]
    existing = {groupe.name: groupe for groupe in Group.objects.filter(name__in=names)}
    if creer and len(existing) < len(names):
        Group.objects.bulk_create((Group(name=name) for name in names if name not in existing), ignore_conflicts=True)
        return _groupes()
    return {role: existing[role.nom] for role in ROLES if role.nom in existing}


def _synchroniser_modeles(groupes: Groupes) -> None:
    entree = Permission.objects.get_by_natural_key("access_admin", "wagtailadmin", "admin")
    granted = {
        (role, model, action)
        for role in groupes
        for model in matrice.modeles
        for action in matrice.sur_modele(role, model)
    }
    rights = permissions_de((model, action) for _role, model, action in granted)
    wanted = {(groupes[role].pk, rights[model, action].pk) for role, model, action in granted}
    wanted |= {(groupe.pk, entree.pk) for groupe in groupes.values()}
    _replace(Group.permissions.through, groupes, ("group_id", "permission_id"), wanted)


def _synchroniser_pages(groupes: Groupes) -> None:
    kinds = {kind: row for kind, row in matrice.pages.items() if row}
    if not groupes or not kinds:
        return
    rights = permissions_de((Page, action) for row in kinds.values() for action in _actions(row))
    types = {
        content_type.pk: [row for kind, row in kinds.items() if issubclass(model, kind)]
        for model, content_type in ContentType.objects.get_for_models(*_page_models(kinds)).items()
    }
    pages = Page.objects.filter(content_type__in=types).order_by()
    wanted = {
        (groupes[role].pk, page, rights[Page, action].pk)
        for page, content_type, langue in pages.values_list("pk", "content_type_id", "locale__language_code")
        for row in types[content_type]
        for role, actions in row.items()
        if role in groupes and role.couvre(langue)
        for action in actions
    }
    _replace(GroupPagePermission, groupes, ("group_id", "page_id", "permission_id"), wanted)


def _page_models(kinds: Iterable[type[Page]]) -> list[type[Page]]:
    """Return the kinds, and those made from them."""
    return [model for model in get_page_models() if issubclass(model, tuple(kinds))]


def _synchroniser_collections(groupes: Groupes) -> None:
    root = Collection.get_first_root_node()
    granted = {
        (role, model, action)
        for model, row in matrice.collections.items()
        for role, actions in row.items()
        for action in actions
    }
    rights = permissions_de((model, action) for _role, model, action in granted)
    wanted = {(groupes[role].pk, root.pk, rights[model, action].pk) for role, model, action in granted}
    _replace(GroupCollectionPermission, groupes, ("group_id", "collection_id", "permission_id"), wanted)


def _actions(row: Mapping[Role, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*row.values())


def _replace(model: type[Model], groupes: Groupes, fields: tuple[str, ...], wanted: Set[tuple[int, ...]]) -> None:
    """Make the rights of the groups, of which `fields` say all, those that are wanted."""
    manager = model._default_manager
    rows = manager.filter(group__in=[groupe.pk for groupe in groupes.values()]).order_by()
    existing = {tuple(key): pk for pk, *key in rows.values_list("pk", *fields)}
    if taken_back := [pk for key, pk in existing.items() if key not in wanted]:
        manager.filter(pk__in=taken_back).delete()
    missing = sorted(wanted - existing.keys())
    manager.bulk_create([model(**dict(zip(fields, key, strict=True))) for key in missing], ignore_conflicts=True)


def _synchroniser_circuits(groupes: Groupes) -> None:
    """Make the workflows that the apps registered, each with its steps and no other."""
    existing = {workflow.name: workflow for workflow in Workflow.objects.filter(name__in=[c.nom for c in circuits()])}
    etapes: dict[Etape, Task] = {}
    for circuit in circuits():
        workflow = existing.get(circuit.nom) or Workflow.objects.create(name=circuit.nom)
        _reactiver(workflow)
        for etape in circuit.etapes:
            etapes[etape] = etapes.get(etape) or _etape(etape, groupes)
        _ordonner(workflow, [etapes[etape].pk for etape in circuit.etapes])
    _placer_circuits()


def _ordonner(workflow: Workflow, steps: list[int]) -> None:
    """Give a workflow these tasks, in that order, and no other."""
    existing = {each.task_id: each for each in WorkflowTask.objects.filter(workflow=workflow)}
    if others := existing.keys() - set(steps):
        WorkflowTask.objects.filter(workflow=workflow, task__in=others).delete()
    for rank, step in enumerate(steps):
        each = existing.get(step) or WorkflowTask(workflow=workflow, task_id=step)
        if each.pk is None or each.sort_order != rank:
            each.sort_order = rank
            each.save()


def _etape(etape: Etape, groupes: Groupes) -> Task:
    manager = etape.genre._default_manager
    step = manager.filter(name=etape.nom).first() or manager.create(name=etape.nom)
    _reactiver(step)
    if etape.groupes:
        step.groups.set([groupes[role] for role in etape.groupes])
    return step


def _reactiver(made: Workflow | Task) -> None:
    if not made.active:
        made.active = True
        made.save()


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
