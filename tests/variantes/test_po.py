"""PO files: what goes out, what comes back line by line, and files that are not what they say."""

import base64
from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.views import edit_translation as stock

from redaction import roles
from tests.factories import FichePageFactory, publier
from tests.variantes.equipe import Personne, ecrire, mettre_en_relecture, personne, phrase, traduire, version
from tests.variantes.stock import requete
from variantes.operations import po as operations
from variantes.operations.po import Rapport, Verdict

pytestmark = pytest.mark.django_db

LIEN = 'Voir <a id="a1">ici</a> et <b>là</b>'


@pytest.fixture
def fiche(site: None) -> Any:
    return FichePageFactory(
        title="Animer",
        resume="Un résumé pour {prenom}.",
        objectifs='<p>Voir <a href="https://exemple.org/">ici</a> et <b>là</b></p>',
        publiee=True,
    )


@pytest.fixture
def translation(fiche: Any, chef: Personne) -> Translation:
    return traduire(fiche, chef.user)


@pytest.fixture
def traductrice(translation: Translation) -> Personne:
    return personne(roles.TRADUCTIONS[0])


class Fichier:
    """A file that was exported, and what a translator made of it."""

    def __init__(self, translation: Translation, user: Any) -> None:
        self.translation = translation
        self.user = user
        _name, text = operations.exporter(translation, user)
        self.po = polib.pofile(text)

    def entree(self, msgid: str) -> polib.POEntry:
        return next(entry for entry in self.po if entry.msgid == msgid)

    def traduire(self, msgid: str, msgstr: str, *flags: str) -> "Fichier":
        entry = self.entree(msgid)
        entry.msgstr, entry.flags = msgstr, list(flags)
        return self

    def contenu(self) -> bytes:
        return str(self.po).encode()

    def examiner(self) -> Rapport:
        return operations.examiner(self.contenu(), self.translation, self.user)

    def importer(self) -> Rapport:
        return operations.importer(self.contenu(), self.translation, self.user)

    def ligne(self, extrait: str) -> tuple[Verdict, str]:
        """Return what becomes of a phrase; looking changes nothing, and doing it says the same."""
        before = set(StringTranslation.objects.values_list("pk", "data"))
        seen = self.examiner()
        assert set(StringTranslation.objects.values_list("pk", "data")) == before
        assert self.importer().lignes == seen.lignes
        return next((ligne.verdict, ligne.raison) for ligne in seen.lignes if ligne.extrait.startswith(extrait))


@pytest.fixture
def fichier(translation: Translation, traductrice: Personne) -> Fichier:
    return Fichier(translation, traductrice.user)


class TestExport:
    def test_name_and_headers(self, translation: Translation, traductrice: Personne) -> None:
        response = traductrice.get("download_pofile", translation.pk)
        assert response.headers["Content-Disposition"] == 'attachment; filename="animer-en.po"'
        assert response.headers["Content-Type"] == "text/x-gettext-translation; charset=utf-8"
        po = polib.pofile(response.content.decode())
        assert po.metadata["Language"] == "en"
        assert po.metadata["X-WagtailLocalize-TranslationID"] == str(translation.uuid)
        assert {"Animer", LIEN} <= {entry.msgid for entry in po}

    def test_a_title_without_letters_has_a_name_too(self, translation: Translation, traductrice: Personne) -> None:
        translation.source.object_repr = '"?"\r\nX-Bad: 1'
        translation.source.save()
        name = traductrice.get("download_pofile", translation.pk).headers["Content-Disposition"]
        assert name == 'attachment; filename="x-bad-1-en.po"'
        translation.source.object_repr = "؟"
        translation.source.save()
        assert (
            f"traduction-{translation.pk}-en.po"
            in traductrice.get("download_pofile", translation.pk).headers["Content-Disposition"]
        )

    def test_what_a_machine_wrote_is_to_be_read(self, fichier: Fichier) -> None:
        ecrire(fichier.translation, translation_type="machine")
        po = Fichier(fichier.translation, fichier.user).po
        assert all(entry.fuzzy for entry in po)

    def test_nothing_comes_out_of_an_ordinary_page(self, translation: Translation, traductrice: Personne) -> None:
        Translation.objects.update(enabled=False)
        assert traductrice.get("download_pofile", translation.pk).status_code == 302


