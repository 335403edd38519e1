"""The desk: its rows are those that a person may act on, no more and no less; decisions are taken from the list."""

import datetime
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowState, WorkflowTask

from redaction import roles
from redaction.bureau import Section, register, sections_de
from redaction.models import Approbation, RelectureEnBinome, Validation
from redaction.operations.bureau import DecisionImpossible, decider
from redaction.operations.roles import synchroniser_roles
from redaction.queries import bureau
from redaction.queries.bureau import Filtres
from redaction.queries.lignes import lignes_d_envois, lignes_d_etats
from socle.models import Utilisateur
from tests.factories import FichePageFactory, InformationPageFactory, accueil, index_fiches
from tests.factories.relectures import pages_en_relecture
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.test_matrice import ANONYME, refused, signed_in
from tests.redaction.test_publication import Circuit, personne

pytestmark = pytest.mark.django_db
BUREAU = "/admin/moderation/"


@pytest.fixture
def circuit() -> Circuit:
    synchroniser_roles()
    return Circuit()


def connecte(user: Utilisateur) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def relu(user: Utilisateur) -> Utilisateur:
    """Return the account as the next request reads it."""
    return Utilisateur.objects.get(pk=user.pk)


def vieillir(circuit: Circuit, jours: int) -> None:
    TaskState.objects.filter(pk=circuit.etat.current_task_state_id).update(
        started_at=timezone.now() - datetime.timedelta(days=jours)
    )


def decision(circuit: Circuit, action: str = "approve", **data: Any) -> dict[str, Any]:
    state = circuit.etat.current_task_state
    return {"etat": state.pk, "revision": state.revision_id, "action": action, **data}


# --- What waits for whom ---


def peut_approuver(page: Page, user: Utilisateur) -> bool:
    task = Page.objects.get(pk=page.pk).current_workflow_task
    return task is not None and "approve" in {name for name, _label, _form in task.get_actions(page, relu(user))}


def test_what_waits_for_a_person_is_what_they_may_approve() -> None:
    synchroniser_roles()
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


def fresh(circuit: Circuit) -> Page:
    return Page.objects.get(pk=circuit.page.pk)


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
    synchroniser_roles()
    assert RelectureEnBinome.objects.get().delai == 12


# --- Who opens what ---

RELISENT = (roles.REGARD_USAGER, roles.REGARD_PROFESSIONNEL)
ECRIVENT = (roles.CONTRIBUTION, roles.REDACTION, roles.MODERATION, *roles.TRADUCTIONS, roles.REDACTION_FALC)


def sections_attendues(role: roles.Role) -> list[str]:
    found = ["attend"] if role in (*RELISENT, roles.MODERATION) else []
    found += ["envois", "brouillons"] if role in ECRIVENT else []
    return found + (["en-cours", "en-retard"] if role in ECRIVENT and role is not roles.CONTRIBUTION else [])


def test_each_role_opens_its_own_sections() -> None:
    index_fiches()
    for language, _name in settings.LANGUAGES:
        accueil(language)
    for role in (*roles.ROLES, ANONYME):
        client, user = signed_in(role)
        expected = sections_attendues(role)
        for key in ("attend", "envois", "brouillons", "en-cours", "en-retard"):
            response = client.get(f"{BUREAU}{key}/")
            assert refused(response) == (key not in expected), (role.nom, key)
            assert response.status_code == (200 if key in expected else 302)
        assert refused(client.get(BUREAU)) == (not expected), role.nom
        assert refused(client.get(f"{BUREAU}inconnue/"))
        if user is not None:
            assert [section.cle for section in sections_de(relu(user)) if section.ordre <= 50] == expected


@pytest.mark.parametrize("action", ["approve", "reject"])
@pytest.mark.parametrize("etape", [RelectureEnBinome, Validation])
def test_only_the_roles_of_a_step_decide(circuit: Circuit, action: str, etape: type) -> None:
    allowed = RELISENT if etape is RelectureEnBinome else (roles.MODERATION,)
    if etape is Validation:
        circuit.agir(circuit.usager)
        circuit.agir(circuit.pro)
    before = circuit.trace()
    for role in (ANONYME, *(role for role in roles.ROLES if role not in allowed)):
        client, _user = signed_in(role)
        for section in ("", "attend/", "envois/", "en-cours/"):
            response = client.post(f"{BUREAU}{section}", decision(circuit, action, comment="Une raison"))
            assert refused(response), (role.nom, section)
        assert circuit.trace() == before, role.nom
    client, _user = signed_in(allowed[0])
    assert client.post(BUREAU, decision(circuit, action, comment="Une raison")).status_code == 302
    assert circuit.trace() != before


