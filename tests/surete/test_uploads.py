"""Uploads: what a file is, not what it is called; and nothing of the person who took a picture."""

from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from socle.models import Fichier, Illustration
from socle.uploads import CHECKS
from tests.factories import FichierFactory
from tests.harness.html import StrictClient
from tests.surete import files

pytestmark = pytest.mark.django_db

DOCUMENTS: dict[str, bytes] = {
    "note.txt": "Une note, accentuée".encode(),
    "tableau.csv": "a;b\n1;é\n".encode("cp1252"),
    "guide.pdf": files.PDF,
    "lettre.rtf": b"{\\rtf1\\ansi Bonjour}",
    "modele.docx": files.office("word"),
    "budget.xlsx": files.office("xl"),
    "diapos.PPTX": files.office("ppt"),
    "feuille.ods": files.open_document("spreadsheet"),
    "exposé.odp": files.open_document("presentation", **{"Basic__script-lc_dot_xml": b"<x/>"}),
    "vrai.odt": files.open_document(),
    "son.mp3": b"ID3\x04\x00" + bytes(100),
    "autre-son.mp3": b"\xff\xfb\x90\x00" + bytes(100),
    "film.mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(100),
}
NOT_WHAT_IT_SAYS: dict[str, bytes] = {
    **{f"page.{extension}": files.HTML for extension in CHECKS if extension not in {"txt", "csv"}},
    "dessin.pdf": files.SVG,
    "programme.pdf": b"MZ\x90\x00" + bytes(200),
    "programme.txt": b"MZ\x90\x00" + bytes(200),
    "apres.pdf": files.HTML + files.PDF,
    "archive.docx": files.archive(a_dot_txt=b"x"),
    "tableur.docx": files.office("xl"),
    "texte.ods": files.open_document("text"),
    "coupe.docx": files.office("word")[:60],
    "coupe.odt": files.open_document()[:-30],
}
MACROS: dict[str, bytes] = {
    "macros.docx": files.office("word", word__vbaProject_dot_bin=b"x"),
    "macros.xlsx": files.office("xl", xl__vbaProject_dot_bin=b"x"),
    "macros.odt": files.open_document(Basic__Standard__Module1_dot_xml=b"x"),
    "scripts.ods": files.open_document("spreadsheet", Scripts__python__a_dot_py=b"x"),
}
FORBIDDEN = ("page.html", "dessin.svg", "modele.docm", "archive.zip", "x.pdf.html", "script.js", "sans", "x.pdf ")

Answer = tuple[bool, str]
Way = Callable[[Client, str, str, bytes], Answer]


def alone(client: Client, app: str, name: str, content: bytes) -> Answer:
    """The form for one file."""
    data = {"title": "Envoi conservé", "licence": "cc-by-4.0", "collection": "1", "file": _file(name, content)}
    response = client.post(reverse(f"{app}:add"), data)
    text = unescape(response.content.decode())
    assert response.status_code == 302 or "Envoi conservé" in text, "what was typed is lost"
    return response.status_code == 302, text


def among_others(client: Client, app: str, name: str, content: bytes) -> Answer:
    """The screen where several files are dropped at once; the rest of the form comes after each."""
    response = client.post(reverse(f"{app}:add_multiple"), {"files[]": _file(name, content), "title": "Envoi"})
    assert response.status_code == 200
    answer = response.json()
    if not answer["success"]:
        return False, answer["error_message"]
    waiting = next(
        (key for key in ("uploaded_document_id", "uploaded_file_id", "uploaded_image_id") if key in answer), ""
    )
    if waiting:
        pk = answer[waiting]
        kind = "document" if app == "wagtaildocs" else "image"
        prefix = f"uploaded-{kind}-{pk}"
        data = {f"{prefix}-title": "Envoi", f"{prefix}-licence": "cc-by-4.0", f"{prefix}-collection": "1"}
        saved = client.post(reverse(f"{app}:create_multiple_from_uploaded_{kind}", args=[pk]), data)
        assert saved.json()["success"], saved.json()
    return True, ""


