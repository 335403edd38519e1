"""The bank as pictures of the site: made once, updated, and left to the team once it has changed them."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection

from socle.models import Illustration
from tests.factories import IllustrationFactory
from variantes.models import Pictogramme
from variantes.operations import pictogrammes
from variantes.operations.pictogrammes import Etat, installer_banque
from variantes.pictogrammes.banque import Dessin, dessins

pytestmark = pytest.mark.django_db


class Bank:
    """A bank of a few drawings, that a test may change."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *concepts: str) -> None:
        self.drawings = {one.concept: one for one in dessins() if one.concept in concepts}
        monkeypatch.setattr(pictogrammes, "dessins", lambda: tuple(self.drawings.values()))

    def change(self, concept: str, **notice: object) -> None:
        one = self.drawings[concept]
        self.drawings[concept] = replace(one, notice=replace(one.notice, **notice))

    def redraw(self, concept: str, like: str) -> None:
        model = next(one for one in dessins() if one.concept == like)

        class Redrawn(Dessin):
            chemin = model.chemin

        one = self.drawings[concept]
        self.drawings[concept] = Redrawn(one.concept, one.theme, one.notice)


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Bank:
    return Bank(monkeypatch, "reunion", "parler", "lettre")


def picture(concept: str) -> Illustration:
    return Illustration.objects.get(pictogramme__fonds="banque", pictogramme__cle=concept)


class TestInstalling:
    def test_each_drawing_is_a_picture_with_its_credit_and_words(self, bank: Bank) -> None:
        assert set(installer_banque().values()) == {Etat.CREE}
        image = picture("reunion")
        assert image.title == "La réunion"
        assert image.description == "Trois personnes sont assises autour d’une table."
        assert image.auteur == "Plateforme du partenariat en santé"
        assert image.licence == "licence-ouverte-2.0"
        assert (image.collection.name, image.collection.get_parent().is_root()) == ("Pictogrammes", True)
        assert (image.width, image.height) == (400, 400)
        assert image.file.name.endswith(".png")
        assert image.file_size == image.file.size
        assert {"réunion", "rencontre"} <= set(image.tags.names())
        assert list(image.get_usage()) == []

    def test_the_search_of_the_admin_finds_them(self, bank: Bank) -> None:
        installer_banque()
        assert [image.title for image in Illustration.objects.all().search("rencontre")] == ["La réunion"]

    def test_again_changes_nothing_and_costs_little(self, bank: Bank) -> None:
        installer_banque()
        before = list(Illustration.objects.values())
        with CaptureQueriesContext(connection) as queries:
            assert set(installer_banque().values()) == {Etat.INCHANGE}
        assert list(Illustration.objects.values()) == before
        assert len(queries) <= 12

    def test_more_drawings_cost_no_more_queries(self, monkeypatch: pytest.MonkeyPatch) -> None:
        costs = []
        for concepts in (["reunion"], ["parler", "lettre", "train", "bus", "micro"]):
            Bank(monkeypatch, *concepts)
            with CaptureQueriesContext(connection) as queries:
                installer_banque()
            costs.append(len(queries))
        assert costs[1] <= costs[0]

    def test_a_picture_of_the_same_title_is_another(self, bank: Bank) -> None:
        mine = IllustrationFactory(title="La réunion")
        installer_banque()
        assert picture("reunion") != mine
        mine.refresh_from_db()
        assert mine.collection.is_root()

    def test_words_that_exist_already_are_used_again(self, bank: Bank) -> None:
        IllustrationFactory().tags.add("réunion", "Réunion")
        installer_banque()
        assert "réunion" in picture("reunion").tags.names()

    def test_the_command_says_what_it_did(self, bank: Bank) -> None:
        out = StringIO()
        call_command("pictogrammes", stdout=out)
        assert out.getvalue() == "3 pictogrammes : 3 créé.\n"


