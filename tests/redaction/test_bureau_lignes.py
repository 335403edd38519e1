"""The rows of the desk: those that a person may act on, no more and no less; what was sent; what is late."""

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowState, WorkflowTask

from redaction import roles
from redaction.models import RelectureEnBinome, Validation
from redaction.queries import bureau
from redaction.queries.bureau import Filtres
from redaction.queries.lignes import lignes_d_envois, lignes_d_etats
from socle.models import Utilisateur
from tests.factories import InformationPageFactory, groupes_des_roles
from tests.factories.relectures import pages_en_relecture
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.test_bureau import BUREAU, connecte, fresh, relu
from tests.redaction.test_publication import Circuit, personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def circuit() -> Circuit:
    groupes_des_roles()
    return Circuit()


def vieillir(circuit: Circuit, jours: int) -> None:
    TaskState.objects.filter(pk=circuit.etat.current_task_state_id).update(
        started_at=timezone.now() - datetime.timedelta(days=jours)
    )


# --- What waits for whom ---


def peut_approuver(page: Page, user: Utilisateur) -> bool:
    task = Page.objects.get(pk=page.pk).current_workflow_task
    return task is not None and "approve" in {name for name, _label, _form in task.get_actions(page, relu(user))}


def test_what_waits_for_a_person_is_what_they_may_approve() -> None:
    groupes_des_roles()
    people = [
        *(personne(role) for role in roles.ROLES),
        personne(roles.REGARD_USAGER, roles.REGARD_PROFESSIONNEL),
        personne(roles.REDACTION, roles.REGARD_USAGER),
        personne(roles.MODERATION, roles.REGARD_PROFESSIONNEL),
        personne(roles.REGARD_USAGER, is_active=False),
        personne(is_superuser=True),
    ]
    circuits = [Circuit(f"Secret {number}") for number in range(8)]
    both, writer = people[len(roles.ROLES)], people[len(roles.ROLES) + 1]
    circuits[1].agir(circuits[1].usager)
    circuits[2].agir(circuits[2].pro)
    circuits[3].agir(both)
    circuits[4].agir(circuits[4].usager)
    circuits[4].agir(circuits[4].pro)
    circuits[5].ecrire(writer)
    circuits[5].ecrire(circuits[5].auteur)
    circuits[6].ecrire(writer)
    circuits[6].page.latest_revision.publish(skip_permission_checks=True)
    circuits[6].page.refresh_from_db()
    circuits[6].ecrire(circuits[6].auteur)
    circuits[6].page.get_workflow().start(circuits[6].page, circuits[6].auteur)
    Page.objects.filter(pk=circuits[7].page.pk).update(locked=True, locked_by=circuits[7].usager)
    people += [circuits[7].usager, circuits[1].usager, circuits[0].auteur]
    for user in people:
        waiting = {int(state.workflow_state.object_id) for state in bureau.attend_de(relu(user))}
        page_pks = {circuit.page.pk for circuit in circuits if peut_approuver(fresh(circuit), user)}
        assert waiting == page_pks, user.groups.all()
    assert {circuits[5].page.pk, circuits[6].page.pk} & {
        int(state.workflow_state.object_id) for state in bureau.attend_de(relu(writer))
    } == {circuits[6].page.pk}


def test_the_buttons_of_the_list_are_those_of_the_step(circuit: Circuit) -> None:
    both = personne(roles.REGARD_USAGER, roles.REGARD_PROFESSIONNEL)
    for user in (circuit.usager, circuit.pro, both):
        (row,) = lignes_d_etats(list(bureau.attend_de(user)), user)
        assert list(row.actions) == circuit.etat.current_task_state.task.specific.get_actions(fresh(circuit), user)
    circuit.agir(circuit.usager)
    (row,) = lignes_d_etats(list(bureau.attend_de(relu(both))), relu(both))
    assert [label for _name, label, _form in row.actions][-1] == "Approuver (regard professionnel)"
    circuit.agir(circuit.pro)
    (row,) = lignes_d_etats(list(bureau.attend_de(relu(circuit.moderation))), relu(circuit.moderation))
    assert [label for _name, label, _form in row.actions] == ["Demander des modifications", "Valider et publier"]


def test_steps_of_wagtail_itself_are_there_too(circuit: Circuit) -> None:
    task = GroupApprovalTask.objects.create(name="Autre étape")
    task.groups.set(circuit.usager.groups.all())
    workflow = Workflow.objects.create(name="Autre")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page = InformationPageFactory(brouillon=True, title="Ailleurs")
    page.save_revision(user=circuit.auteur)
    workflow.start(page, circuit.auteur)
    client = connecte(circuit.usager)
    html = client.get(BUREAU).content.decode()
    assert "Ailleurs" in html
    assert html.count(">Ailleurs<") == 1
    state = WorkflowState.objects.get(workflow=workflow).current_task_state
    client.post(BUREAU, {"etat": state.pk, "revision": state.revision_id, "action": "reject", "comment": "Non"})
    state.refresh_from_db()
    assert (state.status, state.comment) == (TaskState.STATUS_REJECTED, "Non")


