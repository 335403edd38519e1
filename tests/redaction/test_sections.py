"""The sections of the desk beside the steps: after an urgency, pages to refresh, what the public proposes."""

import datetime

import pytest
from django.conf import settings

from fiches.models import FichePage
from redaction import roles
from redaction.models import PublicationUrgente
from socle.dates import today
from tests.factories import FichePageFactory, accueil, groupes_des_roles, index_fiches
from tests.factories.propositions import proposer
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.test_bureau import BUREAU, ECRIVENT, connecte
from tests.redaction.test_matrice import ANONYME, refused, signed_in
from tests.redaction.test_publication import personne

pytestmark = pytest.mark.django_db
CLES = ("urgences", "a-revoir", "propositions")


@pytest.fixture
def moderation() -> StrictClient:
    groupes_des_roles()
    return connecte(personne(roles.MODERATION))


def a_revoir(**fields: object) -> FichePage:
    page: FichePage = FichePageFactory(**fields)
    late = {"revise_le": today() - datetime.timedelta(days=400), "prochaine_revision": today()}
    FichePage.objects.filter(pk=page.pk).update(**late)
    return page


def urgence(**fields: object) -> PublicationUrgente:
    page = FichePageFactory(**fields)
    page.save_revision().publish()
    page = FichePage.objects.get(pk=page.pk)
    return PublicationUrgente.objects.create(
        page=page, revision=page.live_revision, nom="Claude", motif="Un numéro était faux."
    )


def lue(client: StrictClient, cle: str, query: str = "") -> str:
    return client.get(f"{BUREAU}{cle}/{query}").content.decode()


def test_each_role_opens_its_own_sections() -> None:
    index_fiches()
    for language, _name in settings.LANGUAGES:
        accueil(language)
    suivent = [role for role in ECRIVENT if role is not roles.CONTRIBUTION]
    wanted = {"urgences": suivent, "a-revoir": ECRIVENT, "propositions": (roles.REDACTION, roles.MODERATION)}
    for role in (*roles.ROLES, ANONYME):
        client, _user = signed_in(role)
        for cle, allowed in wanted.items():
            response = client.get(f"{BUREAU}{cle}/")
            assert refused(response) == (role not in allowed), (role.nom, cle)


def test_what_was_published_in_a_hurry_stays_until_both_sides_have_read_it(moderation: StrictClient) -> None:
    one = urgence(title="Numéros utiles")
    html = lue(moderation, "urgences")
    assert "Numéros utiles" in html
    assert "Un numéro était faux." in html
    FichePage.objects.get(pk=one.page_id).save_revision().publish()
    assert "Numéros utiles" not in lue(moderation, "urgences")


def test_nobody_is_asked_to_review_again_a_page_that_she_may_not_open() -> None:
    index_fiches("en")
    groupes_des_roles()
    urgence(title="Numéros utiles")
    assert "Numéros utiles" not in lue(connecte(personne(roles.TRADUCTIONS[0])), "urgences")
    assert "Numéros utiles" in lue(connecte(personne(roles.REDACTION)), "urgences")


def test_pages_whose_date_has_come_are_to_be_refreshed(moderation: StrictClient) -> None:
    old, fresh = a_revoir(title="Ancienne"), FichePageFactory(title="Récente")
    fresh.save_revision().publish()
    html = lue(moderation, "a-revoir")
    assert "Ancienne" in html
    assert "Récente" not in html
    assert f'href="/admin/rapports/a-revoir/toujours-valable/?page={old.pk}"' in html


def test_who_wrote_a_page_sees_it_without_the_right_to_confirm_it() -> None:
    groupes_des_roles()
    auteur = personne(roles.CONTRIBUTION)
    a_revoir(title="La mienne", owner=auteur)
    a_revoir(title="Celle d’un autre")
    html = lue(connecte(auteur), "a-revoir")
    assert "La mienne" in html
    assert "Celle d’un autre" not in html
    assert "toujours-valable" not in html


def test_open_proposals_wait_in_the_desk(moderation: StrictClient) -> None:
    one = proposer(titre="Un atelier cuisine")
    proposer(titre="Déjà close", etat="refusee")
    proposer(titre="Pas confirmée", etat="a_confirmer")
    html = lue(moderation, "propositions")
    assert "Un atelier cuisine" in html
    assert one.url_admin in html
    assert "Déjà close" not in html
    assert "Pas confirmée" not in html


@pytest.mark.parametrize("cle", CLES)
def test_filters_keep_what_they_say_and_refuse_the_rest(moderation: StrictClient, cle: str) -> None:
    make = {"urgences": urgence, "a-revoir": a_revoir}.get(cle)
    for title in ("Lettre de mission", "Comité"):
        if make is None:
            proposer(titre=title)
        else:
            make(title=title)
    html = lue(moderation, cle, "?q=lettre")
    assert "Lettre de mission" in html
    assert "Comité" not in html
    assert moderation.get(f"{BUREAU}{cle}/?langue=klingon&age=x&genre=-1").status_code == 200


def test_the_first_screen_shows_them(moderation: StrictClient) -> None:
    a_revoir(title="Ancienne")
    proposer(titre="Un atelier cuisine")
    html = moderation.get("/admin/").content.decode()
    assert "Ancienne" in html
    assert "Un atelier cuisine" in html


@pytest.mark.parametrize("cle", CLES)
def test_the_cost_does_not_grow(moderation: StrictClient, cle: str) -> None:
    def make(number: int) -> None:
        for _ in range(number):
            {"urgences": urgence, "a-revoir": a_revoir, "propositions": proposer}[cle]()

    assert_same_cost(make, lambda: moderation.get(f"{BUREAU}{cle}/"), limit=50)
    # The home page and the index have no date yet, and are to be looked at too.
    assert lue(moderation, cle).count('class="bureau-ligne"') == (12 if cle == "a-revoir" else 10)
