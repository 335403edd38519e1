"""An urgent publication waits for no review, but what was never submitted may still be in French: it is refused."""

from typing import Any

import pytest
from wagtail.models import PageLogEntry, Revision, WorkflowState
from wagtail_localize.models import Translation

from redaction import roles
from redaction.models import PublicationUrgente
from tests.redaction.moderation import MOTIF, Moderation, erreurs
from tests.redaction.test_publication import personne
from tests.variantes.traduction import Traduction, client_de

pytestmark = pytest.mark.django_db
REFUS = "n’a pas été soumise à la relecture : du français se montrerait dans une autre langue"


@pytest.fixture
def traduction() -> Traduction:
    traduction = Traduction()
    traduction.traduire(sauf=("resume",))
    return traduction


@pytest.fixture
def moderation(traduction: Traduction) -> Moderation:
    return Moderation(client_de(personne(roles.MODERATION)))


def brouillon(traduction: Traduction) -> Revision:
    """Keep what is translated as a draft, with the French of what is not."""
    source = Translation.objects.get(pk=traduction.translation.pk).source
    instance = source.get_ephemeral_translated_instance(traduction.locale, fallback=True)
    return instance.save_revision(user=traduction.traductrice)


def trace(traduction: Traduction) -> tuple[Any, ...]:
    page = traduction.page
    urgent = PageLogEntry.objects.filter(page=page, action="redaction.urgence")
    return page.live, page.live_revision_id, page.title, PublicationUrgente.objects.count(), urgent.count()


def test_what_was_never_submitted_is_refused(traduction: Traduction, moderation: Moderation) -> None:
    brouillon(traduction)
    before = trace(traduction)
    assert moderation.voir("corriger", traduction.page).status_code == 200
    answer = moderation.poster("corriger", traduction.page)
    assert answer.status_code == 200
    assert REFUS in erreurs(answer)
    assert REFUS in answer.content.decode()
    assert trace(traduction) == before
    assert not traduction.publique


def test_a_newer_draft_than_the_one_in_review_is_refused_and_the_review_goes_on(
    traduction: Traduction, moderation: Moderation
) -> None:
    traduction.traduire()
    traduction.soumettre()
    brouillon(traduction)
    before = trace(traduction)
    assert REFUS in erreurs(moderation.poster("corriger", traduction.page))
    assert trace(traduction) == before
    assert traduction.etat.status == WorkflowState.STATUS_IN_PROGRESS


def test_changes_of_a_public_translation_are_submitted_too(traduction: Traduction, moderation: Moderation) -> None:
    traduction.traduire()
    traduction.soumettre()
    traduction.decider(traduction.relectrice)
    traduction.traduire(lambda text: f"{text} [2]")
    brouillon(traduction)
    before = trace(traduction)
    assert REFUS in erreurs(moderation.poster("corriger", traduction.page))
    assert trace(traduction) == before


def test_what_was_submitted_is_published(traduction: Traduction, moderation: Moderation) -> None:
    traduction.traduire()
    traduction.soumettre()
    assert moderation.poster("corriger", traduction.page).status_code == 302
    assert traduction.publique
    assert traduction.etat.status == WorkflowState.STATUS_CANCELLED
    assert PublicationUrgente.objects.get().motif == MOTIF


def test_an_ordinary_page_of_another_language_is_never_submitted(
    traduction: Traduction, moderation: Moderation
) -> None:
    """It is written by people in their language, and not phrase by phrase."""
    brouillon(traduction)
    Translation.objects.update(enabled=False)
    assert moderation.poster("corriger", traduction.page).status_code == 302
    assert traduction.publique
