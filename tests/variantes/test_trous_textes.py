"""Holes H6 and F2 of wagtail-localize: each shown in the package, then closed at its real address."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.views import edit_translation as stock

from redaction import roles
from tests.factories import FichePageFactory, accueil
from tests.variantes.equipe import (
    Personne,
    introuvable,
    locale,
    mettre_en_relecture,
    personne,
    phrase,
    traduire,
    verrouiller,
    version,
)
from tests.variantes.stock import MACHINE, requete

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine(settings: Any) -> None:
    """A machine that translates, as the installation may have one."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = MACHINE


class Gestes:
    """All the ways to write into a translation, at their real addresses or in the package."""

    def __init__(self, translation: Translation, someone: Personne) -> None:
        self.translation = translation
        self.someone = someone
        self.phrase = phrase(translation, "Animer")
        self.valeur = OverridableSegment.objects.filter(source=translation.source).first()
        self.po = str(translation.export_po()).replace(
            'msgid "Animer"\nmsgstr ""', 'msgid "Animer"\nmsgstr "From a file"'
        )

    def fichier(self) -> SimpleUploadedFile:
        return SimpleUploadedFile("a.po", self.po.encode())

    def par_les_adresses(self) -> dict[str, bool]:
        someone, pk = self.someone, self.translation.pk
        return {
            "phrase": self.change(lambda: someone.put("edit_string_translation", pk, self.phrase.pk)),
            "valeur": self.change(
                lambda: someone.put("edit_override", pk, self.valeur.pk, value="https://exemple.org/en/")
            ),
            "fichier": self.change(self.importer),
            "machine": self.change(lambda: someone.post("machine_translate", pk)),
        }

    def importer(self) -> None:
        seen = self.someone.client.post(
            self.someone.url("upload_pofile", self.translation.pk), {"file": self.fichier()}
        )
        contenu = seen.context["contenu"] if seen.context and "contenu" in seen.context else ""
        self.someone.post("upload_pofile", self.translation.pk, contenu=contenu)

    def par_le_paquet(self) -> dict[str, bool]:
        user, pk = self.someone.user, self.translation.pk
        return {
            "phrase": self.change(
                lambda: stock.edit_string_translation(requete(user, "put", value="Texte"), pk, self.phrase.pk)
            ),
            "valeur": self.change(
                lambda: stock.edit_override(requete(user, "put", value="https://exemple.org/en/"), pk, self.valeur.pk)
            ),
            "fichier": self.change(lambda: stock.upload_pofile(requete(user, file=self.fichier()), pk)),
            "machine": self.change(lambda: stock.machine_translate(requete(user), pk)),
        }

    def change(self, geste: Any) -> bool:
        """Do it, tell whether it wrote anything, and clean up."""
        geste()
        written = StringTranslation.objects.exists() or SegmentOverride.objects.exists()
        StringTranslation.objects.all().delete()
        SegmentOverride.objects.all().delete()
        return written


TOUS = ("phrase", "valeur", "fichier", "machine")


@pytest.mark.usefixtures("machine")
class TestH6:
    """Phrases, values, files and machines write through locks, that of the review included."""

    def test_stock(self, translation: Translation, fiche: Any, chef: Personne) -> None:
        translator = personne(roles.TRADUCTIONS[0])
        verrouiller(version(fiche), chef.user)
        assert Gestes(translation, translator).par_le_paquet() == dict.fromkeys(TOUS, True)
        verrouiller(version(fiche), None)
        mettre_en_relecture(version(fiche), chef.user)
        assert Gestes(translation, translator).par_le_paquet() == dict.fromkeys(TOUS, True)

    def test_ours_without_a_lock(self, translation: Translation) -> None:
        translator = personne(roles.TRADUCTIONS[0])
        assert Gestes(translation, translator).par_les_adresses() == dict.fromkeys(TOUS, True)

    @pytest.mark.parametrize("who", [roles.TRADUCTIONS[0], roles.MODERATION, "chef"])
    def test_ours_while_somebody_else_holds_the_page(
        self, who: Any, translation: Translation, fiche: Any, chef: Personne
    ) -> None:
        verrouiller(version(fiche), personne(roles.TRADUCTIONS[0]).user)
        someone = chef if who == "chef" else personne(who)
        assert Gestes(translation, someone).par_les_adresses() == dict.fromkeys(TOUS, False)

    @pytest.mark.parametrize("who", [roles.TRADUCTIONS[0], roles.MODERATION, "chef"])
    def test_ours_while_the_page_is_read(self, who: Any, translation: Translation, fiche: Any, chef: Personne) -> None:
        mettre_en_relecture(version(fiche), chef.user)
        someone = chef if who == "chef" else personne(who)
        assert Gestes(translation, someone).par_les_adresses() == dict.fromkeys(TOUS, False)
        answer = someone.put("edit_string_translation", translation.pk, phrase(translation, "Animer").pk)
        assert (answer.status_code, "en relecture" in answer.json()["detail"]) == (409, True)

    def test_ours_where_the_version_is_an_ordinary_page(self, translation: Translation) -> None:
        Translation.objects.update(enabled=False)
        assert Gestes(translation, personne(roles.TRADUCTIONS[0])).par_les_adresses() == dict.fromkeys(TOUS, False)

    @pytest.mark.parametrize("role", [roles.TRADUCTIONS[1], roles.REDACTION, roles.CONTRIBUTION, roles.ADMINISTRATION])
    def test_ours_for_those_of_other_languages(self, role: Any, translation: Translation) -> None:
        assert Gestes(translation, personne(role)).par_les_adresses() == dict.fromkeys(TOUS, False)


