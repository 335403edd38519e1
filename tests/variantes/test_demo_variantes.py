"""Language versions of the demonstration: complete, true to their texts, in the states that the team meets."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Locale, Page, TaskState
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, extract_strings

from fiches.models import FichePage
from home.demo import sources
from home.demo.blocs import lignes
from home.demo.segments import source_de
from home.demo.traductions import StructureDifferente, enregistrer
from home.models import HomePage, InformationPage
from tests.harness.html import StrictClient
from variantes.falc import Controle, Niveau
from variantes.queries.fraicheur import retard
from variantes.queries.lignes_falc import lignes_de
from variantes.queries.validation import label_de

LANGUES = ("en", "ar", "es", "pt")
FICHES = {"fr-simple": 6, "en": 6, "ar": 6, "es": 2, "pt": 2}
FORMATION = "co-construire-une-formation"
EN_FRANCAIS = {"en": "in French", "ar": "بالفرنسية", "es": "en francés", "pt": "em francês"}
# What is not words: codes, names of drawings, addresses. The time that a step takes is, that of the whole is not.
CODES = {"niveau", "genre", "pictogramme", "page", "dessin", "cote", "document", "url"}
CODES_DE_PAGE = {
    *("slug", "type_ressource", "illustration", "publics", "contextes", "natures", "echelles", "niveaux"),
    *("thematiques", "duree", "licence", "lien_externe", "etat", "proposition", "remarques", "commentaire"),
}


def mots(value: Any) -> Iterator[str]:
    """The words of a translated text, cut as translators see them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if not (name in CODES and isinstance(inner, str)):
                yield from mots(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mots(inner)
    elif isinstance(value, str) and "<" in value:
        yield from (string.data for string, _attrs in extract_strings(value)[1])
    elif isinstance(value, str) and not value.startswith(("fiche:", "page:")):
        yield StringValue.from_plaintext(value).data


def fichiers(langue: str) -> dict[str, sources.Data]:
    return {"accueil": sources.accueil(langue), **sources.pages(langue), **sources.fiches(langue)}


# --- The files ---


@pytest.mark.parametrize("langue", LANGUES)
def test_a_link_says_that_it_leads_to_french_when_it_does_and_only_then(langue: str) -> None:
    theirs = {f"fiche:{slug}" for slug in sources.fiches(langue)} | {f"page:{slug}" for slug in sources.pages(langue)}
    theirs |= {"page:accueil", "page:fiches"}

    def links(value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            if isinstance(target := value.get("page"), str):
                yield target, f"{value.get('texte', '')} {value.get('titre', '')}"
            for inner in value.values():
                yield from links(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from links(inner)
        elif isinstance(value, str):
            yield from re.findall(r'<a href="((?:fiche|page):[^"]+)">(.*?)</a>', value, re.DOTALL)

    wrong = [
        (name, target)
        for name, data in fichiers(langue).items()
        for target, words in links(data)
        if target.startswith(("fiche:", "page:"))
        and (target in theirs) == (EN_FRANCAIS[langue] in " ".join(words.split()))
    ]
    assert not wrong


def test_lines_become_paragraphs_and_items() -> None:
    assert lignes("Un.\nDeux :\n- trois,\n- quatre.\n\nCinq.") == (
        "<p>Un.</p><p>Deux :</p><ul><li>trois,</li><li>quatre.</li></ul><p>Cinq.</p>"
    )
    assert lignes("- un") == "<ul><li>un</li></ul>"


# --- The pages ---


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
@pytest.mark.django_db
@pytest.mark.usefixtures("demo_site")
class TestSeeded:
    @pytest.mark.parametrize(("langue", "nombre"), FICHES.items())
    def test_languages_have_their_resources(self, langue: str, nombre: int) -> None:
        assert FichePage.objects.live().filter(locale__language_code=langue).count() == nombre

    def test_some_resources_are_in_every_language(self) -> None:
        everywhere = set.intersection(*(set(sources.fiches(langue)) for langue in FICHES))
        assert everywhere == {"parler-d-argent-et-de-temps-des-le-depart", "rendre-une-reunion-accessible"}

    @pytest.mark.parametrize("langue", ["fr", *FICHES])
    def test_every_page_answers(self, client: StrictClient, langue: str) -> None:
        for page in Page.objects.live().filter(locale__language_code=langue, depth__gt=1):
            response = client.get(page.get_url())
            assert (response.status_code, f'<html lang="{langue}"' in response.content.decode()) == (200, True), page

    def test_every_page_in_easy_french_passes_its_checker(self) -> None:
        pages = Page.objects.live().filter(locale__language_code="fr-simple", depth__gt=1).specific()
        assert pages.count() >= 11
        found = [
            (page.slug, constat.regle, constat.extrait)
            for page in pages
            for constat in Controle().verifier(lignes_de(page))
            if constat.niveau == Niveau.ERREUR
        ]
        assert not found

    def test_pages_in_easy_french_are_rewritten_not_translated(self) -> None:
        for page in Page.objects.filter(locale__language_code="fr-simple", depth__gt=1).specific():
            assert page.texte_falc, page
            assert not getattr(page, "corps", None), page
            translation = Translation.objects.get(
                source__object_id=page.translation_key, target_locale__language_code="fr-simple"
            )
            assert not translation.enabled, page

    def test_how_to_use_the_site_is_a_version_of_the_reading_help(self) -> None:
        falc = InformationPage.objects.get(slug="utiliser-ce-site", locale__language_code="fr-simple")
        assert falc.get_translation(Locale.objects.get(language_code="fr")).slug == "aide-lecture"

    @pytest.mark.parametrize("langue", LANGUES)
    def test_every_translation_is_there_string_by_string(self, langue: str) -> None:
        locale = Locale.objects.get(language_code=langue)
        for page in Page.objects.live().filter(locale=locale, depth__gt=1).specific():
            translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)
            total, done = translation.get_progress()
            assert (translation.enabled, done, total > 0) == (True, total, True), page
            strings = StringTranslation.objects.filter(context__object_id=page.translation_key, locale=locale)
            assert set(strings.values_list("translation_type", "tool_name", "has_error")) == {("manual", "", False)}

    @pytest.mark.parametrize("langue", LANGUES)
    def test_readers_have_the_words_of_the_file(self, langue: str) -> None:
        locale = Locale.objects.get(language_code=langue)
        for name, data in fichiers(langue).items():
            model = HomePage if name == "accueil" else Page
            found = model.objects.filter(locale=locale, **({} if name == "accueil" else {"slug": name}))
            page = found.get().specific_class.objects.get(pk=found.get().pk)
            shown = {one.string.data for one in extract_segments(page) if isinstance(one, StringSegmentValue)}
            texts = {key: value for key, value in data.items() if key not in CODES_DE_PAGE}
            absent = [words for words in mots(texts) if words and words not in shown]
            assert not absent, (langue, name)

    def test_a_page_is_cut_as_wagtail_localize_does(self) -> None:
        page = FichePage.objects.get(slug="remunerer-ou-defrayer-un-usager-partenaire", locale__language_code="fr")
        source = TranslationSource.objects.get_for_instance(page)

        def cut() -> list[set[Any]]:
            return [
                {
                    (row.pk, row.order, row.context.path, row.context.field_path)
                    for row in model.objects.filter(source=source).select_related("context")
                }
                for model in (StringSegment, TemplateSegment, OverridableSegment)
            ]

        before = cut()
        TranslationContext.objects.filter(object_id=source.object_id).update(field_path="")
        source.refresh_segments()
        assert cut() == before
        assert source_de(page) == source

    def test_a_translation_with_other_parts_is_refused(self) -> None:
        page = FichePage.objects.get(slug="rendre-une-reunion-accessible", locale__language_code="fr")
        english = page.get_translation(Locale.objects.get(language_code="en"))
        english.corps = list(english.corps.raw_data)[1:]
        with pytest.raises(StructureDifferente, match="corps"):
            enregistrer(page, english, source_de(page), english.locale)

    def test_some_versions_are_behind_the_french_text(self) -> None:
        pages = Page.objects.live().exclude(locale__language_code="fr").filter(depth__gt=1)
        behind = {(page.slug, page.locale.language_code) for page in pages if retard(page)}
        assert behind == {("preparer-et-animer-un-atelier-en-binome", code) for code in ("fr-simple", "en", "ar")}

    def test_a_translation_is_in_review_and_another_sent_back(self) -> None:
        pages = {code: FichePage.objects.get(slug=FORMATION, locale__language_code=code) for code in ("en", "ar")}
        states = {code: page.current_workflow_state.status for code, page in pages.items()}
        assert states == {"en": "in_progress", "ar": "needs_changes"}
        for code, page in pages.items():
            said = sources.fiches(code)[FORMATION]
            assert page.title == said["titre"], "nothing is public before it is approved"
            assert page.get_latest_revision_as_object().title == said["proposition"]["title"]
        refused = TaskState.objects.get(revision__object_id=str(pages["ar"].pk))
        assert (refused.status, bool(refused.comment)) == ("rejected", True)
        assert pages["ar"].commentaires_segments.get().nom == "Nadir Démo"

    def test_a_translation_is_unfinished(self, client: StrictClient) -> None:
        page = FichePage.objects.not_live().get(locale__language_code="pt")
        total, done = Translation.objects.get(
            source__object_id=page.translation_key, target_locale=page.locale
        ).get_progress()
        assert 5 < done < total
        assert page.title not in client.get("/pt/fiches/").content.decode()

    def test_a_text_in_easy_french_is_being_read_and_another_has_its_label(self) -> None:
        pages = Page.objects.filter(locale__language_code="fr-simple", depth__gt=1).specific()
        labelled = [page.slug for page in pages if label_de(page)]
        read = [page.slug for page in pages if page.current_workflow_state]
        assert (labelled, read) == (["utiliser-ce-site"], ["preparer-et-animer-un-atelier-en-binome"])

    def test_a_second_run_makes_no_string(self) -> None:
        def counts() -> list[int]:
            return [
                model.objects.count() for model in (TranslationSource, Translation, StringSegment, StringTranslation)
            ]

        before = counts()
        call_command("seed_demo", verbosity=0)
        assert counts() == before