# --- What was sent ---


def test_whoever_sent_a_page_sees_where_it_is(circuit: Circuit) -> None:
    def envoi() -> Any:
        user = relu(circuit.auteur)
        (row,) = lignes_d_envois(list(bureau.envoyees_par(user)), user)
        return row

    assert (envoi().situation, envoi().auteurs) == ("Relecture en binôme", ("Alix Exemple",))
    circuit.agir(circuit.usager)
    assert [str(approbation) for approbation in envoi().approbations] == ["Samir Exemple (regard usager)"]
    circuit.agir(circuit.pro, "reject", comment="Trop long.")
    row = envoi()
    assert (row.situation, row.commentaire, row.commentaire_de) == (
        "Modifications demandées",
        "Trop long.",
        "Dominique Exemple",
    )
    circuit.ecrire(circuit.auteur)
    circuit.etat.resume(circuit.auteur)
    for user in (circuit.usager, circuit.pro, circuit.moderation):
        circuit.agir(user)
    assert envoi().situation == "Publiée"
    long_ago = timezone.now() - datetime.timedelta(days=31)
    TaskState.objects.filter(pk=circuit.etat.current_task_state_id).update(finished_at=long_ago)
    assert not bureau.envoyees_par(circuit.auteur).exists()


def test_drafts_are_what_nobody_was_asked_to_review(circuit: Circuit) -> None:
    assert not bureau.brouillons_de(circuit.auteur).exists()
    circuit.etat.cancel(user=circuit.auteur)
    assert [page.pk for page in bureau.brouillons_de(circuit.auteur)] == [circuit.page.pk]
    assert not bureau.envoyees_par(circuit.auteur).exists()
    assert not bureau.brouillons_de(circuit.usager).exists()


# --- Late ---


def test_a_page_is_late_after_the_delay_of_its_step(circuit: Circuit) -> None:
    followers = [circuit.moderation, personne(roles.REDACTION)]

    def late() -> list[bool]:
        return [bureau.en_retard(relu(user)).exists() for user in followers]

    vieillir(circuit, 6)
    assert late() == [False, False]
    vieillir(circuit, 7)
    assert late() == [True, True]
    RelectureEnBinome.objects.update(delai=10)
    assert late() == [False, False]
    circuit.agir(circuit.usager)
    circuit.agir(circuit.pro)
    vieillir(circuit, 3)
    assert late() == [True, True]
    Validation.objects.update(delai=4)
    assert late() == [False, False]
    assert not bureau.en_retard(circuit.auteur).exists()


def test_superusers_change_the_delays(circuit: Circuit, admin_client: StrictClient) -> None:
    task = RelectureEnBinome.objects.get()
    url = reverse("wagtailadmin_workflows:edit_task", args=[task.pk])
    assert "délai, en jours" in admin_client.get(url).content.decode().lower()
    admin_client.post(url, {"name": task.name, "delai": "12"})
    groupes_des_roles()
    assert RelectureEnBinome.objects.get().delai == 12


# --- Filters ---


def test_filters_keep_what_they_say(circuit: Circuit) -> None:
    etape = RelectureEnBinome.objects.get()
    kind = circuit.page.content_type_id
    vieillir(circuit, 5)
    states = bureau.etats_en_cours()
    for filtres, kept in (
        (Filtres(q="ecre"), True),
        (Filtres(q="autre"), False),
        (Filtres(genre=kind), True),
        (Filtres(genre=Page.objects.get(depth=2).content_type_id), False),
        (Filtres(langue="fr"), True),
        (Filtres(langue="en"), False),
        (Filtres(etape=etape.pk), True),
        (Filtres(etape=Validation.objects.get().pk), False),
        (Filtres(age=5), True),
        (Filtres(age=6), False),
    ):
        assert filtres.etats(states).exists() == kept, filtres
        assert bureau.envoyees_par(circuit.auteur, filtres).exists() == kept, filtres


# --- Cost ---


@pytest.mark.parametrize("section", ["attend", "envois", "brouillons", "en-cours", "en-retard"])
def test_the_cost_does_not_grow_with_what_waits(section: str) -> None:
    groupes_des_roles()
    user = personne(roles.REGARD_PROFESSIONNEL, roles.MODERATION, roles.REDACTION)
    client, other, relecteur = connecte(user), personne(roles.CONTRIBUTION), personne(roles.REGARD_USAGER)

    def make(number: int) -> None:
        # Nobody reviews what they wrote: what waits for the person is of another.
        pages_en_relecture(number, other if section == "attend" else user, relecteur)
        long_ago = timezone.now() - datetime.timedelta(days=30)
        TaskState.objects.update(started_at=long_ago)
        if section == "brouillons":
            WorkflowState.objects.update(status=WorkflowState.STATUS_CANCELLED)

    assert_same_cost(make, lambda: client.get(f"{BUREAU}{section}/"), few=10, many=1000, limit=50)
    html = client.get(f"{BUREAU}{section}/").content.decode()
    assert html.count('class="bureau-ligne"') == 20
    assert "1000" in html
