"""Pictograms of others: what enters, what is refused and why, and that doing it again changes nothing."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from PIL import Image

from socle.models import Illustration
from tests.factories import IllustrationFactory
from variantes.operations.import_pictogrammes import Compte, importer
from variantes.pictogrammes.credits import COLONNES, CreditsError, lire_credits

pytestmark = pytest.mark.django_db


def drawing(kind: str = "PNG", colour: str = "red", size: tuple[int, int] = (60, 60)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


class Folder:
    """A folder of drawings with its credits."""

    def __init__(self, root: Path) -> None:
        self.root = root / "mes dessins"
        self.root.mkdir()
        self.credits = root / "credits.csv"
        self.rows: list[dict[str, str]] = []

    def add(self, name: str, content: bytes | None = None, **values: str) -> None:
        """Add a file, unless it has no content, and its line."""
        if content is not None:
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_bytes(content)
        credit = {"titre": "Une maison", "auteur": "Atelier fictif", "licence": "CC BY 4.0"}
        self.rows.append({"fichier": name, **credit, **values})

    def write(self, delimiter: str = ";", encoding: str = "utf-8-sig", columns: Sequence[str] = COLONNES) -> None:
        text = StringIO()
        writer = csv.DictWriter(text, columns, delimiter=delimiter, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(self.rows)
        self.credits.write_bytes(text.getvalue().encode(encoding))

    def bring(self, *, dry_run: bool = False) -> list[Compte]:
        self.write()
        return importer(self.root, self.credits, dry_run=dry_run)

    def states(self, *, dry_run: bool = False) -> list[str]:
        return [compte.etat for compte in self.bring(dry_run=dry_run)]

    def reason(self) -> str:
        (compte,) = self.bring()
        assert compte.refuse
        assert not Illustration.objects.exists()
        return compte.raison


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


class TestWhatEnters:
    def test_a_picture_with_its_credit_and_words(self, folder: Folder) -> None:
        words = {"mots-clés": "maison, domicile | logement,maison"}
        folder.add("maison.png", drawing(), description="Une maison rouge.", source="https://exemple.org", **words)
        assert folder.bring() == [Compte(2, "maison.png", "créé")]
        image = Illustration.objects.get()
        assert (image.title, image.description, image.auteur) == ("Une maison", "Une maison rouge.", "Atelier fictif")
        assert (image.source, image.licence) == ("https://exemple.org", "cc-by-4.0")
        assert sorted(image.tags.names()) == ["domicile", "logement", "maison"]
        assert (image.collection.name, image.collection.get_parent().name) == ("mes dessins", "Pictogrammes")

    def test_webp_and_folders_inside(self, folder: Folder) -> None:
        folder.add("lieux/maison.webp", drawing("WEBP"))
        assert folder.states() == ["créé"]
        assert Illustration.objects.get().file.name.endswith(".webp")

    def test_the_extension_follows_the_content(self, folder: Folder) -> None:
        folder.add("maison.jpg", drawing("PNG"))
        assert folder.states() == ["créé"]
        assert Illustration.objects.get().file.name.endswith(".png")

    def test_what_a_camera_adds_does_not_enter(self, folder: Folder) -> None:
        buffer = BytesIO()
        exif = Image.Exif()
        exif[0x010F] = "Appareil de Camille"
        Image.new("RGB", (20, 20), "blue").save(buffer, "PNG", exif=exif)
        folder.add("photo.png", buffer.getvalue())
        folder.bring()
        assert b"Camille" not in Illustration.objects.get().file.read()

    def test_names_that_systems_write_otherwise(self, folder: Folder) -> None:
        folder.add("E\u0301cole.PNG", drawing())
        folder.rows[0]["fichier"] = "école.png"
        assert folder.states() == ["créé"]

    @pytest.mark.parametrize("licence", ["CC BY-SA 4.0", "cc-by-sa-4.0", "cc by sa 4.0", " Cc-By-Sa-4.0 "])
    def test_a_licence_by_its_name_or_its_code(self, folder: Folder, licence: str) -> None:
        folder.add("maison.png", drawing(), licence=licence)
        folder.bring()
        assert Illustration.objects.get().licence == "cc-by-sa-4.0"


class TestAgain:
    def test_the_same_import_changes_nothing(self, folder: Folder) -> None:
        folder.add("maison.png", drawing())
        folder.bring()
        assert folder.states() == ["inchangé"]
        assert Illustration.objects.count() == 1

    def test_a_new_credit_or_drawing_is_brought(self, folder: Folder) -> None:
        folder.add("maison.png", drawing())
        folder.bring()
        folder.rows[0]["auteur"] = "Autre atelier"
        (folder.root / "maison.png").write_bytes(drawing(colour="blue"))
        assert folder.states() == ["mis à jour"]
        image = Illustration.objects.get()
        assert image.auteur == "Autre atelier"
        assert Image.open(image.file).getpixel((0, 0)) == (0, 0, 255)

    def test_a_dry_run_says_the_same_and_changes_nothing(self, folder: Folder) -> None:
        folder.add("maison.png", drawing())
        folder.add("absent.png")
        assert folder.states(dry_run=True) == ["créé", "refusé"]
        assert not Illustration.objects.exists()
        assert folder.states() == ["créé", "refusé"]
        folder.rows[0]["titre"] = "La maison"
        assert folder.states(dry_run=True) == ["mis à jour", "refusé"]
        assert Illustration.objects.get().title == "Une maison"

    def test_one_that_was_deleted_comes_back(self, folder: Folder) -> None:
        folder.add("maison.png", drawing())
        folder.bring()
        Illustration.objects.get().delete()
        assert folder.states() == ["créé"]


class TestWhatIsRefused:
    def test_the_others_enter(self, folder: Folder) -> None:
        folder.add("absent.png")
        folder.add("maison.png", drawing())
        assert folder.states() == ["refusé", "créé"]

    def test_a_file_that_is_not_there(self, folder: Folder) -> None:
        folder.add("absent.png")
        assert folder.reason() == "Ce fichier n’est pas dans le dossier."

    def test_a_file_outside_the_folder(self, folder: Folder) -> None:
        secret = folder.root.parent / "secret.png"
        secret.write_bytes(drawing())
        (folder.root / "lien.png").symlink_to(secret)
        for name in ("../secret.png", str(secret), "lien.png"):
            folder.rows = []
            folder.add(name)
            assert [compte.raison for compte in folder.bring()] == ["Ce fichier n’est pas dans le dossier."]

    def test_a_picture_without_a_line(self, folder: Folder) -> None:
        (folder.root / "Orpheline.png").write_bytes(drawing())
        (folder.root / "lisez-moi.txt").write_text("Bonjour")
        assert folder.bring() == [
            Compte(0, "Orpheline.png", "refusé", "Aucune ligne des crédits ne parle de ce fichier.")
        ]

    @pytest.mark.parametrize(("kind", "name"), [("JPEG", "JPEG"), ("GIF", "GIF")])
    def test_another_type_under_the_name_of_a_png(self, folder: Folder, kind: str, name: str) -> None:
        folder.add("maison.png", drawing(kind))
        assert folder.reason() == f"Le contenu de ce fichier est de type {name} : il faut une image PNG ou WebP."

    @pytest.mark.parametrize("content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"])
    def test_what_is_no_picture(self, folder: Folder, content: bytes) -> None:
        folder.add("maison.png", content)
        assert "de type inconnu" in folder.reason()

    def test_a_damaged_picture(self, folder: Folder) -> None:
        folder.add("maison.png", drawing(size=(300, 300))[:120])
        assert "abîmée ou incomplète" in folder.reason()

    @override_settings(WAGTAILIMAGES_MAX_UPLOAD_SIZE=50)
    def test_a_file_that_is_too_big(self, folder: Folder) -> None:
        folder.add("maison.png", drawing())
        assert "trop gros" in folder.reason()

    def test_a_licence_that_nobody_knows(self, folder: Folder) -> None:
        folder.add("maison.png", drawing(), licence="gratuite")
        assert folder.reason().startswith("La licence « gratuite » n’est pas connue. Licences connues : CC BY 4.0")

    def test_missing_words(self, folder: Folder) -> None:
        folder.add("maison.png", drawing(), auteur=" ", titre="", licence="")
        assert folder.reason() == "Il manque : titre, auteur, licence."

    def test_words_that_are_too_long(self, folder: Folder) -> None:
        folder.add("maison.png", drawing(), auteur="a" * 201)
        assert folder.reason().startswith("Auteur : ")
        folder.rows[0].update({"auteur": "a", "mots-clés": "m" * 101})
        assert folder.reason().startswith("Le mot-clé « mmm")

    def test_the_same_file_or_the_same_drawing_twice(self, folder: Folder) -> None:
        folder.add("maison.png", drawing())
        folder.add("Maison.png")
        folder.add("copie.png", drawing())
        assert [compte.raison for compte in folder.bring()] == [
            "",
            "Ce fichier est déjà à la ligne 2.",
            "Ce dessin est le même que celui de la ligne 2.",
        ]

    def test_a_drawing_that_the_site_has(self, folder: Folder) -> None:
        image = IllustrationFactory(title="Déjà là")
        image._set_file_hash()
        image.save()
        folder.add("maison.png", image.file.open().read())
        (compte,) = folder.bring()
        assert compte.raison == "Ce dessin est déjà dans les images du site, sous le titre « Déjà là »."

    @pytest.mark.parametrize("fonds", ["banque", "x" * 101])
    def test_a_name_of_set_that_cannot_be_used(self, folder: Folder, fonds: str) -> None:
        folder.write()
        with pytest.raises(ValueError, match="nom d’un fonds"):
            importer(folder.root, folder.credits, fonds)


class TestCredits:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_what_spreadsheets_write(self, folder: Folder, delimiter: str, encoding: str) -> None:
        folder.add("a.png", titre="L’été, à deux ; ou « seul »")
        folder.write(delimiter, encoding)
        (credit,) = lire_credits(folder.credits.read_bytes())
        assert credit["titre"] == "L’été, à deux ; ou « seul »"
        assert credit.ligne == 2

    def test_headers_as_people_write_them(self) -> None:
        (credit,) = lire_credits(
            "FICHIER;Titre ;Mots clés;AUTEUR;Licence\na.png;A;un, deux;Moi;CC BY 4.0\n\n;;;;\n".encode()
        )
        assert (credit["fichier"], credit.mots, credit["source"]) == ("a.png", ("un", "deux"), "")

    def test_another_encoding_is_explained(self, folder: Folder) -> None:
        folder.add("a.png", titre="Été")
        folder.write(encoding="cp1252")
        with pytest.raises(CreditsError, match="CSV UTF-8"):
            importer(folder.root, folder.credits)

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "Colonnes absentes : fichier, titre, auteur, licence"),
            (b"fichier;titre\na;b", "Colonnes absentes : auteur, licence"),
            (b"PK\x03\x04\x00\x00", "pas un CSV"),
            (b'fichier;titre;auteur;licence\n"a;b;c;d\n', "mal formé"),
        ],
    )
    def test_what_cannot_be_read_is_explained(self, content: bytes, message: str) -> None:
        with pytest.raises(CreditsError, match=message):
            lire_credits(content)

    def test_a_short_line_lacks_its_values(self) -> None:
        (credit,) = lire_credits(b"fichier;titre;auteur;licence\na.png")
        assert credit["auteur"] == ""


class TestCommand:
    def test_it_reports_each_line_and_fails_when_some_are_refused(self, folder: Folder) -> None:
        folder.add("maison.png", drawing())
        folder.add("absent.png")
        folder.write()
        out = StringIO()
        with pytest.raises(CommandError, match="ont été refusées"):
            call_command("importer_pictogrammes", folder.root, credits=folder.credits, fonds="Atelier", stdout=out)
        assert out.getvalue().splitlines() == [
            "ligne 2, maison.png : créé",
            "ligne 3, absent.png : refusé : Ce fichier n’est pas dans le dossier.",
            "2 lignes : 1 créé, 1 refusé.",
        ]
        assert Illustration.objects.get().collection.name == "Atelier"

    def test_a_dry_run_says_so(self, folder: Folder) -> None:
        folder.add("maison.png", drawing())
        folder.write()
        out = StringIO()
        call_command("importer_pictogrammes", folder.root, credits=folder.credits, dry_run=True, stdout=out)
        assert out.getvalue().splitlines()[-1] == "Essai, rien n’est changé. 1 ligne : 1 créé."

    def test_wrong_paths_are_named(self, folder: Folder) -> None:
        folder.write()
        with pytest.raises(CommandError, match="n’est pas un dossier"):
            call_command("importer_pictogrammes", folder.credits, credits=folder.credits)
        with pytest.raises(CommandError, match="n’est pas un fichier"):
            call_command("importer_pictogrammes", folder.root, credits=folder.root)