# --- Decisions ---


def test_the_whole_review_from_the_list(circuit: Circuit) -> None:
    for user, button in (
        (circuit.usager, "Approuver (regard usager)"),
        (circuit.pro, "Approuver (regard professionnel)"),
        (circuit.moderation, "Valider et publier"),
    ):
        client = connecte(user)
        address = f"{BUREAU}attend/?q=secret&p=1"
        html = client.get(address).content.decode()
        assert "Secret" in html
        assert button in html
        response = client.post(address, decision(circuit))
        assert response.headers["Location"] == address
        html = client.get(address).content.decode()
        assert ("est publiée" if user is circuit.moderation else "Votre avis sur « Secret » est enregistré") in html
        assert ">Secret<" not in html
    assert circuit.publique


def test_changes_are_asked_for_from_the_list(circuit: Circuit) -> None:
    client = connecte(circuit.pro)
    html = client.post(BUREAU, decision(circuit, "reject", comment="  ")).content.decode()
    assert "Dites ce qui est à modifier." in html
    assert "<details" in html
    assert circuit.etat.status == WorkflowState.STATUS_IN_PROGRESS
    client.post(BUREAU, decision(circuit, "reject", comment="Le titre."))
    assert circuit.etat.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert circuit.etat.current_task_state.comment == "Le titre."
    html = connecte(circuit.auteur).get(f"{BUREAU}envois/").content.decode()
    assert "Le titre." in html
    assert "Modifications demandées" in html


def test_a_text_that_changed_is_read_again_and_the_comment_stays(circuit: Circuit) -> None:
    data = decision(circuit, "reject", comment="Mon long commentaire")
    circuit.ecrire(circuit.auteur)
    html = connecte(circuit.pro).post(BUREAU, data).content.decode()
    assert "Le texte de « Secret » a changé" in html
    assert ">Mon long commentaire</textarea>" in html
    assert circuit.etat.status == WorkflowState.STATUS_IN_PROGRESS


def test_what_is_decided_meanwhile_is_told_and_the_comment_is_given_back(circuit: Circuit) -> None:
    data = decision(circuit, "reject", comment="Mon long commentaire")
    circuit.agir(circuit.usager, "reject", comment="Non")
    html = connecte(circuit.pro).post(BUREAU, data).content.decode()
    assert "la décision est déjà prise" in html
    assert "Mon long commentaire" in html
    assert circuit.etat.current_task_state.comment == "Non"


def test_a_page_that_somebody_holds_waits(circuit: Circuit) -> None:
    Page.objects.filter(pk=circuit.page.pk).update(locked=True, locked_by=circuit.auteur)
    client = connecte(circuit.usager)
    assert "Secret" not in client.get(BUREAU).content.decode()
    assert "est verrouillée par Alix Exemple" in client.post(BUREAU, decision(circuit)).content.decode()
    assert not Approbation.objects.exists()


