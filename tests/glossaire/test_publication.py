"""However a term becomes public, a name that is taken is refused with words, and nothing is half done."""

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState
from wagtail.test.utils.form_data import querydict_from_html

from glossaire.lexique import lexique
from glossaire.models import NomDeTerme, TermePage
from redaction import roles
from redaction.models import PublicationUrgente
from tests.factories import TermePageFactory, UtilisateurFactory, glossaire, groupes_des_roles
from tests.glossaire.traduction import TraductionDeTerme
from tests.harness.html import StrictClient
from tests.redaction.moderation import Moderation, erreurs
from tests.redaction.test_publication import Circuit, personne
from tests.variantes.traduction import client_de, messages_de

pytestmark = pytest.mark.django_db
DEJA = "est déjà un nom du terme « Maison de santé »"


@pytest.fixture(autouse=True)
def team() -> None:
    glossaire()
    groupes_des_roles()


class CircuitDeTerme(Circuit):
    """A term in review, that both sides have approved, and whose acronym another has taken meanwhile."""

    def __init__(self) -> None:
        self.auteur = personne(roles.CONTRIBUTION)
        self.usager = personne(roles.REGARD_USAGER)
        self.pro = personne(roles.REGARD_PROFESSIONNEL)
        self.moderation = personne(roles.MODERATION)
        self.page = TermePageFactory(title="Médiateur de santé", sigle="MSP", brouillon=True, owner=self.auteur)
        self.page.save_revision(user=self.auteur)
        self.page = TermePage.objects.get(pk=self.page.pk)
        self.page.get_workflow().start(self.page, self.auteur)
        self.agir(self.usager)
        self.agir(self.pro)
        TermePageFactory(title="Maison de santé", sigle="MSP")

    def inchange(self) -> bool:
        """Tell whether the term still waits for the moderation."""
        page = Page.objects.get(pk=self.page.pk)
        names = NomDeTerme.objects.filter(page=page, public=True).exists()
        running = self.etat.status == WorkflowState.STATUS_IN_PROGRESS
        return running and self.etat.current_task_state.status == "in_progress" and not (page.live or names)


@pytest.fixture
def circuit() -> CircuitDeTerme:
    return CircuitDeTerme()


@pytest.fixture
def chef() -> StrictClient:
    client = StrictClient()
    client.force_login(UtilisateurFactory(superutilisateur=True))
    return client


def suivre(client: StrictClient, url: str, data: dict[str, Any], **extra: Any) -> HttpResponse:
    response = client.post(url, data, follow=True, **extra)
    assert response.status_code == 200
    return response


class TestApproval:
    def test_at_the_address_of_wagtail(self, circuit: CircuitDeTerme) -> None:
        state = circuit.etat.current_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[circuit.page.pk, "approve", state.pk])
        response = suivre(client_de(circuit.moderation), url, {})
        assert DEJA in messages_de(response)
        assert circuit.inchange()

    def test_at_the_desk(self, circuit: CircuitDeTerme) -> None:
        state = circuit.etat.current_task_state
        data = {"etat": state.pk, "revision": state.revision_id, "action": "approve", "comment": ""}
        response = suivre(client_de(circuit.moderation), reverse("bureau"), data)
        assert DEJA in messages_de(response)
        assert circuit.inchange()

    def test_in_the_editor(self, circuit: CircuitDeTerme) -> None:
        url = reverse("wagtailadmin_pages:edit", args=[circuit.page.pk])
        client = client_de(circuit.moderation)
        data = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form")
        data |= {"explication-count": "0", "sources-count": "0"}
        data |= {"action-workflow-action": "true", "workflow-action-name": "approve"}
        response = suivre(client, url, data)
        assert DEJA in response.content.decode()
        assert circuit.inchange()

    def test_once_the_name_is_free_it_is_public(self, circuit: CircuitDeTerme) -> None:
        TermePage.objects.get(title="Maison de santé").delete()
        assert circuit.agir(circuit.moderation)
        assert circuit.publique
        assert [mot.titre for mot in lexique("fr")] == ["Médiateur de santé"]


class TestHurry:
    def test_the_moderation_is_told(self) -> None:
        TermePageFactory(title="Maison de santé", sigle="MSP")
        terme = TermePageFactory(title="Médiateur de santé", sigle="MSP", brouillon=True)
        terme.save_revision()
        response = Moderation(client_de(personne(roles.MODERATION))).poster("corriger", terme)
        assert DEJA in erreurs(response)
        assert not Page.objects.get(pk=terme.pk).live
        assert not PublicationUrgente.objects.exists()


class TestTranslation:
    @pytest.fixture
    def traduction(self) -> TraductionDeTerme:
        return TraductionDeTerme()

    def test_a_name_that_is_taken_is_not_submitted(self, traduction: TraductionDeTerme) -> None:
        TermePageFactory(langue="en", title="Maison de santé", autres_noms="Peer [en]")
        url = reverse("variantes_soumettre", args=[traduction.translation.pk])
        response = suivre(client_de(traduction.traductrice), url, {})
        assert DEJA in messages_de(response)
        assert not traduction.page.live

    def test_one_taken_during_the_review_is_not_approved(self, traduction: TraductionDeTerme) -> None:
        traduction.soumettre()
        TermePageFactory(langue="en", title="Maison de santé", autres_noms="Peer [en]")
        response = traduction.decider(traduction.relectrice)
        assert response.status_code == 200
        assert DEJA in messages_de(response)
        assert not traduction.page.live
        assert traduction.etat.status == WorkflowState.STATUS_IN_PROGRESS


