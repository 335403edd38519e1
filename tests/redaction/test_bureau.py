"""The desk: who opens it, decisions taken from the list, links that open."""

import datetime
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from redaction import roles
from redaction.bureau import Section, register, sections_de
from redaction.models import Approbation, RelectureEnBinome, Validation
from redaction.operations.bureau import DecisionImpossible, decider
from socle.models import Utilisateur
from tests.factories import FichePageFactory, accueil, groupes_des_roles, index_fiches
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import ANONYME, refused, signed_in
from tests.redaction.test_publication import Circuit, personne

pytestmark = pytest.mark.django_db
BUREAU = "/admin/moderation/"


@pytest.fixture
def circuit() -> Circuit:
    groupes_des_roles()
    return Circuit()


def connecte(user: Utilisateur) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def relu(user: Utilisateur) -> Utilisateur:
    """Return the account as the next request reads it."""
    return Utilisateur.objects.get(pk=user.pk)


def fresh(circuit: Circuit) -> Page:
    return Page.objects.get(pk=circuit.page.pk)


def decision(circuit: Circuit, action: str = "approve", **data: Any) -> dict[str, Any]:
    state = circuit.etat.current_task_state
    return {"etat": state.pk, "revision": state.revision_id, "action": action, **data}


# --- Who opens what ---

RELISENT = (roles.REGARD_USAGER, roles.REGARD_PROFESSIONNEL, *roles.RELECTURES_TRADUCTION)
ECRIVENT = (roles.CONTRIBUTION, roles.REDACTION, roles.MODERATION, *roles.TRADUCTIONS, roles.REDACTION_FALC)


def sections_attendues(role: roles.Role) -> list[str]:
    found = ["attend"] if role in (*RELISENT, roles.RELECTURE_FALC, roles.MODERATION) else []
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


def test_an_approved_page_that_waits_for_its_date_is_not_said_to_be_public(circuit: Circuit) -> None:
    circuit.page.go_live_at = timezone.now() + datetime.timedelta(days=3)
    circuit.ecrire(circuit.auteur)
    circuit.etat.current_task_state.refresh_from_db()
    for user in (circuit.usager, circuit.pro):
        circuit.agir(user)
    client = connecte(circuit.moderation)
    html = client.post(f"{BUREAU}attend/", decision(circuit), follow=True).content.decode()
    assert "sera publique à la date choisie" in html
    assert "est publiée" not in html
    assert not circuit.publique
    sent = connecte(circuit.auteur).get(f"{BUREAU}envois/").content.decode()
    assert "Approuvée, programmée" in sent
    assert "Publiée" not in sent


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
