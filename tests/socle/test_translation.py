"""What is sent to translators: every word of a page, and nothing else; nothing goes live by being sent."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from fiches.models import FichePage
from socle.models import LienMenu, Menu, Public
from tests.factories import (
    FichePageFactory,
    FichierFactory,
    IllustrationFactory,
    accueil,
    blocs,
    index_fiches,
    publier,
    terme,
)
from tests.harness.html import StrictClient
from tests.socle.test_navigation import menu

pytestmark = pytest.mark.django_db
Publish = Callable[[Translation], None]


@pytest.fixture
def english() -> Locale:
    """The English home page and index exist, as versions of the French ones."""
    index = index_fiches("en")
    index.translation_key = index_fiches("fr").translation_key
    index.save()
    return index.locale


def submit(client: StrictClient, instance: Page, locale: Locale) -> Translation:
    """Send a page to translation through the editor's screen."""
    url = reverse("wagtail_localize:submit_page_translation", args=[instance.pk])
    assert client.get(url).status_code == 200
    response = client.post(url, {"locales": [locale.pk]})
    assert response.status_code == 302, response.context["form"].errors
    return Translation.objects.get(source__object_id=instance.translation_key, target_locale=locale)


def translate_term(client: StrictClient, instance: Any, locale: Locale, suffix: str = " [en]") -> None:
    """Translate a term or a menu, which has no draft, in one go."""
    meta = instance._meta
    args = [meta.app_label, meta.model_name, str(instance.pk)]
    url = f"{reverse('wagtail_localize:submit_snippet_translation', args=args)}?langue={locale.language_code}"
    fields = client.get(url).context["form"].fields
    data = {name: f"{field.label}{suffix}" for name, field in fields.items()}
    response = client.post(url, data)
    assert response.status_code == 302, response.context["form"].errors


def strings(instance: Any) -> dict[str, str]:
    """Return the words to translate by path."""
    segments = StringSegment.objects.filter(source__object_id=instance.translation_key).order_by("order")
    return {f"{segment.context.path}#{segment.order}": segment.string.data for segment in segments}


def translate(translation: Translation, suffix: str = " [en]") -> None:
    """Translate every string by itself with a mark at the end."""
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"{segment.string.data}{suffix}"},
        )


@pytest.fixture
def publish(django_capture_on_commit_callbacks: Any) -> Callable[[Translation], None]:
    """Publish a translation; wagtail-localize does it once the transaction is over."""

    def run(translation: Translation) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)

    return run


class TestSubmission:
    def test_a_resource_is_sent_and_nothing_goes_live(self, admin_client: StrictClient, english: Locale) -> None:
        fiche = FichePageFactory(complete=True, title="Animer", publiee=True)
        live = set(Page.objects.live().values_list("pk", flat=True))
        submit(admin_client, fiche, english)
        assert set(Page.objects.live().values_list("pk", flat=True)) == live
        version = FichePage.objects.get(translation_key=fiche.translation_key, locale=english)
        assert not version.live
        assert StrictClient().get("/en/fiches/").context["total"] == 0

    def test_a_term_is_sent_with_its_words_but_not_its_slug(self, admin_client: StrictClient, english: Locale) -> None:
        term = terme("publics", "usagers", nom="Usagers")
        term.description = "Les personnes soignées"
        term.save()
        translate_term(admin_client, term, english)
        assert sorted(strings(term).values()) == ["Les personnes soignées", "Usagers"]
        version = Public.objects.get(locale=english)
        assert (version.nom, version.slug, version.ordre) == ("Usagers [en]", "usagers", term.ordre)

    def test_a_menu_is_sent_with_its_links(self, admin_client: StrictClient, english: Locale) -> None:
        page = FichePageFactory()
        shown = menu(page, ("Blog", "https://exemple.org/"))
        translate_term(admin_client, shown, english)
        version = Menu.objects.get(locale=english)
        assert version.emplacement == "principal"
        assert [str(lien.url or lien.page_id) for lien in version.liens.all()] == [str(page.pk), "https://exemple.org/"]
        assert LienMenu.objects.filter(locale=english).count() == 2


