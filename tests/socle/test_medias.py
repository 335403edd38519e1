"""Pictures and documents: what is accepted, how it is shown, how it is credited."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from fiches.models import FichePage
from socle.collation import sort_key
from socle.models import Fichier, Illustration, RenduIllustration
from socle.sizes import poids
from tests.factories import FichePageFactory, FichierFactory, IllustrationFactory
from tests.harness.html import StrictClient
from tests.socle.reading import one, soup

pytestmark = pytest.mark.django_db


def picture(width: int, height: int) -> Illustration:
    return IllustrationFactory(file__width=width, file__height=height)


def render(source: str, **context: object) -> str:
    return Template(f"{{% load socle %}}{source}").render(Context(context))


def tag_of(html: str) -> Tag:
    (tag,) = BeautifulSoup(html, "html.parser").select("img")
    return tag


class TestPictures:
    def test_a_wide_picture_comes_in_four_webp_widths(self) -> None:
        html = render("{% illustration image %}", image=picture(2000, 1000))
        tag = tag_of(html)
        assert [part.split()[1] for part in tag["srcset"].split(", ")] == ["320w", "640w", "960w", "1440w"]
        assert all(".webp" in part for part in tag["srcset"].split(", "))
        assert (tag["width"], tag["height"]) == ("640", "320")

    def test_a_small_picture_is_never_enlarged(self) -> None:
        tag = tag_of(render("{% illustration image %}", image=picture(200, 100)))
        assert [part.split()[1] for part in tag["srcset"].split(", ")] == ["200w"]

    def test_a_card_has_one_shape(self) -> None:
        for image in (picture(1000, 300), picture(300, 1000)):
            tag = tag_of(render("{% illustration image carte=True %}", image=image))
            assert int(tag["width"]) / int(tag["height"]) == pytest.approx(1.6, abs=0.02)

    def test_the_picture_above_the_fold_is_not_lazy(self) -> None:
        tag = tag_of(render('{% illustration image chargement="eager" %}', image=picture(400, 250)))
        assert (tag.get("loading"), tag["fetchpriority"]) == (None, "high")

    def test_no_picture_is_nothing(self) -> None:
        assert render("{% illustration image %}{% illustration_decorative image %}", image=None) == ""

    def test_its_french_words_are_read_in_french_pages_only(self) -> None:
        image = IllustrationFactory(description="Une table")
        for langue, alt in (("fr", "Une table"), ("fr-simple", "Une table"), ("en", ""), ("ar", "")):
            with override(langue):
                assert tag_of(render("{% illustration image %}", image=image))["alt"] == alt
                assert tag_of(render("{% illustration_decorative image %}", image=image))["alt"] == ""

    def test_renditions_are_made_once(self, client: StrictClient) -> None:
        fiche = FichePageFactory(illustration=IllustrationFactory())
        client.get(fiche.url)
        made = RenduIllustration.objects.count()
        assert made > 0
        client.get(fiche.url)
        assert RenduIllustration.objects.count() == made

    def test_a_deleted_picture_leaves_its_pages(self, client: StrictClient) -> None:
        image = IllustrationFactory()
        fiche = FichePageFactory(illustration=image, image_partage=image)
        image.delete()
        assert client.get(fiche.url).status_code == 200
        assert FichePage.objects.get(pk=fiche.pk).illustration is None

    def test_the_credit_is_on_one_line(self) -> None:
        image = IllustrationFactory(auteur="Camille", source="Atelier", licence="cc-by-4.0")
        assert image.credit == "Camille · Atelier · CC BY 4.0"
        assert IllustrationFactory(auteur="", source="", licence="droits-reserves").credit == "Tous droits réservés"


class TestUploads:
    SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'

    def upload(self, client: StrictClient, address: str, name: str, content: bytes) -> None:
        file = SimpleUploadedFile(name, content)
        data = {"title": "Envoi", "file": file, "licence": "cc-by-4.0", "collection": "1"}
        client.post(reverse(address), data)

    def png(self) -> bytes:
        buffer = BytesIO()
        Image.new("RGB", (40, 20)).save(buffer, "PNG")
        return buffer.getvalue()

    def test_a_picture_is_accepted(self, admin_client: StrictClient) -> None:
        self.upload(admin_client, "wagtailimages:add", "dessin.png", self.png())
        assert Illustration.objects.get().title == "Envoi"

    @pytest.mark.parametrize("name", ["dessin.svg", "dessin.png", "page.html"])
    def test_a_drawing_that_can_hold_a_script_is_refused(self, admin_client: StrictClient, name: str) -> None:
        self.upload(admin_client, "wagtailimages:add", name, self.SVG)
        assert not Illustration.objects.exists()

    @pytest.mark.parametrize("name", ["page.html", "dessin.svg", "script.js", "programme.exe", "sans-extension"])
    def test_a_document_that_a_browser_would_run_is_refused(self, admin_client: StrictClient, name: str) -> None:
        self.upload(admin_client, "wagtaildocs:add", name, b"<script>alert(1)</script>")
        assert not Fichier.objects.exists()

    def test_a_document_is_downloaded_never_opened_in_the_page(self, admin_client: StrictClient) -> None:
        self.upload(admin_client, "wagtaildocs:add", "texte.txt", b"<script>alert(1)</script>")
        document = Fichier.objects.get()
        assert document.file_size == 25
        response = Client().get(document.url)
        assert response["Content-Disposition"].startswith("attachment")
        assert "html" not in response["Content-Type"]


class TestSizes:
    @pytest.mark.parametrize(
        ("octets", "shown"),
        [(None, ""), (0, ""), (1, "1 ko"), (1499, "1 ko"), (2048, "2 ko"), (999_999, "1000 ko"), (1_500_000, "1,5 Mo")],
    )
    def test_a_weight_is_told_as_people_say_it(self, octets: int | None, shown: str) -> None:
        with override("fr"):
            assert poids(octets).replace("\xa0", " ").replace("\u202f", "") == shown

    def test_a_reference_tells_the_weight_of_its_file(self, client: StrictClient) -> None:
        fiche = FichePageFactory(type_ressource="reference", fichier=FichierFactory())
        assert "2 ko" in one(client.get(fiche.url), ".acces").get_text().replace("\xa0", " ")


class TestOrder:
    def test_accents_case_and_apostrophes_do_not_count(self) -> None:
        words = ["zèbre", "École", "eau", "effet", "œuf", "Offre", "l’eau", "L'air", "été", "ete"]
        ordered = ["eau", "École", "effet", "été", "ete", "L'air", "l’eau", "œuf", "Offre", "zèbre"]
        assert sorted(words, key=sort_key) == ordered

    def test_a_key_fits_its_column(self) -> None:
        assert len(sort_key("œ" * 255)) == 255


def test_a_page_that_lost_its_document_says_nothing_of_it(client: StrictClient) -> None:
    document = FichierFactory(title="Perdu")
    fiche = FichePageFactory(documents=[{"type": "document", "value": {"document": document.pk, "description": ""}}])
    document.delete()
    response = client.get(fiche.url)
    assert response.status_code == 200
    assert not soup(response).select(".fichier")
