"""The words explained in the texts of a page: which, where, in what order, and what each page keeps to itself."""

import re

import pytest
from bs4 import BeautifulSoup

from glossaire import explications, lexique
from glossaire.models import TermePage
from home.models import InformationPage
from socle.models import BasePage
from tests.factories import (
    FichePageFactory,
    InformationPageFactory,
    TermePageFactory,
    accueil,
    blocs,
    proteger,
    publier,
)
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of

pytestmark = pytest.mark.django_db
TEXTE = "<p>Un binôme et l’ETP. Encore un binôme.</p>"


@pytest.fixture
def mots() -> list[TermePage]:
    etp = TermePageFactory(title="Éducation thérapeutique", sigle="ETP", definition="Apprendre avec sa maladie.")
    return [etp, TermePageFactory(title="Binôme", definition="Deux personnes <b>ensemble</b>.")]


def page_de(client: StrictClient, page: BasePage) -> BeautifulSoup:
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def explique(page: BeautifulSoup) -> list[tuple[str, str]]:
    """The words and the numbers of their notes."""
    return [(mot.get_text(), mot["data-note"]) for mot in page.select("a.mot")]


def notes(page: BeautifulSoup) -> list[str]:
    return [" ".join(note.dfn.get_text().split()) for note in page.select(".mots-de-la-page li")]


class TestThePage:
    def test_a_word_calls_its_note(self, client: StrictClient, mots: list[TermePage]) -> None:
        page = page_de(client, InformationPageFactory(corps=[blocs.texte(TEXTE)]))
        assert explique(page) == [("binôme", "1"), ("ETP", "2")]
        assert notes(page) == ["Binôme", "Éducation thérapeutique (ETP)"]
        mot = page.select_one("a.mot")
        assert (mot["href"], mot["data-mot"]) == (mots[1].url, str(mots[1].pk))
        note = page.select_one(f"#mot-{mots[1].pk}")
        assert note.select_one(".note__definition").get_text() == "Deux personnes <b>ensemble</b>."
        assert note.a["href"] == mots[1].url
        assert len(page.select("script[src*=mots]")) == 1

    def test_numbers_follow_the_page_across_its_texts(self, client: StrictClient, mots: list[TermePage]) -> None:
        troisieme = TermePageFactory(title="Défraiement")
        fiche = FichePageFactory(
            besoins="<ul><li>Un défraiement</li></ul>",
            etapes=[blocs.etape("Inviter", "<p>Le binôme vient.</p>")],
            corps=[blocs.tableau("<p>L’ETP</p>"), blocs.questions(("Un binôme ?", "<p>Défraiement, ETP.</p>"))],
        )
        page = page_de(client, fiche)
        assert explique(page) == [("défraiement", "1"), ("binôme", "2"), ("ETP", "3")]
        assert notes(page) == [troisieme.title, "Binôme", "Éducation thérapeutique (ETP)"]
        # A page that is kept says the same again.
        assert explique(page_de(client, fiche)) == explique(page)

    def test_plain_cells_of_a_table_explain_words_too(self, client: StrictClient, mots: list[TermePage]) -> None:
        page = page_de(client, InformationPageFactory(corps=[blocs.tableau("Un binôme <i>&", type_colonne="texte")]))
        assert explique(page) == [("binôme", "1")]
        assert "<i>&" in page.select_one("td:has(a.mot)").get_text()

    def test_a_link_made_by_hand_has_the_number_of_its_word(self, client: StrictClient, mots: list[TermePage]) -> None:
        page = InformationPageFactory(corps=[blocs.texte()])
        etp, binome = mots
        ecrits = explications.Explications(page, lexique.lexique("fr"))
        lien = f'<a class="mot" href="{etp.url}" data-mot="{etp.pk}">le programme</a>'
        html = ecrits.ecrire(f"<p>Un binôme, {lien} ; puis l’ETP.</p>", 0, riche=True)
        assert re.findall(r'data-mot="(\d+)" data-note="(\d)"', html) == [(str(binome.pk), "1"), (str(etp.pk), "2")]
        again = ecrits.ecrire(f"<p>Encore {lien}.</p>", 0, riche=True)
        assert re.findall(r'data-note="(\d)"', again) == ["2"]
        assert [mot.pk for mot in ecrits.mots] == [binome.pk, etp.pk]

    def test_a_page_without_such_words_has_neither_list_nor_script(
        self, client: StrictClient, mots: list[TermePage]
    ) -> None:
        for options in (
            {"corps": [blocs.texte("<p>Rien à dire.</p>")]},
            {"corps": [blocs.texte(TEXTE)], "expliquer_les_mots": False},
            {"corps": [blocs.texte(TEXTE)], "mots_non_expliques": "ETP, binômes"},
        ):
            page = page_de(client, InformationPageFactory(**options))
            assert not page.select(".mots-de-la-page, a.mot, script[src*=mots]")

    def test_headings_links_and_titles_stay_as_they_are(self, client: StrictClient, mots: list[TermePage]) -> None:
        corps = [
            blocs.titre("Le binôme"),
            blocs.texte('<p><a href="https://exemple.test/">Un binôme</a></p>'),
            blocs.citation("Un binôme."),
        ]
        page = page_de(client, InformationPageFactory(title="Binôme", corps=corps))
        assert not page.select("h1 a.mot, h2 a.mot, a a, .mots-de-la-page")

    def test_a_term_does_not_explain_itself(self, client: StrictClient, mots: list[TermePage]) -> None:
        terme = TermePageFactory(title="Usager", explication=[blocs.texte("<p>Un usager en binôme.</p>")])
        assert explique(page_de(client, terme)) == [("binôme", "1")]

    def test_in_easy_french_the_writer_explains(self, client: StrictClient) -> None:
        TermePageFactory(langue="fr-simple", title="Binôme")
        page = InformationPageFactory(parent=accueil("fr-simple"), texte_falc=[blocs.lignes("Un binôme.")])
        assert not page_de(client, page).select("a.mot")

    def test_each_language_has_its_own(self, client: StrictClient, mots: list[TermePage]) -> None:
        page = InformationPageFactory(parent=accueil("en"), corps=[blocs.texte("<p>ETP, binôme, pair.</p>")])
        assert explique(page_de(client, page)) == []
        TermePageFactory(langue="en", title="Pair", version_de=mots[1])
        assert explique(page_de(client, page)) == [("pair", "1")]


