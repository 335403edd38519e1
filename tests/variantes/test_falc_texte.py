"""The text in FALC: what readers get in place of the ordinary fields, and what it costs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from home.models import HomePage
from socle.models import BasePage
from tests.factories import (
    AgendaPageFactory,
    ContactPageFactory,
    EvenementPageFactory,
    FichePageFactory,
    FichesIndexPageFactory,
    FichierFactory,
    IllustrationFactory,
    InformationPageFactory,
    accueil,
    blocs,
    index_fiches,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.socle.reading import one, soup, texts
from variantes.blocks.falc import TexteFalcBlock
from variantes.models.falc import PageAvecFalc

pytestmark = pytest.mark.django_db

FALC = "fr-simple"
ORDINAIRE = "<p>Du français ordinaire.</p>"


def page_d_accueil(**values: Any) -> HomePage:
    home = accueil(FALC)
    for name, value in values.items():
        setattr(home, name, value)
    home.save()
    return home


def pages() -> dict[str, Callable[..., BasePage]]:
    """How to make a page of each kind in FALC; each also holds ordinary French that no reader must see."""
    ordinaire = [blocs.texte(ORDINAIRE)]
    return {
        "accueil": lambda **values: page_d_accueil(introduction=ORDINAIRE, corps=ordinaire, **values),
        "information": lambda **values: InformationPageFactory(parent=accueil(FALC), corps=ordinaire, **values),
        "contact": lambda **values: ContactPageFactory(parent=accueil(FALC), introduction=ORDINAIRE, **values),
        "index": lambda **values: FichesIndexPageFactory(parent=accueil(FALC), introduction=ORDINAIRE, **values),
        "fiche": lambda **values: FichePageFactory(
            parent=index_fiches(FALC),
            objectifs=ORDINAIRE,
            besoins=ORDINAIRE,
            vigilance=ORDINAIRE,
            corps=ordinaire,
            etapes=[blocs.etape("Ordinaire", ORDINAIRE)],
            exemples=[blocs.exemple("Ordinaire", ORDINAIRE)],
            **values,
        ),
        "agenda": lambda **values: AgendaPageFactory(parent=accueil(FALC), introduction=ORDINAIRE, **values),
        "evenement": lambda **values: EvenementPageFactory(
            langue=FALC,
            presentation=ORDINAIRE,
            compte_rendu=ORDINAIRE,
            corps=ordinaire,
            programme=[{"type": "moment", "value": {"heure": "", "titre": "Ordinaire", "texte": ORDINAIRE}}],
            **values,
        ),
    }


KINDS = ["accueil", "information", "contact", "index", "fiche", "agenda", "evenement"]


class TestForReaders:
    @pytest.mark.parametrize("kind", KINDS)
    def test_the_text_in_falc_stands_in_place_of_the_ordinary_fields(self, client: StrictClient, kind: str) -> None:
        texte = [blocs.titre("Venir"), blocs.lignes("Vous êtes invité.", "Venez.")]
        page = pages()[kind](title="Facile", texte_falc=texte)
        response = client.get(page.url)
        assert texts(response, "main .idee__lignes p") == ["Vous êtes invité.", "Venez."]
        assert one(response, "main h2#venir").get_text() == "Venir"
        assert "rdinaire" not in one(response, "main").get_text()

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_text_that_nobody_validated_says_so(self, client: StrictClient, kind: str) -> None:
        page = pages()[kind](title="Facile")
        assert texts(client.get(page.url), ".etiquette-falc") == ["Version simple, pas encore validée"]

    def test_every_block_is_written(self, client: StrictClient) -> None:
        tous = blocs.tous_falc(IllustrationFactory(), FichierFactory(), accueil().pk)
        assert {bloc["type"] for bloc in tous} == set(TexteFalcBlock().child_blocks)
        page = InformationPageFactory(parent=accueil(FALC), texte_falc=tous)
        response = client.get(page.url)
        assert len(soup(response).select(".pictogramme img[alt]")) == 5
        assert texts(response, "dfn") == ["Usager"]
        assert texts(response, ".question-falc__question") == ["Qui peut venir ?"]
        assert texts(response, "ol.etapes .etape__titre") == ["Inviter", "Accueillir"]
        assert texts(response, ".encadre__titre") == ["Attention"]

    def test_headings_have_their_own_anchors_and_form_the_table_of_contents(self, client: StrictClient) -> None:
        texte = [blocs.titre("Étape"), blocs.titre("Étape"), blocs.titre("Documents", "h3")]
        page = FichePageFactory(
            parent=index_fiches(FALC), texte_falc=texte, documents=[blocs.document(FichierFactory())]
        )
        response = client.get(page.url)
        links = [link["href"] for link in soup(response).select(".sommaire a")]
        assert links == ["#étape", "#étape-2", "#documents-2"]

    def test_other_languages_never_show_it(self, client: StrictClient) -> None:
        for langue in ("fr", "en"):
            page = InformationPageFactory(parent=accueil(langue), texte_falc=[blocs.lignes("Facile.")])
            assert "Facile." not in client.get(page.url).content.decode()

    def test_each_concrete_page_knows_how_it_is_shown_in_falc(self) -> None:
        assert {
            model.__name__: bool(model.template_falc) for model in apps.get_models() if issubclass(model, PageAvecFalc)
        } == {
            "HomePage": True,
            "InformationPage": True,
            "ContactPage": True,
            "FichesIndexPage": True,
            "FichePage": True,
            "GlossairePage": True,
            "TermePage": True,
            "AgendaPage": True,
            "EvenementPage": True,
        }

    def test_thanks_after_a_message_are_in_easy_words(self, client: StrictClient) -> None:
        page = ContactPageFactory(parent=accueil(FALC))
        assert texts(client.get(f"{page.url}?envoye=1"), ".message--success p") == [
            "Merci. Nous avons bien reçu votre message."
        ]


@pytest.mark.parametrize("kind", ["lignes", "mot_explique", "question", "etapes", "image", "document", "liens"])
def test_many_blocks_cost_no_more_than_one(client: StrictClient, kind: str) -> None:
    page = FichePageFactory(parent=index_fiches(FALC))
    made: list[Any] = []

    def block() -> Any:
        tous = blocs.tous_falc(IllustrationFactory(), FichierFactory(), InformationPageFactory().pk)
        return next(bloc for bloc in tous if bloc["type"] == kind)

    def make(number: int) -> None:
        made.extend(block() for _ in range(number))
        type(page).objects.filter(pk=page.pk).update(texte_falc=made)

    assert_same_cost(make, lambda: client.get(page.url))
