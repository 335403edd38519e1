"""A term in the editor: its revisions compared, its preview, where it is used."""

from typing import Any

import pytest
from django.urls import reverse

from glossaire.models import TermePage
from redaction import roles
from tests.factories import FichePageFactory, TermePageFactory, blocs, groupes_des_roles, publier
from tests.harness.html import StrictClient
from tests.redaction.test_publication import personne
from tests.variantes.traduction import client_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def redactrice() -> StrictClient:
    FichePageFactory()
    TermePageFactory()
    groupes_des_roles()
    return client_de(personne(roles.REDACTION))


def test_revisions_are_compared(redactrice: StrictClient) -> None:
    terme = TermePageFactory(
        title="Binôme", autres_noms="duo", explication=[blocs.texte("<p>Deux personnes.</p>")], publiee=True
    )
    first = terme.latest_revision_id
    terme.autres_noms = "duo\ntandem"
    terme.sigle = "BIN"
    terme.definition = "Deux personnes qui travaillent ensemble."
    second = terme.save_revision().pk
    answer = redactrice.get(reverse("wagtailadmin_pages:revisions_compare", args=[terme.pk, first, second]))
    assert answer.status_code == 200
    shown = answer.content.decode()
    for words in ("Définition courte", "Autres noms", "tandem", "Sigle"):
        assert words.lower() in shown.lower()


@pytest.mark.parametrize("langue", ["fr", "fr-simple", "ar"])
def test_a_draft_is_previewed(langue: str) -> None:
    terme = TermePageFactory(
        langue=langue, title="Binôme", brouillon=True, texte_falc=[blocs.lignes("Vous êtes deux.")]
    )
    answer = terme.make_preview_request()
    assert answer.status_code == 200
    assert "Binôme" in answer.content.decode()


def test_a_term_tells_which_pages_use_it(redactrice: StrictClient) -> None:
    terme = TermePageFactory(title="Binôme")
    text = f'<p>Un <a linktype="terme" id="{terme.translation_key}">duo</a>.</p>'
    publier(FichePageFactory(title="Animer à deux", corps=[blocs.texte(text)]))
    answer = redactrice.get(reverse("wagtailadmin_pages:usage", args=[terme.pk]))
    assert "Animer à deux" in answer.content.decode()


def enregistrer(client: StrictClient, terme: TermePage, **data: Any) -> Any:
    given = {
        "title": terme.title,
        "slug": terme.slug,
        "definition": terme.definition,
        "explication-count": "0",
        "sources-count": "0",
        "exemple": "null",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "expliquer_les_mots": "on",
        "relier": "on",
        **data,
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[terme.pk]), given)


def test_a_name_that_is_taken_is_told_at_its_field(redactrice: StrictClient) -> None:
    TermePageFactory(title="Maison de santé", sigle="MSP")
    terme = TermePageFactory(title="Médiateur", brouillon=True)
    answer = enregistrer(redactrice, terme, sigle="msp")
    assert answer.status_code == 200
    assert "« msp » est déjà un nom du terme « Maison de santé »" in str(answer.context["form"].errors["sigle"])
    saved = enregistrer(redactrice, terme, sigle="MDS")
    assert saved.status_code == 302
    assert TermePage.objects.get(pk=terme.pk).get_latest_revision_as_object().sigle == "MDS"


def test_a_name_that_no_field_of_the_form_has_is_told_all_the_same(redactrice: StrictClient) -> None:
    TermePageFactory(title="Maison de santé")
    terme = TermePageFactory(title="Médiateur", brouillon=True)
    answer = enregistrer(redactrice, terme, title="maison de santé")
    assert "est déjà un nom du terme" in str(answer.context["form"].errors["title"])
