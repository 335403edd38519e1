"""The shared vocabularies: the same terms in every language, seeded once."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Locale

from socle.models import VOCABULAIRES, Public, Thematique
from socle.operations import semer_vocabulaires
from tests.factories import without_editors_indexes

pytestmark = pytest.mark.django_db
CODES = {code for code, _ in settings.LANGUAGES}
SLUGS = {
    "Nature": "soins etp pair-aidance mediation formation recherche qualite gouvernance coordination",
    "Contexte": "hopital ville medico-social sante-mentale precarite domicile recherche enseignement",
    "Echelle": "micro meso macro",
    "NiveauEngagement": "information consultation collaboration partenariat",
    "Public": "usagers aidants representants associations professionnels-sante professionnels-social structures"
    " enseignants-chercheurs",
    "Territoire": "75 77 78 91 92 93 94 95 region",
    "Thematique": "cadre gouvernance formation ressources espaces reconnaissance",
}


@pytest.fixture
def seeded() -> int:
    with without_editors_indexes():
        return semer_vocabulaires()


def test_every_term_exists_in_every_language_under_one_slug(seeded: int) -> None:
    assert {model.__name__ for model in VOCABULAIRES} == set(SLUGS)
    total = 0
    for model in VOCABULAIRES:
        for code in CODES:
            terms = model.objects.filter(locale__language_code=code).order_by("ordre")
            assert [term.slug for term in terms] == SLUGS[model.__name__].split(), (model, code)
            assert all(term.nom.strip() for term in terms)
            total += len(terms)
        for slug in SLUGS[model.__name__].split():
            assert model.objects.filter(slug=slug).values("translation_key").distinct().count() == 1
    assert seeded == total


def test_names_are_translated_and_not_repeated(seeded: int) -> None:
    for model in VOCABULAIRES:
        if model.__name__ == "Territoire":  # the names of the départements are the same everywhere
            continue
        for slug in SLUGS[model.__name__].split():
            names = dict(model.objects.filter(slug=slug).values_list("locale__language_code", "nom"))
            assert names["ar"] not in {names["fr"], names["en"]}, (model, slug)
        for code in CODES:
            names = list(model.objects.filter(locale__language_code=code).values_list("nom", flat=True))
            assert len(set(names)) == len(names), (model, code)


def test_a_second_run_creates_nothing_and_keeps_what_was_changed(seeded: int) -> None:
    term = Public.objects.get(slug="usagers", locale__language_code="fr")
    term.nom, term.ordre = "Usagers et patients", 5
    term.save()
    assert semer_vocabulaires() == 0
    term.refresh_from_db()
    assert (term.nom, term.ordre) == ("Usagers et patients", 5)


def test_a_missing_translation_is_created_again(seeded: int) -> None:
    Public.objects.filter(slug="aidants", locale__language_code="en").delete()
    assert semer_vocabulaires() == 1
    found = Public.objects.get(slug="aidants", locale__language_code="en")
    assert found.translation_key == Public.objects.get(slug="aidants", locale__language_code="fr").translation_key


def test_a_slug_is_used_once_in_a_language() -> None:
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    Thematique.objects.create(nom="Cadre", slug="cadre", locale=french)
    Thematique.objects.create(nom="Framework", slug="cadre", locale=english)
    with pytest.raises(ValidationError, match="existe déjà"):
        Thematique(nom="Autre", slug="cadre", locale=french).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Thematique.objects.create(nom="Autre", slug="cadre", locale=french)


@pytest.mark.parametrize("slug", ["avec espace", "é", "a/b", "", "a" * 61, "<x>"])
def test_a_slug_may_stand_in_an_address(slug: str) -> None:
    with pytest.raises(ValidationError) as error:
        Public(nom="Nom", slug=slug, locale=Locale.objects.get(language_code="fr")).full_clean()
    assert "slug" in error.value.message_dict
