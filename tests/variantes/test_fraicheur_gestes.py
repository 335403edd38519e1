"""What is done from the grid and from the editor of a variant that is behind."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail_localize.models import Translation

from redaction import roles
from redaction.roles import Role
from tests.factories import FichePageFactory, UtilisateurFactory, proteger
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import PERSONNES, refused, signed_in
from tests.socle.reading import one, soup
from tests.socle.test_publication import fresh
from tests.variantes.fraicheur import (
    GRILLE,
    arbre,
    changer,
    lignes,
    publier_brouillon,
    source,
    synchroniser,
    traduire,
    variante,
    versions,
)
from variantes.models import VersionDeRevision, VersionSource
from variantes.operations.fraicheur import PRISE_EN_COMPTE, TOUJOURS_VALABLE

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

    def test_a_translation_takes_the_french_text_and_not_its_word(self) -> None:
        page = source()
        translation = synchroniser(page)
        version = publier_brouillon(traduire(translation))
        changer(page)
        client = StrictClient()
        client.force_login(UtilisateurFactory(groupes=[roles.MODERATION.nom]))
        taken = f"{reverse('variantes_prise_en_compte')}?v={version.pk}:2"
        assert taken not in client.get(reverse("wagtailadmin_pages:edit", args=[version.pk])).content.decode()
        answer = client.post(taken)
        assert "traduite passage par passage : reprenez le texte français" in one(answer, "[role=alert]").get_text()
        assert versions(version) == (1, 1)
        assert VersionDeRevision.objects.get(revision=version.latest_revision_id).version == 1
        assert not PageLogEntry.objects.filter(action=PRISE_EN_COMPTE).exists()
        # An ordinary page again: it is for those who write it to say.
        Translation.objects.filter(pk=translation.pk).update(enabled=False)
        assert client.post(taken).status_code == 302
        assert versions(version) == (1, 2)

    def test_those_who_may_not_change_the_variant_read_no_comparison(self) -> None:
        version = variante(source())
        client = StrictClient()
        client.force_login(UtilisateurFactory(redacteur=True))
        assert refused(client.get(reverse("variantes_changements", args=[version.pk])))


class TestCreating:
    """What is missing is begun from its cell, by those who may."""

    def adresses(self, page: Any) -> dict[str, str]:
        submit = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        return {
            "fr-simple": reverse("variantes_creer_falc", args=[page.pk]),
            "en": f"{submit}?select_locale=en",
            "ar": f"{submit}?select_locale=ar",
        }

    def offertes(self, client: StrictClient, page: Any) -> set[str]:
        """Return the languages whose cell leads to the making of a version."""
        response = client.get(f"{GRILLE}?q={page.title}")
        shown = {link["href"] for link in soup(response).select("td a")} if response.status_code == 200 else set()
        return {code for code, address in self.adresses(page).items() if address in shown}

    @PERSONNES
    def test_it_is_offered_to_those_whom_it_lets_in(self, role: Role) -> None:
        arbre("ar")
        client, _user = signed_in(role)
        page = source(title="Accueillir")
        expected = {
            roles.REDACTION: {"en", "ar"},
            roles.REDACTION_FALC: {"fr-simple"},
            roles.MODERATION: {"fr-simple", "en", "ar"},
            **{each: set(each.langues) & {"en", "ar"} for each in roles.TRADUCTIONS},
        }.get(role, set())
        assert self.offertes(client, page) == expected
        for code, address in self.adresses(page).items():
            if code in expected:
                assert client.get(address).status_code == 200, code
            elif code == "fr-simple" or not expected:
                assert refused(client.get(address)), code

    def test_what_is_there_is_opened_and_not_begun(self) -> None:
        arbre("ar")
        page = source(title="Accueillir")
        variante(page)
        client, _user = signed_in(roles.MODERATION)
        assert self.offertes(client, page) == {"en", "ar"}

    def test_what_is_closed_has_no_version_in_falc_and_is_not_for_translators(self) -> None:
        arbre("ar")
        page = source(title="Accueillir")
        proteger(page, "groups", groupe="Cercle")
        # She sees the row of what she has translated.
        variante(page, "ar")
        both = UtilisateurFactory(groupes=[each.nom for each in roles.TRADUCTIONS if {"en", "ar"} & set(each.langues)])
        client = StrictClient()
        client.force_login(both)
        assert page.title in lignes(both)
        assert self.offertes(client, page) == set()
        assert refused(client.get(self.adresses(page)["en"]))
        writer, _user = signed_in(roles.MODERATION)
        assert self.offertes(writer, page) == {"en"}
        assert writer.get(self.adresses(page)["en"]).status_code == 200

    def test_nothing_is_begun_from_a_page_that_is_not_public(self) -> None:
        page = FichePageFactory(title="Ébauche", brouillon=True)
        client, _user = signed_in(roles.MODERATION)
        assert self.offertes(client, page) == set()
