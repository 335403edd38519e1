"""Requests that no view should see, and the headers of every answer."""

from typing import Any

import pytest

from tests.factories import ContactPageFactory, FichePageFactory, accueil
from tests.harness.html import StrictClient

pytestmark = pytest.mark.django_db


class TestNul:
    def test_a_nul_in_the_query_is_dropped_by_a_redirect(self, client: StrictClient) -> None:
        accueil()
        response = client.get("/fr/recherche/?q=a%00b&page=1")
        assert (response.status_code, response.url) == (301, "/fr/recherche/?q=ab&page=1")
        assert client.get("/fr/recherche/?%00").url == "/fr/recherche/"

    @pytest.mark.parametrize("path", ["//exemple.org/", "/\\exemple.org/", "///exemple.org/a"])
    def test_that_redirect_never_leaves_the_site(self, client: StrictClient, path: str) -> None:
        accueil()
        response = client.get("/", PATH_INFO=path, QUERY_STRING="a=%00")
        assert response.status_code == 301
        assert not response.get("Location", "").startswith(("//", "/\\", "http"))

    def test_that_redirect_keeps_the_path(self, client: StrictClient) -> None:
        accueil()
        response = client.get("/fr/%C3%A9l%C3%A8ve%3F/?a=%00")
        assert response.url == "/fr/%C3%A9l%C3%A8ve%3F/?a="

    def test_a_nul_in_a_form_is_an_error_of_the_form(self, client: StrictClient) -> None:
        ContactPageFactory()
        data = {"courriel": "a@exemple.test", "sujet": "autre", "message": "Bon\x00jour"}
        assert client.post("/fr/contact/envoyer/", data).status_code == 422


class TestHeaders:
    def test_public_pages_have_a_strict_policy(self, client: StrictClient) -> None:
        policy = client.get(FichePageFactory().url)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy or "frame-ancestors 'self'" in policy

    def test_the_editor_has_a_policy_of_its_own(self, admin_client: StrictClient) -> None:
        assert "'unsafe-inline'" in admin_client.get("/admin/")["Content-Security-Policy"]

    def test_hosts_of_videos_come_from_the_settings(self, client: StrictClient, settings: Any) -> None:
        assert "frame-src 'none'" in client.get(FichePageFactory().url)["Content-Security-Policy"]

    @pytest.mark.parametrize("path", ["/fr/", "/fr/absente/", "/robots.txt"])
    def test_no_answer_may_be_taken_for_another_type(self, client: StrictClient, path: str) -> None:
        accueil()
        response = client.get(path)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