def while_choosing(client: Client, app: str, name: str, content: bytes) -> Answer:
    """The form inside a chooser, in the middle of a page."""
    kind = "document" if app == "wagtaildocs" else "image"
    prefix = f"{kind}-chooser-upload"
    data = {
        f"{prefix}-title": "Envoi",
        f"{prefix}-licence": "cc-by-4.0",
        f"{prefix}-collection": "1",
        f"{prefix}-file": _file(name, content),
    }
    answer = client.post(reverse(f"{app}_chooser:create"), data).json()
    return answer["step"] == "chosen", unescape(answer.get("html", "") + answer.get("htmlFragment", ""))


WAYS: list[Way] = [alone, among_others, while_choosing]
everywhere = pytest.mark.parametrize("send", WAYS)


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class TestDocuments:
    def test_every_accepted_extension_is_checked(self) -> None:
        assert sorted(CHECKS) == sorted(settings.WAGTAILDOCS_EXTENSIONS)

    @everywhere
    def test_files_that_are_what_they_say_are_accepted(self, admin_client: StrictClient, send: Way) -> None:
        for name, content in DOCUMENTS.items():
            assert send(admin_client, "wagtaildocs", name, content)[0], name
        assert Fichier.objects.count() == len(DOCUMENTS)
        stored = {document.file.open().read() for document in Fichier.objects.all()}
        assert stored == set(DOCUMENTS.values())

    @everywhere
    def test_files_that_are_not_are_refused(self, admin_client: StrictClient, send: Way) -> None:
        for name, content in NOT_WHAT_IT_SAYS.items():
            accepted, text = send(admin_client, "wagtaildocs", name, content)
            assert not accepted, name
            assert "n’est pas un vrai fichier ." in text, name
        assert not Fichier.objects.exists()

    @everywhere
    def test_macros_are_refused(self, admin_client: StrictClient, send: Way) -> None:
        for name, content in MACROS.items():
            accepted, text = send(admin_client, "wagtaildocs", name, content)
            assert (accepted, "macros" in text) == (False, True), name

    @everywhere
    def test_other_extensions_are_refused(self, admin_client: StrictClient, send: Way) -> None:
        for name in FORBIDDEN:
            assert not send(admin_client, "wagtaildocs", name, files.PDF)[0], name
        assert not Fichier.objects.exists()

    @everywhere
    def test_an_empty_file_is_refused(self, admin_client: StrictClient, send: Way) -> None:
        accepted, text = send(admin_client, "wagtaildocs", "vide.txt", b"")
        assert (accepted, "vide" in text) == (False, True)

    @everywhere
    def test_a_file_that_is_too_big_is_refused(self, admin_client: StrictClient, send: Way, settings: Any) -> None:
        settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1000
        accepted, text = send(admin_client, "wagtaildocs", "gros.txt", b"a" * 1001)
        assert (accepted, "trop" in text) == (False, True)
        assert send(admin_client, "wagtaildocs", "juste.txt", b"a" * 1000)[0]

    def test_an_archive_that_swells_is_refused(self, admin_client: StrictClient) -> None:
        swollen = files.office("word", word__media_dot_bin=bytes(600 * 1024 * 1024))
        assert len(swollen) < 2_000_000
        accepted, text = alone(admin_client, "wagtaildocs", "bombe.docx", swollen)
        assert (accepted, "trop gros" in text) == (False, True)

    def test_they_are_downloaded_whatever_they_are(self) -> None:
        for name in (*DOCUMENTS, "ancien.svg", "ancienne.html"):
            document = FichierFactory(file__filename=name, file__data=files.HTML)
            response = Client().get(document.url)
            assert response["Content-Disposition"].startswith("attachment"), name
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Content-Security-Policy"] == "default-src 'none'"


