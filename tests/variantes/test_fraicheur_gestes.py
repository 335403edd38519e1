"""What is done from the grid and from the editor of a variant that is behind."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from redaction import roles
from tests.factories import UtilisateurFactory
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import refused
from tests.socle.reading import soup
from tests.socle.test_publication import fresh
from tests.variantes.fraicheur import GRILLE, arbre, changer, source, variante, versions
from variantes.models import VersionDeRevision, VersionSource
from variantes.operations.fraicheur import TOUJOURS_VALABLE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trees() -> None:
    arbre("fr-simple", "en")


class TestActs:
    def test_chosen_variants_are_confirmed_from_the_grid(self) -> None:
        page, other = source(title="Accueillir"), source(title="Écouter")
        easy, english = variante(page), variante(other, "en")
        changer(page)
        changer(other)
        client = StrictClient()
        client.force_login(UtilisateurFactory(groupes=[roles.REDACTION_FALC.nom]))
        form = soup(client.get(GRILLE)).select_one('form[action$="toujours-valable/"]')
        assert [box["value"] for box in form.select('input[name="v"]')] == [f"{easy.pk}:2"]
        url = f"{form['action']}?v={easy.pk}:2"
        assert client.post(url, {"note": ""}).context["form"].errors
        answer = client.post(url, {"note": "Relu"}, follow=True)
        assert "1 page est toujours valable." in answer.content.decode()
        assert versions(easy) == (2, 2)
        assert refused(client.post(f"{form['action']}?v={easy.pk}:2&v={english.pk}:2", {"note": "Relu"}))
        assert versions(english) == (1, 1)

    def test_a_newer_text_in_between_is_told(self, admin_client: StrictClient) -> None:
        page = source()
        version = variante(page)
        changer(page)
        url = f"{reverse('variantes_toujours_valable')}?v={version.pk}:2"
        changer(page)
        answer = admin_client.post(url, {"note": "Relu"})
        assert "vient encore de changer" in answer.content.decode()
        assert not PageLogEntry.objects.filter(action=TOUJOURS_VALABLE).exists()

    @pytest.mark.parametrize("query", ["", "?v=", "?v=abc", "?v=1", "?v=99999999999:1", "?v=999999:1"])
    @pytest.mark.parametrize("name", ["variantes_toujours_valable", "variantes_prise_en_compte"])
    def test_nothing_chosen_comes_back_to_the_grid(self, name: str, query: str, admin_client: StrictClient) -> None:
        assert admin_client.get(f"{reverse(name)}{query}").headers["Location"] == GRILLE

    def test_the_editor_says_that_the_french_page_has_changed(self) -> None:
        page = source()
        version = variante(page)
        client = StrictClient()
        client.force_login(UtilisateurFactory(groupes=[roles.REDACTION_FALC.nom]))
        editor = reverse("wagtailadmin_pages:edit", args=[version.pk])
        assert "La page en français a changé" not in client.get(editor).content.decode()
        changer(page, resume="Un tout autre résumé.")
        html = client.get(editor).content.decode()
        assert "La page en français a changé le" in html
        changes = reverse("variantes_changements", args=[version.pk])
        assert changes in html
        comparison = client.get(changes)
        assert comparison.status_code == 200
        assert "Un tout autre résumé." in " ".join(soup(comparison).get_text().split())
        taken = f"{reverse('variantes_prise_en_compte')}?v={version.pk}:2"
        assert taken in html
        assert client.get(taken).status_code == 200
        assert client.post(taken).headers["Location"] == editor
        assert versions(version) == (1, 2)
        assert "le texte public, pas encore" in client.get(editor).content.decode()

    def test_there_is_nothing_to_compare(self, admin_client: StrictClient) -> None:
        page = source()
        version = variante(page)
        changes = reverse("variantes_changements", args=[version.pk])
        assert "Rien n’a changé" in admin_client.get(changes, follow=True).content.decode()
        VersionSource.objects.update(numero=5)
        VersionDeRevision.objects.all().delete()
        assert "plus gardée" in admin_client.get(changes, follow=True).content.decode()
        fresh(page).unpublish()
        assert "plus publique" in admin_client.get(changes, follow=True).content.decode()
        of_the_source = reverse("variantes_changements", args=[page.pk])
        assert admin_client.get(of_the_source, follow=True).status_code == 404

    def test_those_who_may_not_change_the_variant_read_no_comparison(self) -> None:
        version = variante(source())
        client = StrictClient()
        client.force_login(UtilisateurFactory(redacteur=True))
        assert refused(client.get(reverse("variantes_changements", args=[version.pk])))