class TestReaders:
    def test_a_word_that_is_not_public_is_explained_to_nobody(self, admin_client: StrictClient) -> None:
        TermePageFactory(title="Binôme", live=False)
        ferme = TermePageFactory(title="Défraiement")
        page = InformationPageFactory(corps=[blocs.texte("<p>Un binôme, un défraiement.</p>")])
        assert explique(page_de(admin_client, page)) == [("défraiement", "1")]
        proteger(ferme)
        assert explique(page_de(admin_client, page)) == []

    def test_what_is_published_shows_at_once(self, client: StrictClient) -> None:
        page = InformationPageFactory(corps=[blocs.texte(TEXTE)])
        assert explique(page_de(client, page)) == []
        terme = TermePageFactory(title="Binôme", publiee=True)
        assert notes(page_de(client, page)) == ["Binôme"]
        terme.title = "Duo"
        publier(terme)
        assert explique(page_de(client, page)) == []
        terme.autres_noms = "binôme"
        publier(terme)
        assert notes(page_de(client, page)) == ["Duo"]
        terme.unpublish()
        assert explique(page_de(client, page)) == []


def test_words_explained_cost_no_query_where_the_lexicon_is_known(client: StrictClient) -> None:
    accueil()
    for rang in range(10):
        TermePageFactory(title=f"Motrare {'abcdefghij'[rang]}")
    texte = " ".join(f"motrare {lettre}" for lettre in "abcdefghij")
    avec = InformationPageFactory(corps=[blocs.texte(f"<p>{texte}</p>")])
    sans = InformationPageFactory(corps=[blocs.texte("<p>Rien.</p>")], expliquer_les_mots=False)
    dear = queries_of(lambda: client.get(avec.url))
    cheap = queries_of(lambda: client.get(sans.url))
    assert len(InformationPage.objects.get(pk=avec.pk).corps) == 1
    # The lexicon stays known to the process: what is asked is at most its version.
    assert len(dear) <= len(cheap) + 1 <= 15


def test_a_full_resource_stays_within_the_budget_in_a_process_that_knows_nothing(
    client: StrictClient, mots: list[TermePage]
) -> None:
    fiche = FichePageFactory(complete=True, besoins=TEXTE)

    def get() -> None:
        lexique.oublier()
        explications.resultats.clear()
        assert "data-note" in client.get(fiche.url).content.decode()

    assert len(queries_of(get)) <= 15


class TestPreview:
    def test_what_a_preview_leaves_out_is_not_left_out_for_readers(
        self, client: StrictClient, mots: list[TermePage]
    ) -> None:
        page = InformationPageFactory(corps=[blocs.texte(TEXTE)], publiee=True)
        essai = InformationPage.objects.get(pk=page.pk)
        essai.mots_non_expliques = "ETP"
        redaction = explications.redaction_de(essai)
        assert redaction is not None
        assert "data-mot" in redaction.riche(TEXTE)
        assert [mot.titre for mot in redaction.ajouts()] == ["Binôme"]
        assert [mot for mot, _note in explique(page_de(client, page))] == ["binôme", "ETP"]