class TestPictures:
    @everywhere
    def test_pictures_are_accepted(self, admin_client: StrictClient, send: Way) -> None:
        kinds = {"a.png": "PNG", "b.jpg": "JPEG", "c.jpeg": "JPEG", "d.webp": "WEBP", "e.gif": "GIF", "f.avif": "AVIF"}
        for rank, (name, kind) in enumerate(kinds.items()):
            accepted, text = send(admin_client, "wagtailimages", name, files.picture(kind, (40 + rank, 20)))
            assert accepted, (name, text)
        assert Illustration.objects.count() == len(kinds)

    @everywhere
    def test_what_is_no_picture_is_refused(self, admin_client: StrictClient, send: Way) -> None:
        png = files.picture(size=(300, 200))
        hostile = {
            "svg.png": files.SVG,
            "page.jpg": files.HTML,
            "dessin.svg": files.SVG,
            "guide.png": files.PDF,
            "jpeg.png": files.picture("JPEG"),
            "vide.png": b"",
            "coupee.png": png[: len(png) // 2],
            "coupee.jpg": files.picture("JPEG", (300, 200))[:400],
            "gif.gif": b"GIF89a/*" + files.HTML,
            "bmp.bmp": files.picture("BMP"),
        }
        for name, content in hostile.items():
            accepted, text = send(admin_client, "wagtailimages", name, content)
            assert not accepted, name
            assert text, name
        assert not Illustration.objects.exists()

    @everywhere
    def test_a_picture_that_swells_is_refused(self, admin_client: StrictClient, send: Way) -> None:
        content = files.bomb()
        assert len(content) < 500_000
        accepted, text = send(admin_client, "wagtailimages", "bombe.png", content)
        assert (accepted, "pixels" in text) == (False, True)

    @everywhere
    def test_an_animation_counts_each_of_its_pictures(self, admin_client: StrictClient, send: Way) -> None:
        accepted, text = send(admin_client, "wagtailimages", "longue.gif", files.animation(50, (1000, 1000)))
        assert (accepted, "pixels" in text) == (False, True)
        assert send(admin_client, "wagtailimages", "courte.gif", files.animation(3, (100, 100)))[0]

    @everywhere
    def test_a_picture_that_is_too_heavy_is_refused(self, admin_client: StrictClient, send: Way, settings: Any) -> None:
        settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
        accepted, text = send(admin_client, "wagtailimages", "lourde.png", files.picture())
        assert (accepted, "trop" in text) == (False, True)


class TestWhatACameraTells:
    def stored(self) -> bytes:
        content: bytes = get_image_model().objects.get().file.open().read()
        return content

    @everywhere
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_place_and_device_are_forgotten(self, admin_client: StrictClient, send: Way, kind: str) -> None:
        original = files.picture(kind, exif=files.located())
        assert b"Appareil de Camille" in original
        assert send(admin_client, "wagtailimages", f"photo.{kind.lower()}", original)[0]
        content = self.stored()
        assert b"Camille" not in content
        with Image.open(BytesIO(content)) as image:
            assert dict(image.getexif()) == {0x0112: 6}
            assert not image.getexif().get_ifd(0x8825)
            if kind != "WEBP":
                assert image.tobytes() == Image.open(BytesIO(original)).tobytes()

    def test_a_picture_stays_the_right_way_up(self, admin_client: StrictClient) -> None:
        alone(admin_client, "wagtailimages", "photo.jpg", files.picture("JPEG", exif=files.located(6)))
        image = get_image_model().objects.get()
        with Image.open(image.get_rendition("width-10").file) as rendition:
            assert rendition.width < rendition.height

    def test_what_hides_behind_a_picture_is_dropped(self, admin_client: StrictClient) -> None:
        for name, kind in (("a.png", "PNG"), ("a.jpg", "JPEG")):
            content = files.picture(kind, comment=b"Camille") if kind == "JPEG" else files.picture(kind)
            assert alone(admin_client, "wagtailimages", name, content + files.HTML)[0]
            assert b"script" not in self.stored()
            assert b"Camille" not in self.stored()
            Illustration.objects.all().delete()

    def test_a_picture_without_anything_is_kept_as_it_is(self, admin_client: StrictClient) -> None:
        for name, content in (("a.png", files.picture()), ("a.webp", files.picture("WEBP"))):
            alone(admin_client, "wagtailimages", name, content)
            assert self.stored() == content
            Illustration.objects.all().delete()
