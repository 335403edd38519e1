"""The history of a page: who wrote, who reviewed, in which role; comments, dates and comparisons for every kind."""

import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Comment, Page, PageLogEntry, TaskState

from fiches.models import FichePage, FichesIndexPage
from home.models import ContactPage, HomePage, InformationPage
from redaction import roles
from redaction.queries.relecture import auteurs
from redaction.roles import Role
from socle.models import Utilisateur
from tests.factories import FichePageFactory, accueil, groupes_des_roles, index_fiches
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.test_lecteurs import CircuitDe
from tests.redaction.test_matrice import FACTORIES, Gestes
from tests.redaction.test_publication import Circuit, personne

pytestmark = pytest.mark.django_db

KINDS = pytest.mark.parametrize(
    "kind", [HomePage, InformationPage, ContactPage, FichesIndexPage, FichePage], ids=lambda kind: kind.__name__
)


def client_de(user: Utilisateur) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def circuit_de(kind: type[Page]) -> CircuitDe:
    accueil()
    index_fiches()
    groupes_des_roles()
    return CircuitDe(FACTORIES[kind](brouillon=True) if kind in FACTORIES else kind.objects.get())


def historique(page: Page, user: Utilisateur) -> list[tuple[str, str, str]]:
    """Return what the history screen shows: message, person, roles; the oldest first."""
    answer = client_de(user).get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert answer.status_code == 200
    html = answer.content.decode()
    rows = []
    for entry in reversed(list(answer.context["page_obj"])):
        assert escape(str(entry.message)) in html
        rows.append((str(entry.message), str(entry.user), ", ".join(entry.data.get("roles", ()))))
    return rows


def test_who_wrote_and_who_reviewed_in_which_role(circuit: Circuit) -> None:
    client = client_de(circuit.auteur)
    Gestes(client, client).ecrire(circuit.page)
    for user in (circuit.usager, circuit.pro, circuit.moderation):
        circuit.agir(user)
    rows = historique(circuit.page, circuit.moderation)
    assert ("Approuvée par Samir Exemple (regard usager)", "Samir Exemple", "Regard usager") in rows
    assert (
        "Approuvée par Dominique Exemple (regard professionnel)",
        "Dominique Exemple",
        "Regard professionnel",
    ) in rows
    written = [row for row in rows if row[1] == "Alix Exemple"]
    assert written
    assert {row[2] for row in written} == {"Contribution"}
    published = [row for row in rows if row[1] == "Claude Exemple"]
    assert {row[2] for row in published} == {"Modération"}