class TestStock:
    def test_fuzzy_entries_are_taken_as_good(self, fichier: Fichier) -> None:
        fichier.traduire("Animer", "To check", "fuzzy")
        upload = SimpleUploadedFile("a.po", fichier.contenu())
        stock.upload_pofile(requete(fichier.user, file=upload), fichier.translation.pk)
        assert StringTranslation.objects.get(data="To check").translation_type == "manual"


class TestLignes:
    def test_a_phrase_is_taken_as_translated_by_the_person(self, fichier: Fichier) -> None:
        assert fichier.traduire("Animer", "Animate").ligne("Animer") == (Verdict.ACCEPTEE, "")
        kept = StringTranslation.objects.get()
        assert (kept.data, kept.translation_type, kept.tool_name, kept.last_translated_by) == (
            "Animate",
            "manual",
            "Fichier PO",
            fichier.user,
        )
        assert version_de_titre(fichier) == "Animate"
        assert fichier.ligne("Animer") == (Verdict.INCHANGEE, "")
        assert fichier.traduire("Animer", "Lead").ligne("Animer") == (Verdict.ACCEPTEE, "Remplace une traduction.")

    def test_fuzzy_is_refused_and_empty_is_not_yet(self, fichier: Fichier) -> None:
        verdict, reason = fichier.traduire("Animer", "Animate", "fuzzy").ligne("Animer")
        assert (verdict, "fuzzy" in reason) == (Verdict.REFUSEE, True)
        assert fichier.ligne("Voir") == (Verdict.VIDE, "")
        assert not StringTranslation.objects.exists()

    def test_what_a_machine_wrote_and_a_person_kept_is_read(self, fichier: Fichier) -> None:
        ecrire(fichier.translation, "[m] ", translation_type="machine")
        fichier.traduire("Animer", "[m] Animer")
        assert fichier.ligne("Animer") == (Verdict.ACCEPTEE, "Proposée par une machine, relue.")
        assert StringTranslation.objects.get(data="[m] Animer").translation_type == "manual"
        assert StringTranslation.objects.filter(translation_type="machine").exists()

    def test_unknown_and_moved_phrases(self, fichier: Fichier) -> None:
        fichier.po.append(polib.POEntry(msgid="Inconnue", msgstr="Unknown", msgctxt="title"))
        fichier.po.append(polib.POEntry(msgid="Animer", msgstr="Elsewhere", msgctxt="resume"))
        fichier.po.append(polib.POEntry(msgid="Sans contexte", msgstr="x"))
        fichier.po.append(
            polib.POEntry(msgid="Une", msgid_plural="Des", msgstr_plural={0: "One", 1: "Some"}, msgctxt="title")
        )
        assert fichier.ligne("Inconnue")[0] is Verdict.REFUSEE
        assert fichier.ligne("Sans contexte")[0] is Verdict.REFUSEE
        assert "pluriels" in fichier.ligne("Une")[1]
        moved = [ligne for ligne in fichier.examiner().lignes if "msgctxt" in ligne.raison]
        assert [ligne.extrait for ligne in moved] == ["Animer"]
        assert not StringTranslation.objects.exists()

    def test_obsolete_phrases_are_left(self, fichier: Fichier, fiche: Any, chef: Personne) -> None:
        ecrire(fichier.translation)
        fiche.resume = "Un autre résumé."
        publier(fiche)
        chef.post("update_translations", fichier.translation.source_id)
        changed = Fichier(Translation.objects.get(pk=fichier.translation.pk), fichier.user)
        assert changed.ligne("Un résumé pour")[0] is Verdict.IGNOREE
        # The file from before: the phrase is no longer in the page.
        fichier.traduire("Un résumé pour {prenom}.", "Old {prenom}.")
        assert fichier.ligne("Un résumé pour")[0] is Verdict.REFUSEE

    def test_a_phrase_twice_in_the_file(self, fichier: Fichier) -> None:
        fichier.traduire("Animer", "First")
        fichier.po.append(polib.POEntry(msgid="Animer", msgstr="Second", msgctxt="title"))
        lignes = [ligne for ligne in fichier.examiner().lignes if ligne.extrait == "Animer"]
        assert [ligne.verdict for ligne in lignes] == [Verdict.ACCEPTEE, Verdict.REFUSEE]
        assert str(lignes[0].numero) in lignes[1].raison
        fichier.importer()
        assert StringTranslation.objects.get().data == "First"

    @pytest.mark.parametrize(
        ("texte", "dit"),
        [
            ("See here and there", "il manque"),
            ('See <a id="a1">here</a> and there', "<b>"),
            ('See <a id="a2">here</a> and <b>there</b>', "balises"),
            ('See <a id="a1">here</a> and <b>there</b> <i>now</i>', "<i> en trop"),
            ('See <a id="a1" href="https://exemple.org">here</a> and <b>there</b>', "balises"),
            ('See <a id="a1">here</a> and <b>there</b><script>x</script>', "balises"),
        ],
    )
    def test_tags_that_are_not_those_of_the_french(self, texte: str, dit: str, fichier: Fichier) -> None:
        verdict, reason = fichier.traduire(LIEN, texte).ligne("Voir")
        assert (verdict, dit in reason) == (Verdict.REFUSEE, True), reason
        assert not StringTranslation.objects.exists()

    def test_tags_may_change_places(self, fichier: Fichier) -> None:
        fichier.traduire(LIEN, '<b>There</b> and <a id="a1">here</a>')
        assert fichier.ligne("Voir") == (Verdict.ACCEPTEE, "")

    def test_words_to_replace_stay(self, fichier: Fichier) -> None:
        wanted = "Un résumé pour {prenom}."
        assert "{prenom}" in fichier.traduire(wanted, "A summary for {name}.").ligne("Un résumé")[1]
        assert fichier.traduire(wanted, "A summary for {prenom}.").ligne("Un résumé")[0] is Verdict.ACCEPTEE

    def test_fields_keep_their_limits(self, fichier: Fichier) -> None:
        assert "255 au plus" in fichier.traduire("Animer", "a" * 256).ligne("Animer")[1]
        slug = next(entry.msgid for entry in fichier.po if entry.msgctxt == "slug")
        verdict, reason = fichier.traduire(slug, "Pas une adresse").ligne(slug)
        assert (verdict, "adresse" in reason) == (Verdict.REFUSEE, True)

    def test_the_lines_are_those_of_the_file(self, fichier: Fichier) -> None:
        fichier.traduire("Animer", "Animate")
        report = fichier.examiner()
        lines = fichier.contenu().decode().splitlines()
        for ligne in report.lignes:
            around = "\n".join(lines[ligne.numero - 1 : ligne.numero + 4])
            assert "msgid" in around
        animer = next(ligne for ligne in report.lignes if ligne.extrait == "Animer")
        assert 'msgid "Animer"' in "\n".join(lines[animer.numero - 1 : animer.numero + 2])
        assert dict(report.comptes)["Prise"] == 1