def programmer(page: Page) -> Revision:
    """Ask for a publication whose hour has come."""
    past = timezone.now() - datetime.timedelta(minutes=1)
    page.go_live_at = past
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    return Revision.objects.get(pk=revision.pk)


class TestSchedule:
    def test_the_others_are_published_and_the_history_says_why_not(self) -> None:
        TermePageFactory(title="Maison de santé", sigle="MSP")
        refused = TermePageFactory(title="Médiateur de santé", sigle="MSP", brouillon=True)
        other = TermePageFactory(title="Binôme", brouillon=True)
        revision = programmer(refused)
        programmer(other)
        call_command("run_due")
        assert not Page.objects.get(pk=refused.pk).live
        assert Page.objects.get(pk=other.pk).live
        entry = PageLogEntry.objects.get(page_id=refused.pk, action="socle.publication_refusee")
        assert DEJA in entry.message
        revision.refresh_from_db()
        assert revision.approved_go_live_at is None

    def test_it_is_not_tried_again_each_minute(self) -> None:
        TermePageFactory(title="Maison de santé", sigle="MSP")
        programmer(TermePageFactory(title="Médiateur de santé", sigle="MSP", brouillon=True))
        call_command("run_due")
        call_command("run_due")
        assert PageLogEntry.objects.filter(action="socle.publication_refusee").count() == 1


class TestSuperuser:
    """Who may everything meets the same refusals, at the buttons of Wagtail."""

    @pytest.fixture
    def deux(self) -> tuple[TermePage, TermePage]:
        first = TermePageFactory(title="Maison de santé", sigle="MSP")
        second = TermePageFactory(title="Médiateur de santé", sigle="MSP", brouillon=True)
        second.save_revision()
        return first, second

    def test_in_bulk(self, chef: StrictClient, deux: tuple[TermePage, TermePage]) -> None:
        other = TermePageFactory(title="Binôme", brouillon=True)
        other.save_revision()
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        response = suivre(chef, f"{url}?id={other.pk}&id={deux[1].pk}", {})
        assert DEJA in messages_de(response)
        assert not Page.objects.filter(pk__in=[other.pk, deux[1].pk], live=True).exists()

    def test_a_copy_is_a_draft_that_waits_for_its_own_names(self, chef: StrictClient) -> None:
        terme = TermePageFactory(title="Maison de santé", sigle="MSP", publiee=True)
        url = reverse("wagtailadmin_pages:copy", args=[terme.pk])
        data = {"new_title": "Maison", "new_slug": "maison", "new_parent_page": glossaire().pk}
        suivre(chef, url, data)
        copy = TermePage.objects.get(title="Maison")
        assert not copy.live
        assert copy.translation_key != terme.translation_key
        response = suivre(chef, url, {**data, "new_slug": "maison-2", "publish_copies": "on"})
        assert "« MSP » est déjà un nom du terme « Maison de santé »" in messages_de(response)
        assert not TermePage.objects.filter(slug="maison-2").exists()

    def test_no_page_repeats_a_term_in_its_language(self, chef: StrictClient) -> None:
        terme = TermePageFactory(title="Maison de santé", publiee=True)
        url = reverse("wagtailadmin_pages:copy", args=[terme.pk])
        data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": glossaire().pk, "alias": "on"}
        response = suivre(chef, url, data)
        assert "Un mot n’a qu’une page dans sa langue" in messages_de(response)
        assert TermePage.objects.count() == 1

    def test_what_is_refused_sends_nobody_elsewhere(
        self, chef: StrictClient, deux: tuple[TermePage, TermePage]
    ) -> None:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        response = chef.post(f"{url}?id={deux[1].pk}", {}, headers={"Referer": "https://exemple.org/"})
        assert response.headers["Location"] == reverse("wagtailadmin_home")


class TestMovedAndDeleted:
    def test_a_term_that_is_deleted_frees_its_names(self) -> None:
        terme = TermePageFactory(title="Maison de santé", publiee=True)
        assert Moderation(client_de(personne(roles.MODERATION))).supprimer(terme)
        assert not NomDeTerme.objects.exists()
        TermePageFactory(title="Maison de santé", publiee=True)
        assert len(lexique("fr")) == 1

    def test_a_term_that_is_taken_back_keeps_nobody_from_its_names(self) -> None:
        terme = TermePageFactory(title="Maison de santé", publiee=True)
        assert Moderation(client_de(personne(roles.MODERATION))).depublier(terme)
        assert not lexique("fr")

    def test_it_stays_in_a_glossary(self) -> None:
        terme = TermePageFactory(title="Maison de santé", publiee=True)
        home = terme.get_parent().get_parent()
        Moderation(client_de(personne(roles.MODERATION))).poster("deplacer", terme, vers=home.pk)
        assert Page.objects.get(pk=terme.pk).get_parent().pk == glossaire().pk