class TestWords:
    @pytest.fixture
    def fiche(self) -> FichePage:
        return FichePageFactory(
            title="Animer",
            publiee=True,
            corps=[
                blocs.titre("Un titre"),
                blocs.texte("<p>Un paragraphe.</p>"),
                blocs.encadre("<p>Un encadré.</p>", titre="Un titre d’encadré"),
                blocs.citation("Une citation", "Camille", "un rôle"),
                blocs.etapes("Une étape"),
                blocs.tableau("<p>Une <b>cellule</b></p>", "<p>Une autre</p>", caption="Un tableau"),
                blocs.tableau("Du texte", "", caption="Un second tableau", type_colonne="texte"),
                blocs.questions(("Une question ?", "<p>Une réponse.</p>")),
                blocs.image(IllustrationFactory(), alt="Une image", legende="Une légende"),
                blocs.video(titre="Une vidéo", transcription="<p>Une transcription.</p>"),
                blocs.document(FichierFactory(), "Un document"),
                blocs.liens(blocs.lien(url="https://exemple.org/", texte="Un lien", description="Où il mène")),
                blocs.pages(accueil().pk, titre="Des pages"),
            ],
        )

    def test_every_word_of_every_block_is_sent_and_no_technical_value(
        self, admin_client: StrictClient, english: Locale, fiche: FichePage
    ) -> None:
        submit(admin_client, fiche, english)
        sent = set(strings(fiche).values())
        words = {
            "Animer", "Un titre", "Un paragraphe.", "Un encadré.", "Un titre d’encadré", "Une citation", "Camille",
            "un rôle", "Une étape", "Écrivez.", "Un tableau", "Moment", "Une <b>cellule</b>", "Une autre", "Du texte",
            "Un second tableau", "Une question ?", "Une réponse.", "Une image", "Une légende", "Une vidéo",
            "Une transcription.", "Un document", "Un lien", "Où il mène", "Des pages",
        }  # fmt: skip
        assert words <= sent
        assert not {"h2", "astuce", "fiche", "cc-by-sa-4.0", "usager", "riche", "texte"} & sent

    def test_translated_words_come_back_in_their_places(
        self, admin_client: StrictClient, english: Locale, fiche: FichePage, publish: Publish
    ) -> None:
        translation = submit(admin_client, fiche, english)
        translate(translation)
        publish(translation)
        version = FichePage.objects.get(translation_key=fiche.translation_key, locale=english)
        html = StrictClient().get(version.url).content.decode()
        for text in ("Un titre [en]", "Une <b>cellule</b> [en]", "Une autre [en]", "Du texte [en]", "Un tableau [en]"):
            assert text in html, text
        table = next(block.value for block in version.corps if block.block_type == "tableau")
        assert table.caption == "Un tableau [en]"
        assert [column["heading"] for column in table.columns] == ["Moment [en]"]
        source = FichePage.objects.get(pk=fiche.pk).corps
        assert next(block.value for block in source if block.block_type == "tableau").caption == "Un tableau"

    def test_an_untranslated_table_keeps_its_words(
        self, admin_client: StrictClient, english: Locale, fiche: FichePage
    ) -> None:
        translation = submit(admin_client, fiche, english)
        translation.save_target(publish=False)
        version = FichePage.objects.get(translation_key=fiche.translation_key, locale=english)
        latest = version.get_latest_revision_as_object()
        tables = [block.value for block in latest.corps if block.block_type == "tableau"]
        assert [table.caption for table in tables] == ["Un tableau", "Un second tableau"]

    def test_a_change_of_the_source_is_sent_again(
        self, admin_client: StrictClient, english: Locale, fiche: FichePage
    ) -> None:
        submit(admin_client, fiche, english)
        page = FichePage.objects.get(pk=fiche.pk)
        data = page.corps.get_prep_value()
        for block in data:
            if block["type"] == "tableau":
                block["value"]["caption"] = "Un tableau changé"
                break
        page.corps = json.dumps(data)
        page.save_revision().publish()
        TranslationSource.objects.get(object_id=fiche.translation_key).update_from_db()
        assert "Un tableau changé" in strings(fiche).values()


class TestTerms:
    def test_a_translated_resource_has_the_terms_of_its_language(
        self, admin_client: StrictClient, english: Locale, publish: Publish
    ) -> None:
        for facette, slug in (("publics", "usagers"), ("publics", "aidants"), ("natures", "soins")):
            terme(facette, slug, "en")
        fiche = FichePageFactory(
            title="Animer", publics=["usagers", "aidants"], natures=["soins"], echelles=["micro"], publiee=True
        )
        translation = submit(admin_client, fiche, english)
        translate(translation)
        publish(translation)
        version = FichePage.objects.get(translation_key=fiche.translation_key, locale=english)
        assert {term.slug for term in version.publics.all()} == {"usagers", "aidants"}
        for term in [*version.publics.all(), *version.natures.all(), *version.echelles.all()]:
            assert term.locale == english, term
        source = FichePage.objects.get(pk=fiche.pk)
        assert {term.slug for term in source.publics.all()} == {"usagers", "aidants"}
        assert {term.locale_id for term in source.publics.all()} == {source.locale_id}

        source.publics.add(terme("publics", "structures"))
        terme("publics", "structures", "en")
        publier(source)
        TranslationSource.objects.get(object_id=fiche.translation_key).update_from_db()
        publish(Translation.objects.get(pk=translation.pk))
        slugs = FichePage.objects.get(pk=version.pk).publics.values_list("slug", flat=True)
        assert set(slugs) == {"usagers", "aidants", "structures"}

    def test_its_authors_are_translated_with_it(
        self, admin_client: StrictClient, english: Locale, publish: Publish
    ) -> None:
        authors = [("Camille", "usager"), ("Samir", "professionnel")]
        fiche = FichePageFactory(title="Animer", auteurs=authors, publiee=True)
        translation = submit(admin_client, fiche, english)
        translate(translation, "")
        publish(translation)
        version = FichePage.objects.get(translation_key=fiche.translation_key, locale=english)
        assert [(author.nom, author.cote) for author in version.auteurs.all()] == [
            ("Camille", "usager"),
            ("Samir", "professionnel"),
        ]
        assert FichePage.objects.get(pk=fiche.pk).auteurs.count() == 2
