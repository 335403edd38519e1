"""The concepts behind the terms, and how they stand to each other."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from glossaire.models import Concept, Relation
from tests.factories import TermePageFactory

pytestmark = pytest.mark.django_db
ASSOCIE, DISTINGUER, LARGE = Relation.Genre.ASSOCIE, Relation.Genre.A_DISTINGUER, Relation.Genre.PLUS_LARGE


def concepts(*names: str) -> list[Concept]:
    return [Concept.objects.create(cle=uuid.uuid4(), identifiant=name) for name in names]


def relier(de: Concept, genre: str, vers: Concept) -> Relation:
    return Relation.objects.create(de=de, genre=genre, vers=vers)


def refuse(de: Concept, genre: str, vers: Concept, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        relier(de, genre, vers)


class TestConcept:
    def test_versions_of_a_term_share_it(self) -> None:
        terme = TermePageFactory(title="Pair-aidance", slug="pair-aidance")
        TermePageFactory(langue="en", title="Peer support", version_de=terme)
        concept = Concept.objects.get()
        assert (concept.cle, concept.identifiant) == (terme.translation_key, "pair-aidance")

    def test_two_terms_of_one_slug_have_two_identifiers(self) -> None:
        TermePageFactory(title="Référent", slug="referent")
        TermePageFactory(langue="en", title="Referent", slug="referent")
        assert set(Concept.objects.values_list("identifiant", flat=True)) == {"referent", "referent-2"}

    def test_it_outlives_its_terms(self) -> None:
        terme = TermePageFactory(slug="defraiement")
        terme.delete()
        assert Concept.objects.get().identifiant == "defraiement"


class TestRelations:
    def test_a_symmetrical_one_is_kept_once(self) -> None:
        a, b = concepts("a", "b")
        relier(a, ASSOCIE, b)
        refuse(a, ASSOCIE, b, "glossaire_relation_unique")
        refuse(b, ASSOCIE, a, "glossaire_relation_symetrique_une_fois")

    @pytest.mark.parametrize("genre", [ASSOCIE, DISTINGUER, LARGE])
    def test_none_with_itself(self, genre: str) -> None:
        (a,) = concepts("a")
        refuse(a, genre, a, "glossaire_relation")

    def test_no_circle_at_any_distance(self) -> None:
        a, b, c = concepts("a", "b", "c")
        relier(a, LARGE, b)
        refuse(b, LARGE, a, "glossaire_relation_sans_cycle")
        relier(b, LARGE, c)
        refuse(c, LARGE, a, "glossaire_relation_sans_cycle")

    def test_no_circle_by_a_change(self) -> None:
        a, b, c = concepts("a", "b", "c")
        relier(a, LARGE, b)
        relation = relier(b, LARGE, c)
        relation.vers = a
        with pytest.raises(IntegrityError, match="glossaire_relation_sans_cycle"), transaction.atomic():
            relation.save()

    def test_two_broader_ones_are_no_circle(self) -> None:
        a, b, c, d = concepts("a", "b", "c", "d")
        for de, vers in ((a, b), (a, c), (b, d), (c, d)):
            relier(de, LARGE, vers)
        assert Relation.objects.count() == 4

    def test_what_is_above_is_not_associated(self) -> None:
        a, b, c = concepts("a", "b", "c")
        relier(a, LARGE, b)
        relier(b, LARGE, c)
        refuse(a, ASSOCIE, b, "glossaire_relation_associe_ou_plus_large")
        refuse(a, ASSOCIE, c, "glossaire_relation_associe_ou_plus_large")
        relier(a, DISTINGUER, c)

    def test_what_is_associated_does_not_come_above(self) -> None:
        a, b, c, d = concepts("a", "b", "c", "d")
        relier(a, ASSOCIE, d)
        refuse(a, LARGE, d, "glossaire_relation_associe_ou_plus_large")
        refuse(d, LARGE, a, "glossaire_relation_associe_ou_plus_large")
        relier(a, LARGE, b)
        relier(c, LARGE, d)
        refuse(b, LARGE, c, "glossaire_relation_associe_ou_plus_large")
