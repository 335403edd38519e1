"""The label belongs to one public text: whatever is published next has none, until it is read in its turn."""

import datetime
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Site

from redaction.operations.moderation import depublier, publier_en_urgence
from redaction.queries.moderation import publications_urgentes
from socle.models import ReglagesSite
from tests.factories import IllustrationFactory
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import one, soup, texts
from tests.variantes.circuit_falc import GROUPE, PAS_VALIDEE, VALIDEE, CircuitFalc, lecture
from variantes.models import ValidationFalc
from variantes.operations.validation import Lecteur, enregistrer_lecture

pytestmark = pytest.mark.django_db
ADRESSE = "/fr-simple/venir/"


@pytest.fixture
def validee() -> CircuitFalc:
    circuit = CircuitFalc()
    circuit.jusqu_au_label()
    assert circuit.etiquette == [VALIDEE]
    return circuit


def autre_texte(circuit: CircuitFalc) -> None:
    circuit.ecrire("Vous pouvez venir lundi.")
    circuit.page.latest_revision.publish()


def coquille(circuit: CircuitFalc) -> None:
    page = circuit.page.get_latest_revision_as_object()
    page.title, page.modification_mineure = "Venir !", True
    page.save_revision(user=circuit.auteur).publish()


def meme_texte_publie_encore(circuit: CircuitFalc) -> None:
    circuit.page.get_latest_revision_as_object().save_revision(user=circuit.auteur).publish()


def urgence(circuit: CircuitFalc) -> None:
    circuit.ecrire("Le numéro a changé.")
    publier_en_urgence(circuit.page, circuit.moderation, "Un numéro faux.", circuit.page.latest_revision_id)


def programmee(circuit: CircuitFalc) -> None:
    circuit.ecrire("Vous pouvez venir mardi.")
    revision = circuit.page.latest_revision
    revision.approved_go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled", verbosity=0)


def retour_a_une_version_lue(circuit: CircuitFalc) -> None:
    validated = circuit.page.live_revision
    autre_texte(circuit)
    validated.as_object().save_revision(user=circuit.auteur).publish()


@pytest.mark.parametrize(
    "publier",
    [autre_texte, coquille, meme_texte_publie_encore, urgence, programmee, retour_a_une_version_lue],
    ids=lambda publier: publier.__name__,
)
def test_every_later_publication_takes_the_label_away(
    validee: CircuitFalc, publier: Callable[[CircuitFalc], None]
) -> None:
    publier(validee)
    assert validee.publique
    assert validee.etiquette == [PAS_VALIDEE]
    answer = StrictClient().get(ADRESSE).content.decode()
    assert GROUPE not in answer
    assert "Alex Exemple" not in answer


def test_a_page_that_is_taken_back_says_nothing(validee: CircuitFalc) -> None:
    depublier(validee.page, validee.moderation, "À revoir.")
    assert StrictClient().get(ADRESSE).status_code == 404


def test_a_draft_of_a_validated_page_leaves_the_label_where_it_is(validee: CircuitFalc) -> None:
    validee.ecrire("Un brouillon.")
    assert validee.etiquette == [VALIDEE]


def test_a_text_that_waits_for_its_date_keeps_the_old_label_until_then(validee: CircuitFalc) -> None:
    validee.ecrire("Vous pouvez venir mercredi.")
    validee.envoyer()
    validee.enregistrer()
    revision = validee.page.latest_revision
    assert validee.etiquette == [VALIDEE]
    revision.approved_go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert "mercredi" in StrictClient().get(ADRESSE).content.decode()
    assert validee.etiquette == [VALIDEE]


def test_an_urgent_publication_of_the_text_that_was_read_keeps_its_label() -> None:
    circuit = CircuitFalc()
    circuit.enregistrer()
    circuit.relire()
    publier_en_urgence(circuit.page, circuit.moderation, "Un numéro faux.", circuit.page.latest_revision_id)
    assert circuit.etiquette == [VALIDEE]


def test_an_urgent_publication_is_to_be_read_again_until_the_group_has(validee: CircuitFalc) -> None:
    urgence(validee)
    assert publications_urgentes().count() == 1
    validee.relire()
    enregistrer_lecture(validee.page, validee.page.live_revision_id, validee.moderation, lecture())
    assert publications_urgentes().count() == 0
    assert validee.etiquette == [VALIDEE]


def test_a_copy_of_the_page_has_no_label(validee: CircuitFalc) -> None:
    copy = validee.page.copy(update_attrs={"slug": "copie"}, keep_live=True, user=validee.moderation)
    assert copy.live
    assert texts(StrictClient().get("/fr-simple/copie/"), "p.etiquette-falc") == [PAS_VALIDEE]


def test_a_preview_has_no_label(validee: CircuitFalc) -> None:
    request_of = validee.client(validee.moderation)
    preview = request_of.get(f"/admin/pages/{validee.page.pk}/view_draft/")
    assert texts(preview, "p.etiquette-falc") == [PAS_VALIDEE]


class TestWhatReadersAreTold:
    def test_the_group_the_day_and_the_names_of_those_who_want_it(self, validee: CircuitFalc) -> None:
        answer = StrictClient().get(ADRESSE)
        label = one(answer, ".label-falc").get_text(" ", strip=True)
        assert GROUPE in label
        assert "Alex Exemple" in label
        for secret in ("Noa Discret", "Salle des Tilleuls", "Samir"):
            assert secret not in answer.content.decode()

    def test_no_name_no_list(self) -> None:
        circuit = CircuitFalc()
        circuit.enregistrer(lecteurs=[Lecteur("Noa Discret")])
        circuit.valider()
        label = one(StrictClient().get(ADRESSE), ".label-falc").get_text(" ", strip=True)
        assert "Ont lu ce texte" not in label

    def test_the_logo_is_the_owners_and_needs_a_public_name(self, validee: CircuitFalc) -> None:
        notice = "© Logo européen Facile à lire : Inclusion Europe"
        without = StrictClient().get(ADRESSE)
        assert not soup(without).select(".label-falc__logo")
        assert notice not in without.content.decode()
        settings = ReglagesSite.for_site(Site.objects.get(is_default_site=True))
        settings.logo_falc = IllustrationFactory()
        settings.save()
        answer = StrictClient().get(ADRESSE)
        assert one(answer, ".label-falc__logo")["alt"] == "Logo européen Facile à lire"
        assert notice in one(answer, ".label-falc").get_text()
        assert one(answer, ".label-falc a").get_text() == "easy-to-read.eu"
        validee.relire()
        change = lecture(lecteurs=[Lecteur("Noa Discret")])
        enregistrer_lecture(validee.page, validee.page.live_revision_id, validee.moderation, change)
        assert not soup(StrictClient().get(ADRESSE)).select(".label-falc__logo")

    def test_it_costs_one_query(self, validee: CircuitFalc, client: StrictClient) -> None:
        settings = ReglagesSite.for_site(Site.objects.get(is_default_site=True))
        settings.logo_falc = IllustrationFactory()
        settings.save()
        with_label = queries_of(lambda: client.get(ADRESSE))
        asked = [query for query in with_label if "variantes_validationfalc" in query]
        assert len(asked) == 1
        assert len(with_label) <= 15
        ValidationFalc.objects.all().delete()
        # The logo comes with the other pictures of the page.
        assert len(with_label) <= len(queries_of(lambda: client.get(ADRESSE))) + 1
