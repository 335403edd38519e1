"""The workflows that apps register: one for each language, made as they say however often."""

import pytest
from wagtail.models import GroupApprovalTask, Task, Workflow, WorkflowPage

from redaction import circuits, roles
from redaction.circuits import Circuit, Etape
from redaction.operations.roles import synchroniser_roles
from tests.factories import accueil, index_fiches

pytestmark = pytest.mark.django_db

ESSAI = Circuit("Essai", ("en",), (Etape("Lire l’essai", GroupApprovalTask, (roles.REGARD_USAGER,)),))


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the real workflows as they are, those of other languages apart."""
    kept = {name: circuit for name, circuit in circuits._circuits.items() if "en" not in circuit.langues}
    monkeypatch.setattr(circuits, "_circuits", kept)


def etapes(nom: str) -> list[str]:
    return [task.name for task in Workflow.objects.get(name=nom, active=True).tasks]


def test_each_language_goes_through_its_own() -> None:
    circuits.register(ESSAI)
    accueil("en")
    synchroniser_roles()
    assert index_fiches().get_workflow().name == "Publication"
    assert index_fiches("en").get_workflow().name == "Essai"
    assert etapes("Publication") == ["Relecture en binôme", "Validation"]
    assert [group.name for group in Task.objects.get(name="Lire l’essai").specific.groups.all()] == ["Regard usager"]


def test_a_home_page_made_later_has_its_own_at_once() -> None:
    circuits.register(ESSAI)
    synchroniser_roles()
    assert index_fiches("en").get_workflow().name == "Essai"
    assert index_fiches("ar").get_workflow() is None or index_fiches("ar").get_workflow().name != "Essai"


def test_twice_is_as_once_and_puts_right_what_was_changed() -> None:
    circuits.register(ESSAI)
    home = accueil("en")
    synchroniser_roles()
    Workflow.objects.get(name="Essai").workflow_tasks.all().delete()
    WorkflowPage.objects.filter(page=home).update(workflow=Workflow.objects.get(name="Publication"))
    synchroniser_roles()
    synchroniser_roles()
    assert etapes("Essai") == ["Lire l’essai"]
    assert WorkflowPage.objects.get(page=home).workflow.name == "Essai"
    assert Workflow.objects.filter(name="Essai").count() == 1


def test_a_language_has_one() -> None:
    circuits.register(ESSAI)
    with pytest.raises(ValueError, match="already a workflow Essai"):
        circuits.register(ESSAI)
    with pytest.raises(ValueError, match="en: already in the workflow Essai"):
        circuits.register(Circuit("Autre", ("ar", "en"), ()))