def version_de_titre(fichier: Fichier) -> str:
    return str(fichier.translation.get_target_instance().draft_title)


class TestFichiers:
    def refus(self, traductrice: Personne, translation: Translation, contenu: bytes | None, name: str = "a.po") -> str:
        data = {} if contenu is None else {"file": SimpleUploadedFile(name, contenu)}
        response = traductrice.client.post(traductrice.url("upload_pofile", translation.pk), data)
        assert response.status_code == 200
        assert not response.context["rapport"]
        assert not StringTranslation.objects.exists()
        errors = response.context["form"].errors.get("file", [])
        return str(response.context["refus"] or " ".join(errors))

    def test_what_is_no_file_for_this_translation(
        self, traductrice: Personne, translation: Translation, fichier: Fichier, chef: Personne
    ) -> None:
        good = fichier.traduire("Animer", "Animate").contenu()
        other = Fichier(traduire(FichePageFactory(title="Autre", publiee=True), chef.user), chef.user).contenu()
        identifier = str(translation.uuid).encode()
        cases = {
            "Choisissez": None,
            "vide": b"",
            "est vide.": b"  \n ",
            "UTF-8": good.replace(b"Animate", "Animé".encode("latin-1")),
            "caractère interdit": good.replace(b"Animate", b"Ani\x00mate"),
            "ni en-tête": b'msgid "a"\nmsgstr "b"\n',
            "texte en UTF-8": b"\x89PNG\r\n\x1a\n" + bytes(range(1, 128)),
            "lisible": b"Bonjour, ceci est une lettre.\nElle a deux lignes.\n",
            "dépasse": good + b"#" * operations.TAILLE,
            "codage": good.replace(b"charset=utf-8", b"charset=iso-8859-1"),
            "de quelle traduction": good.replace(b"X-WagtailLocalize-TranslationID", b"X-Autre"),
            "autre page": other,
            "d’une autre": good.replace(identifier, b"00000000-0000-0000-0000-000000000000"),
            "langue « es »": good.replace(b"Language: en", b"Language: es"),
        }
        for words, contenu in cases.items():
            assert words in self.refus(traductrice, translation, contenu), words
        assert "phrases" in self.refus(
            traductrice,
            translation,
            good + b"".join(b'\nmsgid "%d"\nmsgstr ""\n' % rank for rank in range(operations.ENTREES)),
        )

    def test_a_file_that_names_another_is_not_read(self, traductrice: Personne, translation: Translation) -> None:
        assert "PO" in self.refus(traductrice, translation, b"/etc/passwd")

    def test_what_editors_of_files_change_is_borne(self, fichier: Fichier) -> None:
        good = fichier.traduire("Animer", "Animate").contenu()
        changed = b"\xef\xbb\xbf" + good.replace(b"\n", b"\r\n").replace(b"Language: en", b"Language: en_GB")
        assert operations.examiner(changed, fichier.translation, fichier.user).prises == 1