def test_the_roles_are_those_of_that_time(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.usager.groups.clear()
    rows = historique(circuit.page, circuit.moderation)
    assert ("Approuvée par Samir Exemple (regard usager)", "Samir Exemple", "Regard usager") in rows
    circuit.usager.delete()
    html = client_de(circuit.moderation).get(reverse("wagtailadmin_pages:history", args=[circuit.page.pk]))
    assert "Approuvée par Samir Exemple" in html.content.decode()


def test_the_progress_of_the_workflow_names_both_sides(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.agir(circuit.pro)
    url = reverse("wagtailadmin_pages:workflow_history_detail", args=[circuit.page.pk, circuit.etat.pk])
    html = client_de(circuit.moderation).get(url).content.decode()
    assert "Approuvée par Samir Exemple (regard usager) et Dominique Exemple (regard professionnel)." in html


def test_anonymous_people_and_other_roles_see_no_history(circuit: Circuit) -> None:
    url = reverse("wagtailadmin_pages:history", args=[circuit.page.pk])
    results = reverse("wagtailadmin_pages:history_results", args=[circuit.page.pk])
    for address in (url, results):
        assert StrictClient().get(address).status_code == 302
        assert client_de(personne(roles.OUTILTHEQUE)).get(address).status_code == 302
        assert client_de(circuit.auteur).get(address).status_code == 200


def test_the_history_costs_the_same_for_one_entry_and_ten(circuit: Circuit) -> None:
    client = client_de(circuit.moderation)
    url = reverse("wagtailadmin_pages:history", args=[circuit.page.pk])

    def make(count: int) -> None:
        for _rank in range(count):
            circuit.page.save_revision(user=circuit.auteur, log_action=True)

    assert_same_cost(make, lambda: client.get(url), limit=60)


# --- Every kind of page, for each person of the review ---


@KINDS
def test_reviewers_compare_and_read(kind: type[Page]) -> None:
    circuit = circuit_de(kind)
    before = circuit.page.latest_revision_id
    circuit.page.title = "Un autre titre"
    circuit.ecrire(circuit.auteur)
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[circuit.page.pk, before, "latest"])
    history = reverse("wagtailadmin_pages:history", args=[circuit.page.pk])
    progress = reverse("wagtailadmin_pages:workflow_history", args=[circuit.page.pk])
    version = reverse("wagtailadmin_pages:revisions_view", args=[circuit.page.pk, before])
    for url in (compare, version):
        for client in (StrictClient(), client_de(personne(roles.ANIMATION)), client_de(personne(roles.OUTILTHEQUE))):
            assert client.get(url).status_code == 302
    for user in (circuit.usager, circuit.pro, circuit.moderation, personne(roles.REDACTION)):
        client = client_de(user)
        assert client.get(version).status_code == 200
        assert "Un autre titre" in client.get(compare).content.decode()
        assert client.get(history).status_code == 200
        assert client.get(progress).status_code == 200


def test_reviewers_read_versions_during_the_review_only(circuit: Circuit) -> None:
    version = reverse("wagtailadmin_pages:revisions_view", args=[circuit.page.pk, circuit.page.latest_revision_id])
    client = client_de(circuit.usager)
    assert client.get(version).status_code == 200
    circuit.etat.cancel(user=circuit.auteur)
    assert client.get(version).status_code == 302


@KINDS
def test_comments_are_kept_and_reach_those_who_write(kind: type[Page]) -> None:
    circuit = circuit_de(kind)
    client = client_de(personne(roles.REDACTION, first_name="Nour"))
    url = reverse("wagtailadmin_pages:edit", args=[circuit.page.pk])
    gestes = Gestes(client, client)
    data = gestes.form(circuit.page)
    data |= {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-text": "Est-ce bien le bon numéro ?",
        "comments-0-contentpath": "title",
        "comments-0-resolved": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    assert client.post(url, data).status_code == 302
    comment = Comment.objects.get()
    assert (comment.text, comment.user.first_name) == ("Est-ce bien le bon numéro ?", "Nour")
    assert "Est-ce bien le bon" in client_de(circuit.moderation).get(url).content.decode()


@KINDS
def test_a_publication_planned_then_ended(kind: type[Page]) -> None:
    """The dates chosen in the editor hold after the approvals: not a moment before, not a moment after."""
    circuit = circuit_de(kind)
    Page.objects.filter(pk=circuit.page.pk).update(live=False, live_revision=None)
    client = client_de(personne(roles.REDACTION))
    start = timezone.localtime(timezone.now() + datetime.timedelta(days=1)).replace(second=0, microsecond=0)
    end = start + datetime.timedelta(days=1)
    gestes = Gestes(client, client)
    gestes.ecrire(circuit.page, go_live_at=f"{start:%Y-%m-%d %H:%M}", expire_at=f"{end:%Y-%m-%d %H:%M}")
    circuit.page = kind.objects.get(pk=circuit.page.pk)
    for user in (circuit.usager, circuit.pro, circuit.moderation):
        assert circuit.agir(user)
    assert PageLogEntry.objects.filter(action="wagtail.publish.schedule").exists()

    def live_at(moment: datetime.datetime) -> bool:
        with moved_clock(moment):
            call_command("run_due", verbosity=0)
        return Page.objects.get(pk=circuit.page.pk).live

    minute = datetime.timedelta(minutes=1)
    assert [live_at(moment) for moment in (start - minute, start + minute, end - minute, end + minute)] == [
        False,
        True,
        True,
        False,
    ]


def moved_clock(moment: datetime.datetime) -> Any:
    return patch("django.utils.timezone.now", return_value=moment)


# --- What waits for a person ---


def a_relire(user: Utilisateur) -> int:
    return TaskState.objects.reviewable_by(Utilisateur.objects.get(pk=user.pk)).count()


def test_no_author_finds_the_page_in_the_list(circuit: Circuit) -> None:
    writer = personne(roles.REDACTION, roles.REGARD_USAGER)
    assert a_relire(writer) == 1
    circuit.ecrire(writer)
    circuit.ecrire(circuit.auteur)
    assert a_relire(writer) == 0
    assert writer.pk in auteurs(circuit.page)
    # What was written before the last publication no longer counts.
    circuit.page.get_latest_revision().publish()
    circuit.page.refresh_from_db()
    circuit.ecrire(circuit.auteur)
    circuit.page.get_workflow().start(circuit.page, circuit.auteur)
    assert a_relire(writer) == 1


def test_the_list_costs_the_same_for_one_page_and_ten(circuit: Circuit) -> None:
    def make(count: int) -> None:
        for page in FichePageFactory.create_batch(count, brouillon=True, owner=circuit.auteur):
            page.save_revision(user=circuit.auteur)
            page.get_workflow().start(page, circuit.auteur)

    assert_same_cost(make, lambda: list(TaskState.objects.reviewable_by(Utilisateur.objects.get(pk=circuit.usager.pk))))


@pytest.mark.parametrize("role", [roles.REGARD_USAGER, roles.REGARD_PROFESSIONNEL], ids=lambda role: role.nom)
def test_reviewers_open_the_list_of_their_home(role: Role, circuit: Circuit) -> None:
    html = client_de(personne(role)).get(reverse("wagtailadmin_home")).content.decode()
    assert "Secret" in html