def test_a_side_that_is_taken_is_not_taken_twice(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    other = personne(roles.REGARD_USAGER)
    assert "n’attend pas cette décision de vous" in connecte(other).post(BUREAU, decision(circuit)).content.decode()
    assert Approbation.objects.count() == 1


def test_whoever_lost_the_role_is_refused(circuit: Circuit) -> None:
    client = connecte(circuit.usager)
    client.get(BUREAU)
    circuit.usager.groups.set([Group.objects.get(name=roles.CONTRIBUTION.nom)])
    assert refused(client.post(f"{BUREAU}envois/", decision(circuit)))
    assert not Approbation.objects.exists()


def test_a_page_that_is_gone_is_told(circuit: Circuit) -> None:
    data = decision(circuit)
    Page.objects.get(pk=circuit.page.pk).delete()
    response = connecte(circuit.usager).post(BUREAU, data)
    assert "n’est plus en relecture" in response.content.decode()


@pytest.mark.parametrize(
    "data",
    [{}, {"etat": "x"}, {"etat": "1", "revision": "", "action": "approve"}, {"etat": "9" * 30, "action": "publish"}],
)
def test_senseless_decisions_are_refused_without_a_crash(circuit: Circuit, data: dict[str, str]) -> None:
    before = circuit.trace()
    assert connecte(circuit.usager).post(BUREAU, data).status_code == 200
    assert circuit.trace() == before


def test_the_operation_refuses_whoever_has_no_part_in_the_step(circuit: Circuit) -> None:
    state = circuit.etat.current_task_state
    with pytest.raises(PermissionDenied):
        decider(state, circuit.auteur, "approve", state.revision_id)
    with pytest.raises(DecisionImpossible):
        decider(state, circuit.usager, "publish", state.revision_id)


# --- Filters, pages, links ---


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


@pytest.mark.parametrize(
    "query", ["genre=x", "langue=xx", "etape=-1", "age=abc", "p=zz", "p=99", "genre=9999999999999999999"]
)
def test_bad_filters_are_told_in_the_page(circuit: Circuit, query: str) -> None:
    response = connecte(circuit.usager).get(f"{BUREAU}attend/?{query}")
    assert response.status_code == 200
    if not query.startswith("p="):
        assert "error-message" in response.content.decode()


def liens(html: str) -> set[str]:
    return set(re.findall(r'href="(/admin/(?:pages|moderation)/[^"?#]*)"', html))


@pytest.mark.parametrize("public", [False, True])
def test_every_link_of_the_list_opens(circuit: Circuit, public: bool) -> None:
    if public:
        circuit.etat.cancel(user=circuit.auteur)
        circuit.page.latest_revision.publish(skip_permission_checks=True)
        circuit.page.refresh_from_db()
        circuit.page.title = "Secret changé"
        circuit.ecrire(circuit.auteur)
        circuit.page.get_workflow().start(circuit.page, circuit.auteur)
    pk = circuit.page.pk
    for user, section, number in (
        (circuit.usager, "attend", 2),
        (circuit.auteur, "envois", 3),
        (circuit.moderation, "en-cours", 3),
        (personne(roles.REDACTION), "en-cours", 3),
    ):
        client = connecte(user)
        html = client.get(f"{BUREAU}{section}/").content.decode()
        found = {address for address in liens(html) if f"/{pk}/" in address}
        assert len(found) == number + public, (user, found)
        assert [address for address in found if client.get(address).status_code != 200] == []
        assert ("Nouvelle page" in html) != public


def test_the_comparison_is_for_those_who_may_open_the_page(circuit: Circuit) -> None:
    circuit.page.latest_revision.publish(skip_permission_checks=True)
    address = reverse("bureau_comparer", args=[circuit.page.pk])
    assert connecte(circuit.auteur).get(address).status_code == 200
    assert refused(connecte(personne(roles.REGARD_USAGER)).get(address))
    assert refused(StrictClient().get(address))
    draft = FichePageFactory(brouillon=True, owner=circuit.auteur)
    response = connecte(circuit.auteur).get(reverse("bureau_comparer", args=[draft.pk]), follow=True)
    assert "il n’y a rien à comparer" in response.content.decode()


def test_titles_are_escaped(circuit: Circuit) -> None:
    circuit.page.title = "<script>alert(1)</script>"
    circuit.ecrire(circuit.auteur)
    circuit.agir(circuit.pro, "reject", comment="<img src=x onerror=alert(1)>")
    html = connecte(circuit.auteur).get(f"{BUREAU}envois/").content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html


# --- Sections of others ---


def test_another_module_adds_its_section(monkeypatch: pytest.MonkeyPatch, circuit: Circuit) -> None:
    monkeypatch.setattr("redaction.bureau._sections", {})
    mine = Section(
        cle="essai",
        titre="Essai",
        icone="mail",
        ordre=60,
        visible=lambda user: user.is_superuser,
        lignes=lambda _user, _filtres: [fresh(circuit)],
        vide="Rien",
        decrire=lambda _pages, _user: [],
        filtres=frozenset(),
    )
    register(mine)
    with pytest.raises(ValueError, match="essai"):
        register(mine)
    chef = connecte(personne(is_superuser=True))
    html = chef.get(BUREAU).content.decode()
    assert "Essai" in html
    assert '<form class="bureau-filtres"' not in html
    assert refused(connecte(circuit.moderation).get(BUREAU))


# --- Cost ---


@pytest.mark.parametrize("section", ["attend", "envois", "brouillons", "en-cours", "en-retard"])
def test_the_cost_does_not_grow_with_what_waits(section: str) -> None:
    synchroniser_roles()
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
