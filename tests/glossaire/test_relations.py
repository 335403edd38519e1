"""The concepts in the admin: who changes what stands around a word, and what is refused in words."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import ModelLogEntry

from glossaire.models import Concept, Relation, TermePage
from glossaire.operations import relations as operations
from glossaire.queries.concepts import titres, voisinage
from redaction import roles
from redaction.roles import ROLES
from tests.factories import TermePageFactory, UtilisateurFactory, glossaire, groupes_des_roles
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.redaction.test_matrice import refused
from tests.redaction.test_publication import personne
from tests.variantes.traduction import client_de

pytestmark = pytest.mark.django_db
MODIFIENT = {roles.REDACTION, roles.MODERATION}


@pytest.fixture(autouse=True)
def team() -> None:
    glossaire()
    groupes_des_roles()


@pytest.fixture
def redactrice() -> StrictClient:
    return client_de(personne(roles.REDACTION))


def mot(titre: str, **extra: Any) -> Concept:
    return Concept.objects.get(cle=TermePageFactory(title=titre, **extra).translation_key)


def adresse(concept: Concept, nom: str = "edit") -> str:
    return reverse(f"concepts_du_glossaire:{nom}", args=[concept.pk])


def poster(client: StrictClient, concept: Concept, **cotes: str) -> HttpResponse:
    data = {"identifiant": concept.identifiant, **dict.fromkeys(operations.COTES, ""), **cotes}
    response = client.post(adresse(concept), data)
    assert response.status_code in {200, 302, 403}
    return response


def autour(concept: Concept) -> dict[str, list[str]]:
    found = voisinage(concept)
    names = titres(found.tous())
    return {cote: [names[each.pk] for each in each_side] for cote, each_side in found.concepts.items() if each_side}


def erreurs(response: HttpResponse) -> str:
    form = response.context["form"]
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


class TestScreen:
    def test_relations_are_seen_from_both_sides(self, redactrice: StrictClient) -> None:
        a, b, c, d, e = (mot(name) for name in ("Pair-aidance", "Aidant", "Soutien", "Médiation en santé", "Groupe"))
        response = poster(
            redactrice,
            a,
            voisins='"Aidant"',
            a_distinguer='"Médiation en santé"',
            plus_larges="Soutien",
            plus_precis="groupe",
        )
        assert response.status_code == 302
        assert autour(a) == {
            "voisins": ["Aidant"],
            "a_distinguer": ["Médiation en santé"],
            "plus_larges": ["Soutien"],
            "plus_precis": ["Groupe"],
        }
        assert autour(b) == {"voisins": ["Pair-aidance"]}
        assert autour(c) == {"plus_precis": ["Pair-aidance"]}
        assert autour(d) == {"a_distinguer": ["Pair-aidance"]}
        assert autour(e) == {"plus_larges": ["Pair-aidance"]}
        page = redactrice.get(adresse(d)).content.decode()
        assert 'value="Pair-aidance"' in page

    def test_what_is_left_out_is_taken_away(self, redactrice: StrictClient) -> None:
        a, _b = mot("A"), mot("B")
        poster(redactrice, a, voisins="B")
        poster(redactrice, a)
        assert not Relation.objects.exists()

    def test_words_go_by_any_name_or_identifier(self, redactrice: StrictClient) -> None:
        a = mot("A")
        mot("Éducation thérapeutique du patient", sigle="ETP", autres_noms="Éducation du patient")
        mot("Deux mots, une virgule", slug="deux-mots")
        poster(redactrice, a, voisins='"education du PATIENT", deux-mots')
        assert autour(a) == {"voisins": ["Éducation thérapeutique du patient", "Deux mots, une virgule"]}
        again = redactrice.get(adresse(a)).context["form"].initial["voisins"]
        poster(redactrice, a, voisins=again)
        assert len(autour(a)["voisins"]) == 2

    def test_an_unknown_word_is_named(self, redactrice: StrictClient) -> None:
        response = poster(redactrice, mot("A"), voisins="Inconnu, Autre inconnu")
        assert "Pas dans le glossaire : « Inconnu », « Autre inconnu »." in erreurs(response)
        assert 'value="Inconnu, Autre inconnu"' in response.content.decode()

    def test_a_name_that_two_have_asks_which(self, redactrice: StrictClient) -> None:
        mot("Double", slug="un", brouillon=True)
        mot("Double", slug="deux", brouillon=True)
        a = mot("A")
        assert "Plusieurs mots portent ce nom : « Double »" in erreurs(poster(redactrice, a, voisins="Double"))
        assert poster(redactrice, a, voisins="deux").status_code == 302

    @pytest.mark.parametrize("value", ['"', '"a', ",,,", "\n\n", "é" * 6000, '"a"b"'])
    def test_any_text_is_answered(self, redactrice: StrictClient, value: str) -> None:
        poster(redactrice, mot("A"), voisins=value)
        assert not Relation.objects.exists()

    def test_the_address_of_a_public_word_stays(self, redactrice: StrictClient) -> None:
        a, draft = mot("A", slug="a"), mot("B", slug="b", brouillon=True)
        for concept in (a, draft):
            poster(redactrice, concept, identifiant="autre" if concept == a else "meilleur")
        assert set(Concept.objects.values_list("identifiant", flat=True)) == {"a", "meilleur"}
        assert "existe déjà" in erreurs(poster(redactrice, draft, identifiant="a"))

    def test_it_is_in_the_history(self, redactrice: StrictClient) -> None:
        a, _b = mot("A"), mot("B")
        poster(redactrice, a, plus_larges="B")
        poster(redactrice, a, plus_larges="B")
        entry = ModelLogEntry.objects.for_instance(a).get()
        assert entry.message == "Relations : ajouté : Mots plus larges : B"
        assert "Mots plus larges : B" in redactrice.get(adresse(a, "history")).content.decode()


class TestRefusals:
    def test_none_with_itself(self, redactrice: StrictClient) -> None:
        assert "n’est pas en relation avec lui-même" in erreurs(poster(redactrice, mot("A"), voisins="A"))

    def test_no_circle_at_any_distance(self, redactrice: StrictClient) -> None:
        a, b, _c = mot("A"), mot("B"), mot("C")
        poster(redactrice, a, plus_larges="B")
        poster(redactrice, b, plus_larges="C", plus_precis="A")
        assert "« B » est à la fois plus large et plus précis" in erreurs(
            poster(redactrice, a, plus_larges="B", plus_precis="C")
        )
        assert autour(a) == {"plus_larges": ["B"]}

    def test_what_is_above_is_no_neighbour(self, redactrice: StrictClient) -> None:
        a, b, _c = mot("A"), mot("B"), mot("C")
        poster(redactrice, b, plus_larges="C")
        refusal = "« C » est plus large ou plus précis que ce mot : ce n’est pas un voisin."
        assert refusal in erreurs(poster(redactrice, a, plus_larges="B", voisins="C"))
        assert autour(a) == {}

    def test_nor_do_others_become_above_their_neighbours(self, redactrice: StrictClient) -> None:
        a, b, c = mot("A"), mot("B"), mot("C")
        poster(redactrice, a, plus_larges="B")
        poster(redactrice, a, plus_larges="B", voisins="C")
        assert "« A » et « C » sont voisins" in erreurs(poster(redactrice, b, plus_larges="C", plus_precis="A"))
        assert autour(c) == {"voisins": ["A"]}

    def test_what_another_screen_did_meanwhile_is_said(
        self, redactrice: StrictClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a, b = mot("A"), mot("B")
        Relation.objects.create(de=b, vers=a, genre="plus_large")
        monkeypatch.setattr(operations, "verifier", lambda *_given: None)
        response = poster(redactrice, a, plus_larges="B", plus_precis="B")
        assert "Un mot ne peut pas être plus large que lui-même" in erreurs(response)
        assert Relation.objects.count() == 1

    def test_the_database_agrees_with_what_is_told(self) -> None:
        """What the checks let pass, the triggers let pass too."""
        user = UtilisateurFactory(superutilisateur=True)
        made = [mot(f"M{rank}") for rank in range(4)]
        for a in made:
            for b in made:
                for cote in operations.COTES:
                    kept = {name: {each.pk for each in found} for name, found in voisinage(a).concepts.items()}
                    kept[cote].add(b.pk)
                    try:
                        operations.ecrire_relations(a, user, kept)
                    except ValidationError:
                        continue
                    except IntegrityError:
                        pytest.fail("the triggers refused what the checks let pass")


class TestRights:
    def test_by_role(self) -> None:
        a, b = mot("A"), mot("B")
        for role in (*ROLES, None):
            client = client_de(personne(role)) if role else StrictClient()
            Relation.objects.all().delete()
            allowed = role in MODIFIENT
            assert refused(client.get(reverse("concepts_du_glossaire:index"))) == (not allowed), role
            assert refused(client.get(adresse(a))) == (not allowed), role
            assert refused(poster(client, a, voisins="B")) == (not allowed), role
            assert (Relation.objects.filter(de=a, vers=b).exists()) == allowed, role
            assert refused(client.get(reverse("glossaire_proposer"), {"term": "a"})) == (not allowed), role

    def test_nobody_adds_one(self) -> None:
        for client in (client_de(personne(roles.MODERATION)), client_de(UtilisateurFactory(superutilisateur=True))):
            assert refused(client.post(reverse("concepts_du_glossaire:add"), {"identifiant": "x"}))
        assert not Concept.objects.exists()

    def test_the_moderation_deletes_what_no_page_names(self) -> None:
        a = mot("A")
        for role, gone in ((roles.REDACTION, False), (roles.MODERATION, False)):
            client_de(personne(role)).post(adresse(a, "delete"))
            assert Concept.objects.exists() != gone
        TermePage.objects.all().delete()
        client_de(personne(roles.REDACTION)).post(adresse(a, "delete"))
        assert Concept.objects.exists()
        client_de(personne(roles.MODERATION)).post(adresse(a, "delete"))
        assert not Concept.objects.exists()

    def test_the_operation_itself_asks(self) -> None:
        with pytest.raises(PermissionDenied):
            operations.ecrire_relations(mot("A"), personne(roles.CONTRIBUTION), {})


class TestList:
    def test_every_language_is_shown_and_searched(self, redactrice: StrictClient) -> None:
        french = TermePageFactory(title="Pair-aidance", autres_noms="entraide")
        TermePageFactory(langue="en", title="Peer support", version_de=french, brouillon=True)
        TermePageFactory(title="Binôme")
        url = reverse("concepts_du_glossaire:index")
        page = redactrice.get(url).content.decode()
        assert "Pair-aidance" in page
        assert '<span lang="en" dir="auto">Peer support</span> (brouillon)' in page
        for query in ("ENTRAIDE", "peer", "pair-aid"):
            found = redactrice.get(url, {"q": query}).content.decode()
            assert "Pair-aidance" in found
            assert "Binôme" not in found

    def test_it_costs_the_same_for_1_and_for_10(self) -> None:
        client = client_de(UtilisateurFactory(superutilisateur=True))
        url = reverse("concepts_du_glossaire:index")
        mot("Un")
        one = queries_of(lambda: client.get(url))
        for rank in range(9):
            mot(f"Mot {rank}")
        assert len(queries_of(lambda: client.get(url))) == len(one)

    def test_titles_are_offered_while_one_types(self, redactrice: StrictClient) -> None:
        TermePageFactory(title="Éducation thérapeutique", sigle="ETP")
        response = redactrice.get(reverse("glossaire_proposer"), {"term": "etp"})
        assert response.json() == ["Éducation thérapeutique"]


class TestEditor:
    def test_the_words_around_are_in_the_editor_of_the_term(self, redactrice: StrictClient) -> None:
        a, _b = mot("A"), mot("B")
        poster(redactrice, a, a_distinguer="B")
        url = reverse("wagtailadmin_pages:edit", args=[TermePage.objects.get(title="A").pk])
        page = redactrice.get(url).content.decode()
        assert "À ne pas confondre avec" in page
        assert adresse(a) in page

    def test_who_may_not_change_them_reads_them(self) -> None:
        user = personne(roles.CONTRIBUTION)
        a = mot("A", owner=user, brouillon=True)
        page = client_de(user).get(reverse("wagtailadmin_pages:edit", args=[TermePage.objects.get().pk]))
        assert page.status_code == 200
        assert "Ce mot n’est encore relié à aucun autre" in page.content.decode()
        assert adresse(a) not in page.content.decode()

    def test_a_new_term_has_none_yet(self, redactrice: StrictClient) -> None:
        page = redactrice.get(reverse("wagtailadmin_pages:add", args=["glossaire", "termepage", glossaire().pk]))
        assert "Ce mot n’est encore relié" not in page.content.decode()

    def test_the_pictogram_is_chosen_by_the_words(self, redactrice: StrictClient) -> None:
        page = redactrice.get(reverse("wagtailadmin_pages:add", args=["glossaire", "termepage", glossaire().pk]))
        assert reverse("pictogrammes_choisir") in page.content.decode()
        assert "js/admin/pictogrammes" in page.content.decode()

    def test_the_desk_has_its_button(self) -> None:
        for role, shown in ((roles.CONTRIBUTION, True), (roles.REDACTION_FALC, False)):
            page = client_de(personne(role)).get(reverse("wagtailadmin_home")).content.decode()
            assert ("Ajouter un mot" in page) == shown
