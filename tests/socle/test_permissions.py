"""Who may manage what: vocabularies, menus, settings and languages belong to administrators."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from socle.models import VOCABULAIRES, Menu, ReglagesSite, Utilisateur
from tests.factories import FichePageFactory, InformationPageFactory, UtilisateurFactory, terme
from tests.harness.html import StrictClient
from tests.socle.test_navigation import menu

pytestmark = pytest.mark.django_db


def addresses() -> Iterator[str]:
    """Yield every screen that changes what belongs to administrators."""
    term = terme("publics", "usagers")
    shown = menu(("Lien", "/fr/"))
    site = Site.objects.get(is_default_site=True)
    locale = Locale.objects.get(language_code="en")
    for model in VOCABULAIRES:
        name = f"wagtailsnippets_socle_{model._meta.model_name}"
        yield reverse(f"{name}:list")
        yield reverse(f"{name}:add")
    for name, pk in (("wagtailsnippets_socle_public", term.pk), ("wagtailsnippets_socle_menu", shown.pk)):
        yield reverse(f"{name}:edit", args=[pk])
        yield reverse(f"{name}:delete", args=[pk])
    yield reverse("wagtailsnippets_socle_menu:list")
    yield reverse("wagtailsnippets_socle_menu:add")
    yield reverse("wagtailsettings:edit", args=["socle", "reglagessite"])
    yield reverse("wagtailsettings:edit", args=["socle", "reglagessite", site.pk])
    yield reverse("wagtaillocales:index")
    yield reverse("wagtaillocales:add")
    yield reverse("wagtaillocales:edit", args=[locale.pk])
    yield reverse("wagtaillocales:delete", args=[locale.pk])
    yield reverse("wagtailsites:index")
    yield reverse("wagtailusers_users:index")
    yield reverse("wagtailusers_users:add")
    yield reverse("wagtailusers_groups:index")
    yield reverse("wagtailredirects:index")
    yield reverse("wagtail_localize:submit_snippet_translation", args=["socle", "public", str(term.pk)])
    yield reverse("wagtail_localize:submit_snippet_translation", args=["socle", "menu", str(shown.pk)])


def state() -> dict[str, Any]:
    """Return all that a refused request must leave as it was."""
    return {
        "terms": [list(model.objects.order_by("pk").values()) for model in VOCABULAIRES],
        "menus": list(Menu.objects.values()),
        "settings": list(ReglagesSite.objects.values()),
        "locales": list(Locale.objects.values()),
        "users": Utilisateur.objects.count(),
        "pages": Page.objects.count(),
    }


@pytest.mark.parametrize(
    ("who", "make"),
    [
        ("anonymous", AnonymousUser),
        ("member", UtilisateurFactory),
        ("editor", lambda: UtilisateurFactory(redacteur=True)),
        ("moderator", lambda: UtilisateurFactory(moderateur=True)),
    ],
)
def test_nobody_else_opens_or_posts_to_them(client: StrictClient, who: str, make: Callable[[], Any]) -> None:
    paths = list(addresses())
    user = make()
    if user.is_authenticated:
        client.force_login(user)
    before = state()
    english = Locale.objects.get(language_code="en").pk
    data = {"nom": "Pirate", "slug": "pirate", "ordre": "1", "language_code": "es", "locales": [english]}
    for path in paths:
        for response in (client.get(path), client.post(path, data)):
            assert response.status_code in {302, 403}, (who, path, response.status_code)
            if response.status_code == 302:
                assert response.url in {"/admin/", f"/admin/login/?next={path}"}, (path, response.url)
    assert state() == before


def test_an_administrator_opens_them_all(admin_client: StrictClient) -> None:
    for path in addresses():
        response = admin_client.get(path, follow=True)
        assert response.status_code == 200, path


def test_an_editor_finds_none_of_them_in_the_menu(client: StrictClient) -> None:
    client.force_login(UtilisateurFactory(redacteur=True))
    html = client.get("/admin/").content.decode()
    for word in ("Vocabulaires", "Menus du site", "Réglages du site", "/admin/locales/"):
        assert word not in html


def test_an_administrator_is_not_offered_to_add_languages(admin_client: StrictClient) -> None:
    html = admin_client.get("/admin/").content.decode()
    assert "Vocabulaires" in html
    assert "Menus du site" in html
    assert "/admin/locales/" not in html


class TestEditors:
    def test_an_editor_writes_but_does_not_publish(self, client: StrictClient) -> None:
        page = InformationPageFactory(title="Avant")
        client.force_login(UtilisateurFactory(redacteur=True))
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        data = {"title": "Après", "slug": page.slug, "resume": "", "corps-count": "0", "action-publish": "1"}
        assert client.get(edit).status_code == 200
        client.post(edit, data)
        assert Page.objects.get(pk=page.pk).title == "Avant"

    def test_an_editor_sees_the_preview_of_a_draft_and_nobody_else_does(self, client: StrictClient) -> None:
        page = FichePageFactory(title="Brouillon", brouillon=True)
        page.save_revision()
        draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        assert client.get(draft).status_code == 302
        client.force_login(UtilisateurFactory(redacteur=True))
        assert "Brouillon" in client.get(draft).content.decode()
        assert StrictClient().get(page.url).status_code == 404


class TestAccounts:
    def test_an_account_is_an_address_whatever_its_case(self) -> None:
        user = Utilisateur.objects.create_user("Camille@Exemple.test", "x")
        assert user.email == "camille@exemple.test"
        assert Utilisateur.objects.get_by_natural_key("CAMILLE@exemple.TEST") == user

    def test_two_accounts_never_share_an_address(self) -> None:
        UtilisateurFactory(email="camille@exemple.test")
        with pytest.raises(IntegrityError), transaction.atomic():
            Utilisateur.objects.create(email="CAMILLE@exemple.test")

    def test_an_account_needs_an_address(self) -> None:
        with pytest.raises(ValueError, match="e-mail"):
            Utilisateur.objects.create_user("")

    def test_a_superuser_signs_in_with_any_case(self, client: StrictClient) -> None:
        Utilisateur.objects.create_superuser("chef@exemple.test", "mot-de-passe-de-test")
        assert client.login(username="Chef@Exemple.test", password="mot-de-passe-de-test")

    def test_a_person_is_called_by_name_or_by_address(self) -> None:
        assert str(UtilisateurFactory(first_name="Camille", last_name="Exemple")) == "Camille Exemple"
        assert str(UtilisateurFactory(first_name="", last_name="", email="a@exemple.test")) == "a@exemple.test"
