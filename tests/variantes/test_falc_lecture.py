"""The workflow "Publication FALC": the group reads, somebody writes it down, the moderation validates."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import PageLogEntry, WorkflowState

from redaction import roles
from redaction.roles import Role
from socle.dates import today
from tests.factories import InformationPageFactory
from tests.redaction.test_matrice import ANONYME, PERSONNES, refused, signed_in
from tests.redaction.test_publication import personne
from tests.socle.reading import texts
from tests.variantes.circuit_falc import GROUPE, PAS_VALIDEE, VALIDEE, CircuitFalc, formulaire, lecture
from variantes.models import LecteurFalc, ValidationFalc
from variantes.operations.validation import Lecteur, enregistrer_lecture

pytestmark = pytest.mark.django_db

ENREGISTRENT = {roles.RELECTURE_FALC, roles.REDACTION_FALC, roles.MODERATION}


@pytest.fixture
def circuit() -> CircuitFalc:
    return CircuitFalc()


class TestTheWay:
    def test_the_group_reads_then_the_moderation_validates(self, circuit: CircuitFalc) -> None:
        assert circuit.etape == "LectureFalc"
        response = circuit.lire()
        assert response["Location"] == reverse("bureau")
        assert (circuit.etape, circuit.publique) == ("Validation", False)
        circuit.valider()
        assert circuit.etat.status == WorkflowState.STATUS_APPROVED
        assert circuit.etiquette == [VALIDEE]
        validation = ValidationFalc.objects.get()
        assert (validation.groupe, validation.lieu, validation.enregistree_nom) == (
            GROUPE,
            "Salle des Tilleuls",
            "Samir Exemple",
        )
        assert validation.revision_id == circuit.page.live_revision_id
        assert list(validation.lecteurs.values_list("nom", "nom_publie")) == [
            ("Alex Exemple", True),
            ("Noa Discret", False),
        ]

    def test_no_button_passes_the_reading_without_a_reading(self, circuit: CircuitFalc) -> None:
        for user in (circuit.groupe, circuit.moderation):
            state = circuit.etat.current_task_state
            url = reverse("wagtailadmin_pages:workflow_action", args=[circuit.page.pk, "approve", state.pk])
            circuit.client(user).post(url)
            assert circuit.etape == "LectureFalc"

    def test_the_group_asks_for_changes_with_a_reason(self, circuit: CircuitFalc) -> None:
        state = circuit.etat.current_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[circuit.page.pk, "reject", state.pk])
        circuit.client(circuit.groupe).post(url, {"comment": "La ligne 2 est longue."})
        assert circuit.etat.status == WorkflowState.STATUS_NEEDS_CHANGES
        assert circuit.etat.current_task_state.comment == "La ligne 2 est longue."
        assert not ValidationFalc.objects.exists()

    def test_after_a_refusal_of_the_moderation_the_group_reads_again(self, circuit: CircuitFalc) -> None:
        circuit.enregistrer()
        state = circuit.etat.current_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[circuit.page.pk, "reject", state.pk])
        circuit.client(circuit.moderation).post(url, {"comment": "Le titre est faux."})
        circuit.ecrire("Vous pouvez venir lundi.")
        circuit.etat.resume(circuit.auteur)
        assert circuit.etape == "LectureFalc"
        circuit.jusqu_au_label()
        assert circuit.etiquette == [VALIDEE]

    def test_a_new_text_starts_the_reading_again(self, circuit: CircuitFalc) -> None:
        circuit.enregistrer()
        assert circuit.etape == "Validation"
        circuit.ecrire("Un autre texte.")
        circuit.relire()
        assert circuit.page.current_workflow_task is None or circuit.etape == "LectureFalc"
        assert not ValidationFalc.objects.filter(revision=circuit.page.latest_revision_id).exists()

    def test_the_same_text_kept_again_keeps_its_reading(self, circuit: CircuitFalc) -> None:
        circuit.enregistrer()
        circuit.page.get_latest_revision_as_object().save_revision(user=circuit.auteur)
        circuit.relire()
        assert circuit.etape == "Validation"
        assert ValidationFalc.objects.get().revision_id == circuit.page.latest_revision_id
        circuit.valider()
        assert circuit.etiquette == [VALIDEE]

    def test_the_history_names_the_group_and_no_reader(self, circuit: CircuitFalc) -> None:
        circuit.enregistrer()
        entry = PageLogEntry.objects.get(page_id=circuit.page.pk, action="variantes.lecture_falc")
        assert f"Lue par le groupe « {GROUPE} »" in entry.message
        assert "Exemple" not in str(entry.data) + entry.message


class TestWho:
    @PERSONNES
    def test_who_writes_a_reading_down(self, circuit: CircuitFalc, role: Role) -> None:
        client, _user = signed_in(role)
        assert refused(client.get(circuit.adresse())) is (role not in ENREGISTRENT)
        assert refused(client.post(circuit.adresse(), formulaire())) is (role not in ENREGISTRENT)
        assert ValidationFalc.objects.exists() is (role in ENREGISTRENT)

    @PERSONNES
    def test_who_sees_the_sheet(self, circuit: CircuitFalc, role: Role) -> None:
        client, _user = signed_in(role)
        assert refused(client.get(circuit.adresse("fiche"))) is (role not in ENREGISTRENT)

    def test_the_group_sees_only_what_waits_for_it(self, circuit: CircuitFalc) -> None:
        draft = InformationPageFactory(parent=circuit.page.get_parent(), brouillon=True)
        revision = draft.save_revision(user=circuit.auteur)
        for nom in ("fiche", "lecture"):
            url = reverse(f"variantes_{nom}_falc", args=[draft.pk, revision.pk])
            assert refused(circuit.client(circuit.groupe).get(url))

    @pytest.mark.parametrize("role", [roles.RELECTURE_FALC, roles.REDACTION_FALC, roles.MODERATION])
    def test_only_the_moderation_puts_a_reading_right(self, circuit: CircuitFalc, role: Role) -> None:
        circuit.jusqu_au_label()
        _client, user = signed_in(role)
        change = lecture(lecteurs=[Lecteur("Noa Discret")])
        if role is not roles.MODERATION:
            with pytest.raises(ValidationError, match="à la modération"):
                enregistrer_lecture(circuit.page, circuit.page.live_revision_id, user, change)
            return
        enregistrer_lecture(circuit.page, circuit.page.live_revision_id, user, change)
        assert "Alex" not in circuit.client(None).get("/fr-simple/venir/").content.decode()

    def test_it_waits_on_the_desk_of_the_group(self, circuit: CircuitFalc) -> None:
        desk = reverse("bureau_section", args=["attend"])
        found = circuit.client(circuit.groupe).get(desk)
        assert texts(found, ".bureau-ligne h3") == ["Venir"]
        assert circuit.adresse() in found.content.decode()
        assert circuit.adresse("fiche") in found.content.decode()
        circuit.enregistrer()
        assert texts(circuit.client(circuit.groupe).get(desk), ".bureau-ligne h3") == []
        assert texts(circuit.client(circuit.moderation).get(desk), ".bureau-ligne h3") == ["Venir"]

    def test_the_group_is_told_then_the_moderation(self, circuit: CircuitFalc) -> None:
        assert {address for message in mail.outbox for address in message.to} == {circuit.groupe.email}
        mail.outbox.clear()
        circuit.enregistrer()
        assert {address for message in mail.outbox for address in message.to} == {circuit.moderation.email}

    def test_whoever_writes_finds_the_buttons_in_the_editor(self, circuit: CircuitFalc) -> None:
        for user in (circuit.groupe, circuit.auteur, circuit.moderation):
            editor = circuit.client(user).get(reverse("wagtailadmin_pages:edit", args=[circuit.page.pk]))
            assert circuit.adresse() in editor.content.decode()
            assert circuit.adresse("fiche") in editor.content.decode()


class TestRules:
    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"groupe": "  "}, "groupe"),
            ({"lue_le": today() + datetime.timedelta(days=1)}, "lue_le"),
            ({"lue_le": today() - datetime.timedelta(days=1)}, "lue_le"),
            ({"lecteurs": []}, "lecteurs"),
            ({"lecteurs": [Lecteur("Alix Exemple")]}, "lecteurs"),
            ({"lecteurs": [Lecteur("Noa"), Lecteur("noa ")]}, "lecteurs"),
        ],
    )
    def test_what_a_reading_must_say(self, circuit: CircuitFalc, change: dict[str, Any], field: str) -> None:
        with pytest.raises(ValidationError) as error:
            circuit.enregistrer(**change)
        assert set(error.value.message_dict) == {field}
        assert circuit.etape == "LectureFalc"

    def test_the_same_text_kept_today_may_have_been_read_before(self, circuit: CircuitFalc) -> None:
        before = circuit.page.latest_revision.created_at - datetime.timedelta(days=5)
        circuit.page.revisions.update(created_at=before)
        circuit.page.get_latest_revision_as_object().save_revision(user=circuit.auteur)
        circuit.enregistrer(lue_le=today() - datetime.timedelta(days=3))
        assert circuit.etape == "Validation"

    def test_a_text_that_changed_meanwhile_is_refused(self, circuit: CircuitFalc) -> None:
        old = circuit.page.latest_revision_id
        circuit.ecrire("Un autre texte.")
        with pytest.raises(ValidationError, match="n’attend pas de lecture"):
            enregistrer_lecture(circuit.page, old, circuit.groupe, lecture())

    def test_a_page_that_somebody_holds_waits(self, circuit: CircuitFalc) -> None:
        circuit.page.locked, circuit.page.locked_by = True, circuit.moderation
        circuit.page.save(update_fields=["locked", "locked_by"])
        with pytest.raises(ValidationError, match="verrouillée"):
            circuit.enregistrer()

    def test_a_reading_of_a_public_text_needs_no_new_publication(self, circuit: CircuitFalc) -> None:
        circuit.page.latest_revision.publish()
        assert circuit.etiquette == [PAS_VALIDEE]
        circuit.relire()
        enregistrer_lecture(circuit.page, circuit.page.live_revision_id, circuit.moderation, lecture())
        assert circuit.etiquette == [VALIDEE]

    def test_a_page_in_french_is_not_read_by_the_group(self, circuit: CircuitFalc) -> None:
        page = InformationPageFactory(publiee=True)
        with pytest.raises(ValidationError, match="en FALC"):
            enregistrer_lecture(page, page.live_revision_id, circuit.moderation, lecture())

    def test_the_database_has_one_reading_for_a_revision(self, circuit: CircuitFalc) -> None:
        first = circuit.enregistrer()
        with pytest.raises(IntegrityError), transaction.atomic():
            ValidationFalc.objects.create(
                page_id=circuit.page.pk,
                revision_id=first.revision_id,
                groupe="Autre",
                lue_le=today(),
                enregistree_nom="Autre",
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            LecteurFalc.objects.create(validation=first, nom="Alex Exemple")
        with pytest.raises(IntegrityError), transaction.atomic():
            LecteurFalc.objects.create(validation=first, nom="")


class TestTheScreen:
    def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(self, circuit: CircuitFalc) -> None:
        response = circuit.lire(**formulaire(("Alix Exemple", False), lue_le="hier"))
        assert response.status_code == 200
        assert "Donnez une date" in response.content.decode()
        assert 'value="Alix Exemple"' in response.content.decode()
        response = circuit.lire(**formulaire(("Alix Exemple", False)))
        assert "n’a pas écrit le texte" in response.content.decode()

    @pytest.mark.parametrize("change", [{"lecteurs-TOTAL_FORMS": "x"}, {"lecteurs-TOTAL_FORMS": "99999"}])
    def test_a_hostile_form_is_refused(self, circuit: CircuitFalc, change: dict[str, str]) -> None:
        assert circuit.lire(**{**formulaire(), **change}).status_code == 200
        assert not ValidationFalc.objects.exists()

    def test_an_unknown_version_sends_back(self, circuit: CircuitFalc) -> None:
        url = circuit.adresse(revision=999_999)
        assert "n’existe plus" in circuit.client(circuit.moderation).get(url, follow=True).content.decode()
        anonymous, _user = signed_in(ANONYME)
        assert refused(anonymous.get(url))

    def test_a_text_that_comes_back_offers_its_reading(self, circuit: CircuitFalc) -> None:
        circuit.jusqu_au_label()
        validated = circuit.page.live_revision
        circuit.ecrire("Autre chose.")
        validated.as_object().save_revision(user=circuit.auteur)
        circuit.envoyer()
        screen = circuit.client(circuit.groupe).get(circuit.adresse()).content.decode()
        assert f"Ce texte est celui que « {GROUPE} » a lu" in screen
        assert 'value="Alex Exemple"' in screen

    def test_a_member_of_the_group_who_is_gone_leaves_the_reading(self, circuit: CircuitFalc) -> None:
        circuit.jusqu_au_label()
        circuit.groupe.delete()
        assert circuit.etiquette == [VALIDEE]
        assert ValidationFalc.objects.get().enregistree_nom == "Samir Exemple"

    def test_two_people_at_once_leave_one_reading(self, circuit: CircuitFalc) -> None:
        circuit.lire()
        again = circuit.client(personne(roles.REDACTION_FALC)).post(circuit.adresse(), formulaire())
        assert "déjà enregistrée" in again.content.decode()
        assert ValidationFalc.objects.count() == 1
