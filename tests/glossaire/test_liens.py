"""Links to a term made by hand: chosen in the editor, kept by the key of the concept, shown in each language."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html
from wagtail_localize.models import Translation

from glossaire.models import Concept
from redaction import roles
from socle.blocks.textes import FEATURES
from tests.factories import FichePageFactory, TermePageFactory, blocs, groupes_des_roles, index_fiches, publier
from tests.harness.html import StrictClient
from tests.redaction.test_publication import personne
from tests.socle.reading import soup
from tests.variantes.equipe import introuvable
from tests.variantes.traduction import Traduction

pytestmark = pytest.mark.django_db
CONVERTER = ContentstateConverter(FEATURES)


def lien(cle: Any, mots: str = "les pairs") -> str:
    return f'<a id="{cle}" linktype="terme">{mots}</a>'


def ouvert(html: str) -> dict[str, Any]:
    """Return the first entity of a text, as the editor has it."""
    state = json.loads(CONVERTER.from_database_format(html))
    entity: dict[str, Any] = next(iter(state["entityMap"].values()))
    return entity


def enregistre(data: dict[str, Any]) -> str:
    block = {
        "key": "abcde",
        "text": "Voir les pairs ici",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 5, "length": 9, "key": 0}],
    }
    entity = {"type": "TERME", "mutability": "MUTABLE", "data": data}
    return str(CONVERTER.to_database_format(json.dumps({"blocks": [block], "entityMap": {"0": entity}})))


class TestEditor:
    def test_a_link_comes_back_as_it_was(self) -> None:
        terme = TermePageFactory(title="Pair-aidance")
        entity = ouvert(f"<p>Voir {lien(terme.translation_key)} ici</p>")
        assert entity["type"] == "TERME"
        assert entity["data"] == {"id": str(terme.translation_key), "titre": "Pair-aidance"}
        assert f'<a linktype="terme" id="{terme.translation_key}">les pairs</a>' in enregistre(entity["data"])

    def test_a_term_that_is_gone_stays_a_link(self) -> None:
        cle = uuid4()
        assert ouvert(f"<p>{lien(cle)}</p>")["data"] == {"id": str(cle), "titre": ""}

    @pytest.mark.parametrize("cle", ["", "12", '" onclick="alert(1)', None, {"a": 1}])
    def test_what_is_no_key_is_text(self, cle: Any) -> None:
        html = enregistre({"id": cle, "titre": "x"})
        assert "Voir les pairs ici" in html
        assert "<a" not in html

    def test_every_editor_has_its_button(self) -> None:
        index_fiches()
        user = personne(roles.REDACTION)
        client = StrictClient()
        client.force_login(user)
        address = reverse("wagtailadmin_pages:add", args=["fiches", "fichepage", index_fiches().pk])
        page = client.get(address).content.decode()
        assert "TERME" in page
        assert "js/admin/lien_terme" in page


class TestRendering:
    def test_it_leads_to_the_term_in_the_language_of_the_reader(self) -> None:
        terme = TermePageFactory(title="Pair-aidance", slug="pair-aidance")
        english = TermePageFactory(langue="en", title="Peer support", slug="peer-support", version_de=terme)
        text = f"<p>{lien(terme.translation_key)}</p>"
        with override("fr"):
            assert expand_db_html(text) == (
                f'<p><a class="mot" href="/fr/glossaire/pair-aidance/" data-mot="{terme.pk}">les pairs</a></p>'
            )
        with override("en"):
            assert f'data-mot="{english.pk}"' in expand_db_html(text)

    @pytest.mark.parametrize("cle", ["00000000-0000-4000-8000-000000000000", "12", ""])
    def test_without_a_public_term_the_words_alone(self, cle: str) -> None:
        TermePageFactory(brouillon=True, translation_key=UUID(int=7))
        with override("fr"):
            assert expand_db_html(f"<p>{lien(cle)}</p>") == "<p><a>les pairs</a></p>"
            assert expand_db_html(f"<p>{lien(UUID(int=7))}</p>") == "<p><a>les pairs</a></p>"

    def test_ten_links_cost_what_one_costs(self, django_assert_num_queries: Any) -> None:
        keys = [TermePageFactory().translation_key for _rank in range(10)]
        with override("fr"):
            expand_db_html(lien(keys[0]))
            with django_assert_num_queries(0):
                expand_db_html("".join(lien(key) for key in keys))

    def test_the_page_shows_it(self) -> None:
        terme = TermePageFactory(title="Pair-aidance", slug="pair-aidance")
        fiche = FichePageFactory(corps=[blocs.texte(f"<p>Voir {lien(terme.translation_key)}.</p>")])
        page = StrictClient().get(fiche.url).content.decode()
        assert f'<a class="mot" href="/fr/glossaire/pair-aidance/" data-mot="{terme.pk}"' in page

    def test_it_is_the_first_meeting_of_its_word(self) -> None:
        terme = TermePageFactory(title="Pair-aidance", slug="pair-aidance")
        text = f"<p>Voir {lien(terme.translation_key)}. La pair-aidance se vit.</p><p>La pair-aidance, encore.</p>"
        fiche = FichePageFactory(corps=[blocs.texte(text)])
        page = soup(StrictClient().get(fiche.url))
        assert [link.get_text() for link in page.select("a.mot")] == ["les pairs"]

    def test_without_it_the_first_words_that_say_it(self) -> None:
        TermePageFactory(title="Pair-aidance", slug="pair-aidance")
        fiche = FichePageFactory(corps=[blocs.texte("<p>La pair-aidance se vit.</p><p>La pair-aidance, encore.</p>")])
        page = soup(StrictClient().get(fiche.url))
        assert [link.get_text() for link in page.select("a.mot")] == ["pair-aidance"]


class TestReferences:
    def test_the_term_and_its_concept_know_who_uses_them(self) -> None:
        terme = TermePageFactory()
        fiche = FichePageFactory(corps=[blocs.texte(f"<p>{lien(terme.translation_key)}</p>")])
        publier(fiche)
        concept = Concept.objects.get(cle=terme.translation_key)
        for target in (terme, concept):
            (reference,) = ReferenceIndex.get_references_to(target)
            assert reference.object_id == str(fiche.pk)

    @pytest.mark.parametrize("cle", ["12", ""])
    def test_what_names_nothing_refers_to_nothing(self, cle: str) -> None:
        publier(FichePageFactory(corps=[blocs.texte(f"<p>{lien(cle)}</p>")]))
        assert not ReferenceIndex.objects.filter(to_content_type__model="concept").exists()


class TestTranslation:
    def test_the_link_crosses_a_translation(self) -> None:
        terme = TermePageFactory(title="Pair-aidance")
        TermePageFactory(langue="en", title="Peer support", slug="peer-support", version_de=terme)
        corps = [blocs.texte(f"<p>Lire {lien(terme.translation_key)} et <b>plus</b>.</p>")]
        traduction = Traduction(corps=corps)
        sources = [segment.string.data for segment in traduction.segments()]
        assert 'Lire <a id="a1">les pairs</a> et <b>plus</b>.' in sources
        traduction.traduire(lambda text: text.replace("Lire", "Read").replace("les pairs", "peers"))
        traduction.soumettre()
        traduction.decider(traduction.relectrice)
        page = traduction.page
        assert lien(terme.translation_key, "peers") in page.corps[0].value.source
        public = StrictClient().get(page.url).content.decode()
        assert 'href="/en/glossaire/peer-support/"' in public

    def test_a_page_sent_again_keeps_it(self) -> None:
        terme = TermePageFactory()
        traduction = Traduction(corps=[blocs.texte(f"<p>Lire {lien(terme.translation_key)}.</p>")])
        Translation.objects.get(pk=traduction.translation.pk).save_target(publish=False)
        revision = traduction.page.get_latest_revision_as_object()
        assert lien(terme.translation_key) in revision.corps[0].value.source


class TestChooser:
    @pytest.fixture(autouse=True)
    def team(self) -> None:
        index_fiches("fr")
        groupes_des_roles()

    @staticmethod
    def liste(client: StrictClient, **query: Any) -> str:
        response = client.get(reverse("choisir_mot:choose"), query)
        assert response.status_code == 200
        return str(json.loads(response.content)["html"])

    @staticmethod
    def de(role: Any) -> StrictClient:
        client = StrictClient()
        client.force_login(personne(role))
        return client

    def test_by_any_name_neither_case_nor_accents(self) -> None:
        TermePageFactory(title="Usager partenaire", autres_noms="patient partenaire")
        TermePageFactory(title="Éducation thérapeutique du patient", sigle="ETP")
        client = self.de(roles.REDACTION)
        assert "Usager partenaire" in self.liste(client, q="PATIENT part")
        found = self.liste(client, q="etp")
        assert "Éducation thérapeutique du patient" in found
        assert "Usager partenaire" not in found
        assert "Aucun mot ne s’appelle « zzz »" in self.liste(client, q="zzz")

    def test_terms_of_the_language_of_the_page(self) -> None:
        french, english = TermePageFactory(title="Binôme"), TermePageFactory(langue="en", title="Pair of people")
        client = self.de(roles.REDACTION)
        assert "Pair of people" not in self.liste(client)
        found = self.liste(client, page=english.get_parent().pk)
        assert "Pair of people" in found
        assert "Binôme" not in found
        assert "Binôme" in self.liste(client, page=french.pk)

    @pytest.mark.parametrize("page", ["0", "x", "99999999999999999999", "1", "999999"])
    def test_a_page_that_is_none_means_french(self, page: str) -> None:
        TermePageFactory(title="Binôme")
        assert "Binôme" in self.liste(self.de(roles.REDACTION), page=page)

    def test_drafts_are_for_those_who_may_change_them(self) -> None:
        terme = TermePageFactory(title="Brouillonné", brouillon=True)
        assert "Brouillonné" in self.liste(self.de(roles.REDACTION))
        contribution = self.de(roles.CONTRIBUTION)
        assert "Brouillonné" not in self.liste(contribution)
        assert introuvable(contribution.get(reverse("choisir_mot:chosen", args=[terme.pk])))

    def test_what_is_chosen_is_the_concept(self) -> None:
        terme = TermePageFactory(title="Binôme")
        response = self.de(roles.CONTRIBUTION).get(reverse("choisir_mot:chosen", args=[terme.pk]))
        assert json.loads(response.content) == {
            "step": "chosen",
            "result": {"id": str(terme.translation_key), "titre": "Binôme"},
        }

    @pytest.mark.parametrize("pk", ["0", "x", "99999999999999999999", "²"])
    def test_what_is_no_term_is_not_found(self, pk: str) -> None:
        assert introuvable(self.de(roles.REDACTION).get(reverse("choisir_mot:chosen", args=[pk])))

    @pytest.mark.parametrize("name", ["create", "chosen_multiple"])
    def test_nothing_is_made_in_the_chooser(self, name: str) -> None:
        assert introuvable(self.de(roles.REDACTION).get(reverse(f"choisir_mot:{name}")))

    def test_whoever_may_add_a_term_is_told_where(self) -> None:
        TermePageFactory()
        assert "Ajoutez-le au glossaire" in self.liste(self.de(roles.REDACTION))
        assert "Ajoutez-le au glossaire" not in self.liste(self.de(roles.RELECTURES_TRADUCTION[0]))

    @pytest.mark.parametrize("name", ["choose", "choose_results"])
    def test_nobody_from_outside(self, name: str) -> None:
        response = StrictClient().get(reverse(f"choisir_mot:{name}"))
        assert response.status_code == 302
        assert "login" in response.headers["Location"]

    def test_a_list_costs_the_same_for_1_and_for_10(self) -> None:
        client = self.de(roles.REDACTION)
        TermePageFactory()
        self.liste(client)
        with CaptureQueriesContext(connection) as one:
            self.liste(client)
        for _rank in range(9):
            TermePageFactory()
        with CaptureQueriesContext(connection) as ten:
            self.liste(client)
        assert len(ten) == len(one)
