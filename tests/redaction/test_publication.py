"""The workflow "Publication": both sides approve the same revision, then the moderation makes it public."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Page, TaskState, Workflow, WorkflowState
from wagtail.test.utils.form_data import querydict_from_html

from fiches.models import FichePage
from redaction import roles
from redaction.models import Approbation, RelectureEnBinome, Validation
from socle.models import Utilisateur
from tests.factories import FichePageFactory, UtilisateurFactory, groupes_des_roles
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import Gestes, signed_in

pytestmark = pytest.mark.django_db


def personne(*groupes: roles.Role, **extra: Any) -> Utilisateur:
    return UtilisateurFactory(groupes=[role.nom for role in groupes], **extra)


class Circuit:
    """A page in review, and the people around it."""

    def __init__(self, titre: str = "Secret") -> None:
        self.textes = 0
        self.auteur = personne(roles.CONTRIBUTION, first_name="Alix")
        self.usager = personne(roles.REGARD_USAGER, first_name="Samir")
        self.pro = personne(roles.REGARD_PROFESSIONNEL, first_name="Dominique")
        self.moderation = personne(roles.MODERATION, first_name="Claude")
        self.page = FichePageFactory(brouillon=True, owner=self.auteur, title=titre)
        self.ecrire(self.auteur)
        self.page.get_workflow().start(self.page, self.auteur)

    def ecrire(self, user: Utilisateur) -> None:
        self.textes += 1
        self.page.resume = f"Texte {self.textes}"
        self.page.save_revision(user=user)
        self.page = type(self.page).objects.get(pk=self.page.pk)

    @property
    def etat(self) -> WorkflowState:
        return WorkflowState.objects.filter(object_id=str(self.page.pk)).latest("pk")

    @property
    def etape(self) -> type:
        return type(self.etat.current_task_state.task.specific)

    @property
    def publique(self) -> bool:
        return Page.objects.get(pk=self.page.pk).live and StrictClient().get(self.page.url).status_code == 200

    def agir(self, user: Utilisateur, action: str = "approve", **data: str) -> int:
        """Post to the address of the admin."""
        client = StrictClient()
        client.force_login(user)
        state = self.etat.current_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[self.page.pk, action, state.pk])
        before = self.trace()
        response = client.post(url, data)
        assert response.status_code == 302
        return self.trace() != before

    def trace(self) -> tuple[Any, ...]:
        etat = self.etat
        return (etat.status, etat.current_task_state_id, Approbation.objects.count(), etat.current_task_state.status)


def test_two_sides_then_the_moderation(circuit: Circuit) -> None:
    assert not circuit.publique
    assert circuit.agir(circuit.usager)
    assert circuit.etape is RelectureEnBinome
    assert not circuit.publique
    assert circuit.agir(circuit.pro)
    assert circuit.etape is Validation
    assert not circuit.publique
    assert circuit.agir(circuit.moderation)
    assert circuit.etat.status == WorkflowState.STATUS_APPROVED
    assert circuit.publique
    found = Approbation.objects.values_list("nom", "cote", "revision")
    revision = circuit.page.latest_revision_id
    assert list(found) == [
        ("Samir Exemple", "usager", revision),
        ("Dominique Exemple", "professionnel", revision),
    ]


def test_one_side_is_not_two(circuit: Circuit) -> None:
    assert circuit.agir(circuit.usager)
    assert not circuit.agir(circuit.usager)
    assert not circuit.agir(personne(roles.REGARD_USAGER))
    assert circuit.etape is RelectureEnBinome


@pytest.mark.parametrize("role", [role for role in roles.ROLES if "Regard" not in role.nom], ids=lambda role: role.nom)
def test_no_other_role_approves_the_first_step(circuit: Circuit, role: roles.Role) -> None:
    assert not circuit.agir(personne(role))
    assert not circuit.agir(personne(role), "reject", comment="Non")


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role is not roles.MODERATION], ids=lambda r: r.nom)
def test_no_other_role_validates(circuit: Circuit, role: roles.Role) -> None:
    circuit.agir(circuit.usager)
    circuit.agir(circuit.pro)
    assert not circuit.agir(personne(role))
    assert not circuit.publique


def test_whoever_wrote_a_revision_does_not_approve_a_later_one(circuit: Circuit) -> None:
    writer = personne(roles.REDACTION, roles.REGARD_USAGER)
    circuit.ecrire(writer)
    circuit.ecrire(circuit.auteur)
    assert not circuit.agir(writer)
    assert not circuit.agir(writer, "reject", comment="Non")


def test_whoever_wrote_before_the_last_publication_may(circuit: Circuit) -> None:
    writer = personne(roles.REDACTION, roles.REGARD_USAGER)
    circuit.ecrire(writer)
    circuit.page.latest_revision.publish(skip_permission_checks=True)
    circuit.page.refresh_from_db()
    circuit.ecrire(circuit.auteur)
    circuit.page.get_workflow().start(circuit.page, circuit.auteur)
    assert circuit.agir(writer)


def test_someone_of_both_sides_approves_for_one_only(circuit: Circuit) -> None:
    both = personne(roles.REGARD_USAGER, roles.REGARD_PROFESSIONNEL)
    assert circuit.agir(both)
    assert not circuit.agir(both)
    assert circuit.etape is RelectureEnBinome
    assert circuit.agir(circuit.pro)
    assert circuit.etape is Validation


def test_someone_of_both_sides_takes_the_one_that_is_missing(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    assert circuit.agir(personne(roles.REGARD_USAGER, roles.REGARD_PROFESSIONNEL))
    assert circuit.etape is Validation


def test_changes_are_asked_for_with_a_reason(circuit: Circuit) -> None:
    assert not circuit.agir(circuit.pro, "reject", comment="")
    assert circuit.agir(circuit.pro, "reject", comment="Le titre n’est pas clair.")
    assert circuit.etat.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert circuit.etat.current_task_state.comment == "Le titre n’est pas clair."


def test_a_new_revision_starts_the_review_again(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.ecrire(circuit.auteur)
    assert circuit.etat.current_task_state.revision_id == circuit.page.latest_revision_id
    assert circuit.agir(circuit.pro)
    assert circuit.etape is RelectureEnBinome
    assert circuit.agir(circuit.usager)
    assert circuit.etape is Validation


def test_the_same_text_kept_again_changes_nothing(circuit: Circuit) -> None:
    """The editor keeps a revision as soon as it is open."""
    circuit.agir(circuit.usager)
    circuit.agir(circuit.pro)
    page = circuit.page.get_latest_revision_as_object()
    kept = page.save_revision(user=circuit.moderation)
    assert circuit.etape is Validation
    assert circuit.etat.current_task_state.revision_id == kept.pk
    assert Approbation.objects.filter(revision=kept).count() == 2
    assert circuit.agir(circuit.moderation)
    assert circuit.publique
    assert FichePage.objects.get(pk=circuit.page.pk).relu_le


def test_a_text_that_is_being_read_is_never_changed_in_its_place(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    read = circuit.page.latest_revision
    page = circuit.page.get_latest_revision_as_object()
    page.resume = "Ce que personne n’a lu."
    written = page.save_revision(user=circuit.auteur, overwrite_revision=read)
    assert written.pk != read.pk
    read.refresh_from_db()
    assert read.content["resume"] != page.resume
    assert circuit.etat.current_task_state.revision_id == written.pk
    assert not Approbation.objects.filter(revision=written).exists()


def test_a_draft_that_nobody_reads_is_written_over(circuit: Circuit) -> None:
    page = FichePageFactory(brouillon=True, owner=circuit.auteur)
    draft = page.save_revision(user=circuit.auteur)
    page.resume = "Suite."
    assert page.save_revision(user=circuit.auteur, overwrite_revision=draft).pk == draft.pk


def test_what_saves_itself_decides_nothing(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.agir(circuit.pro)
    client = StrictClient()
    client.force_login(circuit.moderation)
    url = reverse("wagtailadmin_pages:edit", args=[circuit.page.pk])
    form = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form").dict()
    form |= {f"{name}-count": "0" for name in ("etapes", "corps", "exemples", "documents")}
    button = {"action-workflow-action": "true", "workflow-action-name": "reject"}
    button["workflow-action-extra-data"] = json.dumps({"comment": "Non."})
    saved = client.post(url, form | button, headers={"Accept": "application/json"})
    assert saved.json()["success"]
    assert circuit.etat.status == WorkflowState.STATUS_IN_PROGRESS
    assert not TaskState.objects.filter(status=TaskState.STATUS_REJECTED).exists()


def test_a_change_during_validation_goes_back_to_both(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.agir(circuit.pro)
    circuit.ecrire(circuit.moderation)
    assert circuit.etape is RelectureEnBinome
    assert not circuit.agir(circuit.moderation)
    assert not circuit.publique


def test_what_the_moderation_sent_back_is_read_again_by_both(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.agir(circuit.pro)
    assert circuit.agir(circuit.moderation, "reject", comment="À préciser.")
    circuit.ecrire(circuit.auteur)
    circuit.etat.resume(circuit.auteur)
    assert circuit.etape is RelectureEnBinome
    assert circuit.etat.current_task_state.revision_id == circuit.page.latest_revision_id


def test_a_reviewer_reads_without_writing(circuit: Circuit) -> None:
    client = StrictClient()
    client.force_login(circuit.usager)
    url = reverse("wagtailadmin_pages:edit", args=[circuit.page.pk])
    answer = client.get(url)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Approuver (regard usager)" in html
    assert "Demander des modifications" in html
    assert "Enregistrer le brouillon" not in html
    before = circuit.page.latest_revision_id
    data = {"title": "Autre", "slug": circuit.page.slug, "corps-count": "0", "etapes-count": "0"}
    data |= {"exemples-count": "0", "documents-count": "0"}
    client.post(url, data)
    decision = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert client.post(url, {**data, **decision}).headers["Location"] == reverse("wagtailadmin_home")
    assert Page.objects.get(pk=circuit.page.pk).latest_revision_id == before
    assert Approbation.objects.get().nom == "Samir Exemple"


def test_a_request_for_changes_from_the_editor_needs_its_reason(circuit: Circuit) -> None:
    client = StrictClient()
    client.force_login(circuit.usager)
    url = reverse("wagtailadmin_pages:edit", args=[circuit.page.pk])
    decision = {"action-workflow-action": "true", "workflow-action-name": "reject"}
    for reason, status in (
        ("", WorkflowState.STATUS_IN_PROGRESS),
        ("Trop long.", WorkflowState.STATUS_NEEDS_CHANGES),
    ):
        client.post(url, {**decision, "workflow-action-extra-data": json.dumps({"comment": reason})})
        assert circuit.etat.status == status


def test_nothing_is_decided_while_somebody_holds_the_page(circuit: Circuit) -> None:
    Page.objects.filter(pk=circuit.page.pk).update(locked=True, locked_by=circuit.auteur)
    assert not circuit.agir(circuit.usager)
    Page.objects.filter(pk=circuit.page.pk).update(locked=False, locked_by=None)
    assert circuit.agir(circuit.usager)


def test_submitting_lets_go_of_the_page(circuit: Circuit) -> None:
    circuit.etat.cancel(user=circuit.auteur)
    Page.objects.filter(pk=circuit.page.pk).update(locked=True, locked_by=circuit.auteur)
    circuit.page.get_workflow().start(circuit.page, circuit.auteur)
    assert not Page.objects.get(pk=circuit.page.pk).locked


def test_an_approval_outlives_the_role_and_the_account(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.usager.delete()
    assert Approbation.objects.values_list("nom", "user").get() == ("Samir Exemple", None)
    circuit.pro.groups.clear()
    assert not circuit.agir(circuit.pro)
    assert circuit.agir(personne(roles.REGARD_PROFESSIONNEL))
    assert circuit.etape is Validation


def test_a_stale_step_is_refused(circuit: Circuit) -> None:
    state = circuit.etat.current_task_state.specific
    circuit.ecrire(circuit.auteur)
    with pytest.raises(PermissionDenied):
        RelectureEnBinome.objects.get().on_action(state, circuit.usager, "approve")


def test_the_database_keeps_one_approval_for_a_side_and_for_a_person(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    given = Approbation.objects.get()
    for user, side in ((circuit.pro, "usager"), (circuit.usager, "professionnel"), (circuit.pro, "autre")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approbation.objects.create(
                task_state=given.task_state, revision=given.revision, user=user, nom="X", cote=side
            )


def test_reviews_are_found_by_those_who_may_decide(circuit: Circuit) -> None:
    def waiting(user: Utilisateur) -> int:
        return TaskState.objects.reviewable_by(Utilisateur.objects.get(pk=user.pk)).count()

    assert [waiting(user) for user in (circuit.usager, circuit.pro, circuit.moderation, circuit.auteur)] == [1, 1, 0, 0]
    circuit.agir(circuit.usager)
    assert [waiting(user) for user in (circuit.usager, circuit.pro)] == [0, 1]


def test_a_contributor_submits_from_the_editor(admin_client: StrictClient) -> None:
    client, user = signed_in(roles.CONTRIBUTION)
    page = FichePageFactory(brouillon=True, owner=user)
    Gestes(client, admin_client).ecrire(page, **{"action-submit": "1"})
    state = WorkflowState.objects.get()
    assert state.requested_by == user
    assert type(state.current_task_state.task.specific) is RelectureEnBinome
    assert not Page.objects.get(pk=page.pk).live


def test_the_workflow_is_made_once_and_stands_on_the_french_tree(circuit: Circuit) -> None:
    groupes_des_roles()
    workflow = Workflow.objects.get(name="Publication")
    assert [type(task.specific) for task in workflow.tasks] == [RelectureEnBinome, Validation]
    assert circuit.page.get_workflow() == workflow
    assert [page.page.locale.language_code for page in workflow.workflow_pages.all()] == ["fr"]