class TestEcran:
    def test_a_look_then_the_import(self, traductrice: Personne, fichier: Fichier, fiche: Any) -> None:
        pk = fichier.translation.pk
        fichier.traduire("Animer", "Animate").traduire(LIEN, "Sans balises")
        editor = reverse("wagtailadmin_pages:edit", args=[version(fiche).pk])
        assert traductrice.get("upload_pofile", pk).status_code == 200
        sent = {"file": SimpleUploadedFile("a.po", fichier.contenu()), "next": editor}
        seen = traductrice.client.post(traductrice.url("upload_pofile", pk), sent)
        html = seen.content.decode()
        assert "Importer 1 traduction<" in html
        assert "Rien n’est encore importé" in html
        assert "il manque" in html
        assert editor in html
        assert not StringTranslation.objects.exists()
        done = traductrice.post("upload_pofile", pk, contenu=seen.context["contenu"], next=editor)
        assert "Ce qui a été importé" in done.content.decode()
        assert "n’ont pas été importées" in done.content.decode()
        assert StringTranslation.objects.get().data == "Animate"
        # Once more changes nothing.
        again = traductrice.post("upload_pofile", pk, contenu=seen.context["contenu"])
        assert dict(again.context["rapport"].comptes)["Inchangée"] == 1
        history = traductrice.client.get(reverse("wagtailadmin_pages:history", args=[version(fiche).pk]))
        assert history.content.decode().count("Traductions importées d’un fichier PO") == 1

    def test_a_review_that_starts_meanwhile_stops_the_import(
        self, traductrice: Personne, fichier: Fichier, fiche: Any, chef: Personne
    ) -> None:
        contenu = base64.b64encode(fichier.traduire("Animer", "Animate").contenu()).decode()
        mettre_en_relecture(version(fiche), chef.user)
        assert traductrice.post("upload_pofile", fichier.translation.pk, contenu=contenu).status_code == 302
        assert not StringTranslation.objects.exists()

    @pytest.mark.parametrize("contenu", ["", "é", "!!!", "eA==", "a" * 7])
    def test_a_file_lost_on_the_way(self, contenu: str, traductrice: Personne, translation: Translation) -> None:
        response = traductrice.post("upload_pofile", translation.pk, contenu=contenu)
        assert response.status_code == 200
        assert response.context["refus"]

    def test_nothing_foreign_is_shown_as_html(self, traductrice: Personne, fichier: Fichier) -> None:
        fichier.po.append(polib.POEntry(msgid="<script>alert(1)</script>&lt;img&gt;", msgstr="x", msgctxt="title"))
        sent = {"file": SimpleUploadedFile("a.po", fichier.contenu())}
        html = traductrice.client.post(traductrice.url("upload_pofile", fichier.translation.pk), sent).content.decode()
        assert "<script>alert" not in html
        assert "&lt;img&gt;" in html

    def test_it_costs_the_same_for_many_phrases(self, fichier: Fichier, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(12):
            fichier.examiner()
        assert phrase(fichier.translation, "Animer") is not None
