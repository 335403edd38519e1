"""The account page of the admin: when a person wants to be told, and what comments tell."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageSubscription

from redaction import roles
from redaction.models import PreferenceNotification
from tests.factories import InformationPageFactory, index_fiches
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import ANONYME, PERSONNES, refused, signed_in
from tests.redaction.test_notifications import told
from tests.redaction.test_publication import personne
from tests.socle.reading import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def redactrice() -> Any:
    index_fiches()
    return personne(roles.REDACTION)


class TestCompte:
    URL = "/admin/account/"

    @PERSONNES
    def test_each_person_chooses_for_herself(self, role: roles.Role) -> None:
        other = personne(roles.REDACTION)
        client, user = signed_in(role)
        answer = client.get(self.URL)
        if role is ANONYME:
            assert refused(answer)
            assert refused(client.post(self.URL, {"rythme-rythme": "jamais"}))
            assert not PreferenceNotification.objects.exists()
            return
        checked = soup(answer).select('input[name="rythme-rythme"][checked]')
        assert [field["value"] for field in checked] == ["immediat"]
        data = {"name_email-first_name": "A", "name_email-last_name": "B", "rythme-rythme": "quotidien"}
        data |= {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
        answer = client.post(self.URL, data)
        assert answer.status_code == 302, answer.context and [
            panel.get_form().errors for panels in answer.context["panels_by_tab"].values() for panel in panels
        ]
        chosen = PreferenceNotification.objects.values_list("user", "rythme")
        assert list(chosen) == [(user.pk, "quotidien")]
        assert other.pk != user.pk

    def test_an_unknown_rhythm_is_refused(self, redactrice: Any, client: StrictClient) -> None:
        client.force_login(redactrice)
        client.post(self.URL, {"rythme-rythme": "toujours"})
        assert not PreferenceNotification.objects.exists()

    def test_the_choices_of_mails_that_no_longer_exist_are_gone(self, redactrice: Any, client: StrictClient) -> None:
        client.force_login(redactrice)
        page = soup(client.get(self.URL))
        names = {field["name"] for field in page.select('input[name^="notifications-"]')}
        assert names == {"notifications-updated_comments_notifications"}


def test_comments_are_told_without_their_text(admin_client: StrictClient, redactrice: Any) -> None:
    page = InformationPageFactory(title="Un titre", publiee=True)
    PageSubscription.objects.create(page=page, user=redactrice, comment_notifications=True)
    data = {"title": page.title, "slug": page.slug, "resume": "R", "corps-count": "0"}
    data |= {"comments-TOTAL_FORMS": "1", "comments-INITIAL_FORMS": "0", "comments-0-text": "Un secret"}
    data |= {"comments-0-contentpath": "title", "comments-0-replies-TOTAL_FORMS": "0"}
    data |= {"comments-0-replies-INITIAL_FORMS": "0", "comments-0-position": "", "comments-0-id": ""}
    told()
    assert admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    assert getattr(Page.objects.get(pk=page.pk), COMMENTS_RELATION_NAME).count() == 1
    (sent,) = mail.outbox
    assert "secret" not in sent.body
    assert "Un titre" in sent.body
    assert f"/admin/pages/{page.pk}/edit/" in sent.body
    assert told() == {(redactrice.email, "Les commentaires d’une page ont changé")}
