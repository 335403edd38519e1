"""Publication at once, and the buttons of the operations."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    TaskState,
    WorkflowState,
)

from fiches.models import FichePage
from redaction import roles
from redaction.models import PublicationUrgente
from redaction.permissions import OPERATIONS
from redaction.queries.moderation import publications_urgentes
from redaction.roles import Role
from tests.factories import (
    FichePageFactory,
    index_fiches,
)
from tests.harness.html import StrictClient
from tests.redaction.moderation import MOTIF, Moderation, erreurs, histoire
from tests.redaction.test_matrice import Gestes, fresh, signed_in
from tests.redaction.test_publication import Circuit, personne

pytestmark = pytest.mark.django_db


def test_an_urgent_correction(moderation_client: Moderation, circuit: Circuit) -> None:
    circuit.agir(circuit.usager)
    assert not circuit.publique
    html = moderation_client.voir("corriger", circuit.page).content.decode()
    assert "Publier sans attendre la relecture" in html
    moderation_client.poster("corriger", circuit.page)
    assert circuit.publique
    assert circuit.etat.status == WorkflowState.STATUS_CANCELLED
    stopped = TaskState.objects.get()
    assert (stopped.status, stopped.comment) == (TaskState.STATUS_CANCELLED, f"Publication en urgence : {MOTIF}")
    assert ("Publiée en urgence, sans attendre la relecture", MOTIF) in histoire(circuit.page)
    urgent = publications_urgentes().get()
    assert (urgent.page_id, urgent.motif) == (circuit.page.pk, MOTIF)
    assert urgent.revision_id == circuit.page.latest_revision_id
    # Nothing more to publish.
    assert "déjà le dernier texte" in erreurs(moderation_client.poster("corriger", circuit.page))


def test_a_correction_after_the_review_asked_for_changes(moderation_client: Moderation, circuit: Circuit) -> None:
    circuit.agir(circuit.pro, "reject", comment="Trop long.")
    moderation_client.poster("corriger", circuit.page)
    assert circuit.publique
    assert circuit.etat.status == WorkflowState.STATUS_CANCELLED
    assert TaskState.objects.get().comment == "Trop long."


def test_the_ordinary_review_comes_afterwards(circuit: Circuit, admin_client: StrictClient) -> None:
    client = StrictClient()
    client.force_login(circuit.moderation)
    Moderation(client).poster("corriger", circuit.page)
    Gestes(client, admin_client).ecrire(circuit.page, **{"action-submit": "1"})
    assert publications_urgentes().count() == 1
    for user in (circuit.usager, circuit.pro, personne(roles.MODERATION)):
        assert circuit.agir(user)
    assert not publications_urgentes().exists()
    assert PublicationUrgente.objects.count() == 1
    circuit.moderation.delete()
    assert PublicationUrgente.objects.values_list("nom", "user").get() == ("Claude Exemple", None)


def test_the_very_text_that_was_read(moderation_client: Moderation, circuit: Circuit) -> None:
    seen = circuit.page.latest_revision_id
    circuit.ecrire(circuit.auteur)
    answer = moderation_client.poster("corriger", circuit.page, revision_id=seen)
    assert "Le texte a changé" in erreurs(answer)
    # The form now carries the text to read.
    assert f'value="{circuit.page.latest_revision_id}"' in answer.content.decode()
    assert not circuit.publique


def test_texts_that_nobody_may_publish(moderation_client: Moderation) -> None:
    now, day = timezone.now(), datetime.timedelta(days=1)
    page = FichePageFactory(brouillon=True)
    for changes, words in (
        ({"go_live_at": now + day}, "retirez d’abord sa date de publication"),
        ({"go_live_at": None, "expire_at": now - day}, "fin de publication"),
        ({"expire_at": None, "resume": ""}, "résumé"),
        ({"resume": "Oui", "etapes": [("etape", {"titre": "", "duree": "", "texte": ""})]}, "pas complet"),
    ):
        page = FichePage.objects.get(pk=page.pk)
        for name, value in changes.items():
            setattr(page, name, value)
        page.save_revision(clean=False)
        assert words in erreurs(moderation_client.poster("corriger", page)), words
    assert not fresh(page).live


def test_a_page_without_a_draft(moderation_client: Moderation) -> None:
    for page in (FichePageFactory(publiee=True), FichePageFactory()):
        assert "rien à publier" in erreurs(moderation_client.poster("corriger", page))


def test_an_urgent_publication_no_longer_public_does_not_wait(moderation_client: Moderation, circuit: Circuit) -> None:
    moderation_client.poster("corriger", circuit.page)
    moderation_client.poster("depublier", circuit.page)
    assert not publications_urgentes().exists()


# --- Buttons ---


@pytest.mark.parametrize("role", [roles.MODERATION, roles.REDACTION], ids=lambda role: role.nom)
def test_buttons_are_for_the_moderation(role: Role, circuit: Circuit) -> None:
    client, _user = signed_in(role)
    public = FichePageFactory(publiee=True)
    public.save_revision()
    listing = client.get(reverse("wagtailadmin_explore", args=[public.get_parent().pk])).content.decode()
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[public.pk])).content.decode()
    shown = role is roles.MODERATION
    for operation in OPERATIONS:
        url = reverse(f"redaction_{operation}", args=[public.pk])
        assert (url in listing) == shown
        assert (url in editor) == shown
    for operation in ("depublier", "deplacer", "supprimer"):
        # Wagtail's own are enough for a draft.
        assert reverse(f"redaction_{operation}", args=[circuit.page.pk]) not in listing
    assert (reverse("redaction_corriger", args=[circuit.page.pk]) in listing) == shown


def test_a_superuser_keeps_wagtails_buttons(admin_client: StrictClient) -> None:
    page = FichePageFactory(publiee=True)
    listing = admin_client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()
    assert reverse("redaction_depublier", args=[page.pk]) not in listing
    assert reverse("wagtailadmin_pages:unpublish", args=[page.pk]) in listing
    assert Moderation(admin_client).depublier(page)


def test_the_buttons_cost_the_same_for_one_page_and_ten(moderation_client: Moderation) -> None:
    url = reverse("wagtailadmin_explore", args=[index_fiches().pk])
    before = permissions_asked(url, moderation_client.client, 1)
    after = permissions_asked(url, moderation_client.client, 10)
    assert before == after


def permissions_asked(url: str, client: StrictClient, count: int) -> int:
    """Count the questions about roles that the explorer asks for so many pages."""
    FichePageFactory.create_batch(count, publiee=True)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return sum('"auth_group"."name"' in query["sql"] for query in captured)
