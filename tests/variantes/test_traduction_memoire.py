"""What published pages say for the same words is proposed, and read before it is submitted."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from tests.redaction.test_matrice import refused
from tests.variantes.traduction import Traduction, client_de
from variantes.queries.memoire import souvenirs
from variantes.queries.traductions import avancement

pytestmark = pytest.mark.django_db


@pytest.fixture
def deux() -> tuple[Traduction, Traduction]:
    """Return a page that is published in English, and another with the same words."""
    published = Traduction(titre="La première")
    published.traduire()
    published.soumettre()
    published.decider(published.relectrice)
    return published, Traduction(titre="La seconde")


def proposes(traduction: Traduction) -> dict[str, Any]:
    return souvenirs(traduction.translation, avancement(traduction.translation).manquantes)


def test_the_words_of_a_public_page_are_proposed_with_where_they_come_from(deux: tuple[Traduction, ...]) -> None:
    published, other = deux
    found = proposes(other)
    assert found["Avant"].texte == "Avant [en]"
    assert found["Avant"].page.pk == published.page.pk
    assert "La seconde" not in found
    edit = reverse("wagtailadmin_pages:edit", args=[other.page.pk])
    html = client_de(other.traductrice).get(edit).content.decode()
    assert "La première [en]" in html
    assert "Reprendre les" in html


def test_words_that_nobody_approved_are_not_proposed(deux: tuple[Traduction, ...]) -> None:
    published, other = deux
    published.traduire(lambda text: f"{text} [2]")
    assert proposes(other) == {}
    fresh = Traduction("ar", titre="La troisième")
    assert proposes(fresh) == {}


def test_what_is_taken_again_is_read_before_it_is_submitted(deux: tuple[Traduction, ...]) -> None:
    _published, other = deux
    url = reverse("variantes_memoire", args=[other.translation.pk])
    client = client_de(other.traductrice)
    client.post(url, {"source": "Avant"})
    taken = StringTranslation.objects.get(data="Avant [en]", context__object_id=other.source.translation_key)
    assert (taken.translation_type, taken.tool_name) == ("machine", "Mémoire : « La première [en] »")
    assert taken.last_translated_by == other.traductrice
    assert [chaine.pk for chaine in avancement(other.translation).a_lire] == [taken.pk]
    assert proposes(other).keys() == {"Ce que la fiche aide à faire.", "Un <b>premier</b> texte.", "Un second."}
    client.post(url)
    assert proposes(other) == {}
    assert [chaine.source for chaine in avancement(other.translation).manquantes] == ["La seconde"]
    client.post(url, {"source": "Avant"})
    assert StringTranslation.objects.filter(context__object_id=other.source.translation_key).count() == 4


def test_only_those_who_translate_take_again(deux: tuple[Traduction, ...]) -> None:
    _published, other = deux
    url = reverse("variantes_memoire", args=[other.translation.pk])
    for user in (other.relectrice, None):
        assert refused(client_de(user).post(url))
    assert not StringTranslation.objects.filter(context__object_id=other.source.translation_key).exists()