class TestValeurs:
    """What is typed is a text or a value of its field, or is refused without a breakdown."""

    def test_bad_input(self, translation: Translation, chef: Personne) -> None:
        segment = phrase(translation, "Animer")
        other = traduire(FichePageFactory(title="Une autre", publiee=True), chef.user)
        args = (translation.pk, segment.pk)
        assert chef.put("edit_string_translation", *args, value=None).status_code == 409
        assert chef.put("edit_string_translation", *args, value="a\x00b").status_code == 409
        assert chef.put("edit_string_translation", *args, value="a" * 30_000).status_code == 409
        assert chef.get("edit_string_translation", *args).status_code == 405
        assert chef.post("edit_string_translation", *args).status_code == 405
        url = chef.url("edit_string_translation", *args)
        for body, kind in (
            (b"\xff\xfe", "text/plain"),
            (b"{", "application/json"),
            (b"--x", "multipart/form-data; boundary=y"),
            (b"", "multipart/form-data"),
        ):
            assert chef.client.put(url, body, content_type=kind).status_code == 409, kind
        for name in ("edit_string_translation", "edit_override"):
            assert chef.put(name, translation.pk, 9_999_999).status_code in {302, 404}
            assert chef.put(name, 9_999_999, segment.pk).status_code in {302, 404}
        # The phrase of another page.
        assert chef.put("edit_string_translation", translation.pk, phrase(other, "Une autre").pk).status_code in {
            302,
            404,
        }
        assert not StringTranslation.objects.exists()

    def test_a_browser_that_asks_for_a_page_breaks_nothing(self, translation: Translation, chef: Personne) -> None:
        url = chef.url("edit_string_translation", translation.pk, phrase(translation, "Animer").pk)
        body = {"data": "value=Animate", "content_type": "application/x-www-form-urlencoded"}
        assert chef.client.put(url, headers={"accept": "text/html"}, **body).status_code == 406
        assert not StringTranslation.objects.exists()
        assert chef.client.put(url, **body).json()["data"] == "Animate"
        assert chef.client.delete(url).status_code == 200
        assert introuvable(chef.client.delete(url))

    @pytest.mark.parametrize("value", ["javascript:alert(1)", "data:text/html,x", "//exemple.org", "pas une adresse"])
    def test_a_link_leads_nowhere_it_may_not(self, value: str, translation: Translation, chef: Personne) -> None:
        segment = OverridableSegment.objects.get(source=translation.source, data_json='"https://exemple.org/"')
        assert chef.put("edit_override", translation.pk, segment.pk, value=value).status_code == 409
        assert not SegmentOverride.objects.exists()

    def test_no_machine_no_address(self, translation: Translation, chef: Personne) -> None:
        assert chef.post("machine_translate", translation.pk).status_code in {302, 404}
        assert chef.get("machine_translate", translation.pk).status_code == 405
        assert not StringTranslation.objects.exists()

    @pytest.mark.usefixtures("machine")
    def test_what_a_machine_writes_is_marked(self, translation: Translation, chef: Personne) -> None:
        chef.post("machine_translate", translation.pk)
        assert set(StringTranslation.objects.values_list("translation_type", flat=True)) == {"machine"}
        assert chef.post("machine_translate", translation.pk).status_code == 302


@pytest.mark.usefixtures("machine")
class TestF2:
    """A machine writes FALC."""

    @pytest.fixture
    def falc(self, site: None) -> Translation:
        """From English, as if a row had been written by other means."""
        english = FichePageFactory(parent=version(FichePageFactory().get_parent()), title="In English", publiee=True)
        FichePageFactory(parent=accueil("fr-simple"), version_de=english, slug="facile")
        source, _made = TranslationSource.get_or_create_from_instance(english)
        return Translation.objects.bulk_create([Translation(source=source, target_locale=locale("fr-simple"))])[0]

    def test_stock(self, falc: Translation, chef: Personne) -> None:
        stock.machine_translate(requete(chef.user), falc.pk)
        assert StringTranslation.objects.filter(locale=locale("fr-simple")).exists()

    @pytest.mark.parametrize("role", [roles.REDACTION_FALC, None])
    def test_ours(self, role: Any, falc: Translation, chef: Personne) -> None:
        someone = personne(role) if role else chef
        assert someone.post("machine_translate", falc.pk).status_code in {302, 403}
        assert not StringTranslation.objects.exists()
