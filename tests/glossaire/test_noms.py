"""The names of the terms: who has which, and what every process knows of them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from glossaire.lexique import lexique
from glossaire.models import NomDeTerme, TermePage
from tests.factories import TermePageFactory, glossaire, proteger, publier

pytestmark = pytest.mark.django_db


def noms(page: object) -> dict[str, str]:
    rows = NomDeTerme.objects.filter(page=page).exclude(genre="forme").order_by("pk")
    return dict(rows.values_list("texte", "genre"))


class TestTable:
    def test_every_name_has_its_row(self) -> None:
        terme = TermePageFactory(
            title="Éducation thérapeutique",
            sigle="ETP",
            developpe="éducation thérapeutique du patient",
            autres_noms="éducation du patient\n  éducation   thérapeutique \n\n",
        )
        assert noms(terme) == {
            "Éducation thérapeutique": "prefere",
            "éducation du patient": "autre",
            "éducation thérapeutique du patient": "developpe",
            "ETP": "sigle",
        }

    def test_they_follow_the_page(self) -> None:
        terme = TermePageFactory(title="Usager partenaire", autres_noms="patient partenaire")
        terme.autres_noms = ""
        terme.save()
        assert noms(terme) == {"Usager partenaire": "prefere"}

    def test_the_database_refuses_a_name_twice(self) -> None:
        first, second = TermePageFactory(title="Binôme"), TermePageFactory(title="Duo")
        row = NomDeTerme.objects.get(page=second, genre="prefere")
        row.cle = NomDeTerme.objects.get(page=first, genre="prefere").cle
        with pytest.raises(IntegrityError, match="glossaire_nom_unique"), transaction.atomic():
            row.save()


class TestSharedNames:
    def test_publishing_a_name_that_is_taken_is_refused(self) -> None:
        TermePageFactory(title="Maison de santé", sigle="MSP")
        draft = TermePageFactory(title="Médiateur de santé-pair", sigle="MSP", brouillon=True)
        with pytest.raises(ValidationError, match="est déjà un nom du terme « Maison de santé »"):
            publier(draft)
        draft.refresh_from_db()
        assert not draft.live

    def test_case_and_accents_make_no_other_name(self) -> None:
        TermePageFactory(title="Défraiement")
        with pytest.raises(ValidationError, match="Défraiement"):
            TermePageFactory(title="Autre", autres_noms="defraiement")

    def test_another_language_may_have_it(self) -> None:
        terme = TermePageFactory(title="Consultation")
        TermePageFactory(langue="en", title="Consultation", version_de=terme)
        assert len(lexique("en")) == 1


class TestLexicon:
    def test_it_has_what_anyone_may_read(self) -> None:
        terme = TermePageFactory(title="Pair-aidance", sigle="PA", definition="Une aide entre pairs.")
        TermePageFactory(title="Brouillon", brouillon=True)
        TermePageFactory(title="Réservé", protegee="login")
        (mot,) = lexique("fr")
        assert (mot.pk, mot.titre, mot.definition, mot.noms) == (
            terme.pk,
            "Pair-aidance",
            "Une aide entre pairs.",
            ("Pair-aidance", "PA"),
        )
        assert mot.url == "/fr/glossaire/pair-aidance/"
        assert lexique("fr").mot("pair-AIDANCE") == mot
        assert lexique("fr").du_concept(terme.translation_key) == mot

    def test_it_follows_every_change(self) -> None:
        assert not lexique("fr")
        terme = TermePageFactory(title="Defraiement")
        assert [mot.titre for mot in lexique("fr")] == ["Defraiement"]
        terme.title = "Défraiement"
        publier(terme)
        assert [mot.titre for mot in lexique("fr")] == ["Défraiement"]
        proteger(terme)
        assert not lexique("fr")

    def test_unpublished_and_deleted_terms_leave_it(self) -> None:
        one, two = TermePageFactory(), TermePageFactory()
        one.unpublish()
        two.delete()
        assert not lexique("fr")

    def test_a_draft_leaves_it_as_it_is(self) -> None:
        terme = TermePageFactory(title="Binôme", publiee=True)
        before = lexique("fr")
        terme.title = "Duo"
        terme.save_revision()
        assert lexique("fr") is before

    def test_it_costs_one_query_for_1_and_for_10(self, django_assert_num_queries: object) -> None:
        for _rank in range(10):
            TermePageFactory(autres_noms="")
        from socle.frame import frame

        frame()
        from glossaire.lexique import oublier

        oublier()
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert len(lexique("fr")) == 10
        with django_assert_num_queries(0):  # type: ignore[operator]
            lexique("fr")


class TestDrafts:
    """A draft keeps nobody from a name but those who come after it."""

    def test_a_public_term_passes_before_a_draft(self) -> None:
        TermePageFactory(title="Médiateur", sigle="MSP", brouillon=True)
        terme = TermePageFactory(title="Maison de santé", sigle="MSP", publiee=True)
        assert terme.live

    def test_a_copy_does_not_hold_its_model(self) -> None:
        terme = TermePageFactory(title="Maison de santé", brouillon=True)
        copy = TermePageFactory(title="Maison de santé", slug="copie", brouillon=True)
        terme.refuser_les_noms_pris()
        with pytest.raises(ValidationError, match=r"« Maison de santé » \(brouillon\)"):
            copy.refuser_les_noms_pris()

    def test_a_new_term_meets_every_name(self) -> None:
        TermePageFactory(title="Maison de santé", brouillon=True)
        new = TermePage(title="maison de sante", locale=glossaire().locale)
        with pytest.raises(ValidationError, match=r"\(brouillon\)"):
            new.refuser_les_noms_pris()
