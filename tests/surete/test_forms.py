"""Sizes: what is too big is refused in words, whatever the form, and never an error of ours."""

import os
from io import BytesIO

import pytest
from django.test import Client

from home.models import MessageContact
from socle.public_forms import TAILLE_MAX
from tests.factories import ContactPageFactory, FichePageFactory, proteger
from tests.harness.html import StrictClient
from tests.home.test_contact import SEND, VALID
from tests.socle.reading import one, texts

pytestmark = pytest.mark.django_db
PART = b'--limite\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=limite"


@pytest.fixture(autouse=True)
def contact_page() -> None:
    ContactPageFactory()


class TestContact:
    def test_the_longest_message_fits_in_every_script(self, client: StrictClient) -> None:
        assert client.post(SEND, {**VALID, "message": "ع" * 5000}).status_code == 302
        assert client.post(SEND, {**VALID, "message": "😀" * 5000}).status_code == 302

    def test_a_message_that_is_too_long_is_kept_to_be_shortened(self, client: StrictClient) -> None:
        typed = "a" * 20_000
        response = client.post(SEND, {**VALID, "message": typed})
        assert response.status_code == 422
        assert one(response, "[name=message]").get_text().strip() == typed

    def test_what_is_far_too_big_is_refused_without_being_read(self, client: StrictClient) -> None:
        response = client.post(SEND, {**VALID, "message": "a" * TAILLE_MAX})
        assert response.status_code == 413
        assert any("trop gros" in text for text in texts(response, "#erreurs li"))
        assert one(response, "form.formulaire [name=message]").get_text().strip() == ""
        assert not MessageContact.objects.exists()

    def test_a_file_sent_along_is_not_kept(self, client: StrictClient) -> None:
        file = BytesIO(b"x" * 1000)
        file.name = "virus.exe"
        assert client.post(SEND, {**VALID, "piece": file}).status_code == 302
        assert MessageContact.objects.count() == 1

    @pytest.mark.parametrize("length", ["-1", "", "9" * 30])
    def test_a_length_that_means_nothing_is_no_error(self, length: str) -> None:
        response = Client().post(SEND, b"nom=a", content_type=URLENCODED, CONTENT_LENGTH=length)
        assert response.status_code in {413, 422}


class TestEveryForm:
    def url(self) -> str:
        page = FichePageFactory(publiee=True)
        proteger(page, "password", mot_de_passe="sesame")
        return str(one(Client().get(page.url), "form[method=post]")["action"])

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (b"password=" + b"a" * 6_000_000, URLENCODED),
            (b"a=1&" * 20_000, URLENCODED),
            (PART + os.urandom(6_000_000), MULTIPART),
            (PART.replace(b'"a"', b'"a"; filename="a"') * 200 + b"--limite--", MULTIPART),
        ],
        ids=["too big", "too many fields", "a part too big", "too many files"],
    )
    def test_too_much_is_a_page_that_says_so(self, body: bytes, kind: str) -> None:
        response = StrictClient().post(self.url(), body, content_type=kind)
        assert response.status_code == 400
        assert "trop gros" in " ".join(texts(response, "main p"))

    def test_the_page_is_in_the_language_of_the_address(self) -> None:
        response = Client(headers={"host": "pas un hôte"}).get("/ar/")
        assert response.status_code == 400
        html = one(response, "html")
        assert (html["lang"], html["dir"]) == ("ar", "rtl")