class TestUpdating:
    def test_a_new_notice_is_brought(self, bank: Bank) -> None:
        installer_banque()
        bank.change("reunion", titre="Se réunir", mots=("réunion", "table"))
        assert installer_banque() == {
            "parler": Etat.INCHANGE,
            "reunion": Etat.MIS_A_JOUR,
            "lettre": Etat.INCHANGE,
        }
        image = picture("reunion")
        assert image.title == "Se réunir"
        assert sorted(image.tags.names()) == ["réunion", "table"]

    def test_a_new_drawing_takes_the_place_of_the_old_one(
        self, bank: Bank, django_capture_on_commit_callbacks: object
    ) -> None:
        installer_banque()
        before = picture("reunion")
        before.get_rendition("width-100")
        bank.redraw("reunion", like="ensemble")
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
            assert installer_banque()["reunion"] == Etat.MIS_A_JOUR
        after = picture("reunion")
        assert after.pk == before.pk
        assert after.file_hash != before.file_hash
        assert not after.renditions.exists()
        assert not before.file.storage.exists(before.file.name)

    def test_what_an_editor_changed_stays(self, bank: Bank) -> None:
        installer_banque()
        image = picture("reunion")
        image.title = "Notre réunion"
        image.save()
        image.tags.add("conseil des usagers")
        bank.change("reunion", titre="Se réunir", mots=("réunion",), description="Une réunion.")
        assert installer_banque()["reunion"] == Etat.MIS_A_JOUR
        image = picture("reunion")
        assert image.title == "Notre réunion"
        assert image.description == "Une réunion."
        assert "conseil des usagers" in image.tags.names()
        bank.change("reunion", titre="La table")
        assert installer_banque()["reunion"] == Etat.GARDE
        assert picture("reunion").title == "Notre réunion"

    def test_a_picture_that_an_editor_replaced_stays(self, bank: Bank) -> None:
        installer_banque()
        image = picture("reunion")
        image.file = IllustrationFactory().file
        image._set_image_file_metadata()
        image.save()
        bank.redraw("reunion", like="ensemble")
        assert installer_banque()["reunion"] == Etat.GARDE
        assert picture("reunion").file_hash == image.file_hash

    def test_what_was_deleted_comes_back_only_when_asked(self, bank: Bank) -> None:
        installer_banque()
        picture("reunion").delete()
        assert installer_banque()["reunion"] == Etat.RETIRE
        assert not Illustration.objects.filter(title="La réunion").exists()
        assert installer_banque(retablir=True)["reunion"] == Etat.CREE
        assert picture("reunion").title == "La réunion"
        assert Pictogramme.objects.filter(cle="reunion").count() == 1

    def test_a_collection_that_was_renamed_is_found_again(self, bank: Bank) -> None:
        installer_banque()
        collection = picture("reunion").collection
        collection.name = "Nos dessins"
        collection.save()
        picture("lettre").delete()
        installer_banque(retablir=True)
        assert picture("lettre").collection == collection
        assert not Collection.objects.filter(name="Pictogrammes").exists()


class TestDatabase:
    def test_a_concept_has_one_row(self, bank: Bank) -> None:
        installer_banque()
        with pytest.raises(IntegrityError), transaction.atomic():
            Pictogramme.objects.create(fonds="banque", cle="reunion")

    @pytest.mark.parametrize("values", [{"fonds": "", "cle": "a"}, {"fonds": "a", "cle": ""}])
    def test_a_row_has_names(self, values: dict[str, str]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Pictogramme.objects.create(**values)


class TestPage:
    def test_a_pictogram_is_silent_sized_and_lazy(self) -> None:
        html = render_to_string("variantes/blocks/pictogramme.html", {"pictogramme": IllustrationFactory()})
        for part in ('alt=""', 'loading="lazy"', "width=", "height=", 'sizes="(min-width: 40em) 9rem, 6rem"'):
            assert part in html

    def test_no_pictogram_is_nothing(self) -> None:
        assert render_to_string("variantes/blocks/pictogramme.html", {"pictogramme": None}).strip() == ""
