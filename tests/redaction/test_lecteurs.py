"""What readers are told of a review: that it took place, when, and nothing else."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page

from fiches.models import FichePage, FichesIndexPage
from home.models import ContactPage, HomePage, InformationPage
from redaction.models import Approbation
from redaction.operations.moderation import publier_en_urgence
from socle import page_cache
from tests.factories import FichesIndexPageFactory, accueil, groupes_des_roles, index_fiches
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import FACTORIES
from tests.redaction.test_publication import Circuit

pytestmark = pytest.mark.django_db

PHRASE = "Relecture à deux regards"


def relire(circuit: Circuit) -> None:
    for user in (circuit.usager, circuit.pro, circuit.moderation):
        assert circuit.agir(user)
    circuit.page = type(circuit.page).objects.get(pk=circuit.page.pk)


def lue(page: Page) -> str:
    """Return the page as a reader receives it."""
    page_cache.store.clear()
    return StrictClient().get(page.url).content.decode()


class CircuitDe(Circuit):
    """The same story with a page of another kind."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.ecrire(self.auteur)
        self.page.get_workflow().start(self.page, self.auteur)


@pytest.mark.parametrize(
    "kind", [HomePage, InformationPage, ContactPage, FichesIndexPage, FichePage], ids=lambda kind: kind.__name__
)
def test_every_kind_of_page_tells_of_its_review(kind: type[Page]) -> None:
    accueil()
    index_fiches()
    groupes_des_roles()
    circuit = CircuitDe(FACTORIES[kind](brouillon=True) if kind in FACTORIES else kind.objects.get())
    relire(circuit)
    html = lue(circuit.page)
    assert html.count(PHRASE) == 1
    assert "Samir" not in html
    assert "Dominique" not in html


def test_the_date_is_that_of_the_second_approval(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.agir(circuit.pro)
    for rank, given in enumerate(Approbation.objects.order_by("pk")):
        day = datetime.datetime(2026, 3, 1 + rank, 23, 30, tzinfo=datetime.UTC)
        Approbation.objects.filter(pk=given.pk).update(le=day)
    circuit.agir(circuit.moderation)
    # In Paris, it is already the next day.
    assert "le 3 mars 2026" in lue(circuit.page)


def test_editors_may_keep_it_to_themselves(circuit: Circuit) -> None:
    circuit.page.montrer_relecture = False
    circuit.ecrire(circuit.auteur)
    relire(circuit)
    assert circuit.page.relu_le
    assert PHRASE not in lue(circuit.page)


def test_a_text_published_without_a_review_claims_none(circuit: Circuit) -> None:
    relire(circuit)
    assert PHRASE in lue(circuit.page)
    circuit.page.title = "Autre texte"
    circuit.page.save_revision(user=circuit.auteur)
    assert PHRASE in lue(circuit.page)  # the draft changes nothing
    circuit.page.get_latest_revision().publish()
    html = lue(circuit.page)
    assert "Autre texte" in html
    assert PHRASE not in html


def test_one_approval_is_no_review(circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    circuit.page.get_latest_revision().publish()
    assert PHRASE not in lue(circuit.page)


def test_a_preview_claims_nothing(circuit: Circuit) -> None:
    relire(circuit)
    circuit.page.save_revision(user=circuit.auteur)
    draft = FichePage.objects.get(pk=circuit.page.pk).get_latest_revision_as_object()
    assert draft.relecture_affichee is None


def test_a_planned_publication_tells_of_its_review_when_its_day_comes(circuit: Circuit) -> None:
    circuit.page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    circuit.ecrire(circuit.auteur)
    relire(circuit)
    assert not circuit.page.live
    call_command("run_due", verbosity=0)
    assert StrictClient().get(circuit.page.url).status_code == 404
    past = timezone.now() - datetime.timedelta(minutes=1)
    circuit.page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=past)
    revision = circuit.page.get_latest_revision()
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    call_command("run_due", verbosity=0)
    assert PHRASE in lue(circuit.page)


def en_anglais(page: FichePage) -> FichePage:
    accueil("en")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.save_revision().publish()
    return english


def test_copies_and_translations_claim_nothing(circuit: Circuit) -> None:
    relire(circuit)
    alias = circuit.page.create_alias(update_slug="alias", parent=FichesIndexPageFactory(slug="ailleurs"))
    copy = circuit.page.copy(update_attrs={"slug": "copie"}, user=circuit.auteur)
    english = en_anglais(circuit.page)
    circuit.page.get_latest_revision().publish()  # aliases are published again
    others = FichePage.objects.filter(pk__in=(alias.pk, copy.pk, english.pk))
    assert [(page.live, page.relu_le) for page in others] == [(True, None)] * 3
    assert PHRASE in lue(circuit.page)


def test_the_sentence_is_in_the_language_of_the_page(circuit: Circuit) -> None:
    relire(circuit)
    english = en_anglais(circuit.page)
    FichePage.objects.filter(pk=english.pk).update(relu_le=datetime.date(2026, 3, 3))
    html = lue(FichePage.objects.get(pk=english.pk))
    assert PHRASE not in html
    assert "3 March 2026" in html


def test_an_urgent_publication_takes_it_away(circuit: Circuit) -> None:
    relire(circuit)
    circuit.ecrire(circuit.auteur)
    publier_en_urgence(circuit.page, circuit.moderation, "Numéro faux", circuit.page.latest_revision_id)
    assert PHRASE not in lue(circuit.page)
