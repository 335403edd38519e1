"""A resource is written, previewed, published and taken away through the editor's own screens."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from fiches.models import FichePage, FichesIndexPage
from socle.blocks import CorpsBlock
from socle.blocks.textes import FEATURES, FEATURES_COURTES
from tests.factories import (
    FichierFactory,
    IllustrationFactory,
    InformationPageFactory,
    UtilisateurFactory,
    index_fiches,
    terme,
)
from tests.harness.html import StrictClient
from tests.socle.reading import one, soup, texts, titles

pytestmark = pytest.mark.django_db

Data = dict[str, Any]
TITRE = "Préparer une réunion à deux"


def riche(html: str, features: list[str] = FEATURES) -> str:
    return rich_text(html, features=features)


def liste(*values: Any) -> Data:
    """Return the form data of a list of blocks."""
    rows = {str(rank): {"value": value, "deleted": "", "order": str(rank)} for rank, value in enumerate(values)}
    return {"count": str(len(values)), **rows}


def tableau() -> Data:
    columns = [("texte", "Moment"), ("riche", "Qui")]
    cells = [["Avant", riche("<p>Les <b>deux</b></p>", FEATURES_COURTES)], ["Après", riche("", FEATURES_COURTES)]]
    form: Data = {"caption": "Qui fait quoi", "column-count": "2", "row-count": "2"}
    for rank, (kind, heading) in enumerate(columns):
        form |= {
            f"column-{rank}-type": kind,
            f"column-{rank}-heading": heading,
            f"column-{rank}-order": str(rank),
            f"column-{rank}-deleted": "",
        }
    for row, values in enumerate(cells):
        form |= {f"row-{row}-order": str(row), f"row-{row}-deleted": ""}
        form |= {f"cell-{row}-{rank}": value for rank, value in enumerate(values)}
    return form


def corps(picture: int, document: int, page: int) -> list[tuple[str, Any]]:
    """Return the form data of one block of every kind."""
    return [
        ("titre", {"texte": "Avant la réunion", "niveau": "h2"}),
        ("texte", riche(f'<p>Voir <a linktype="page" id="{page}">la page</a>.</p>')),
        ("encadre", {"genre": "astuce", "titre": "Une astuce", "texte": riche("<p>Arrivez tôt.</p>")}),
        ("citation", {"texte": "Rien sans nous.", "auteur": "Camille Exemple", "role": "usager partenaire"}),
        ("etapes", liste({"titre": "Saluer", "texte": riche("<p>Un mot pour chacun.</p>"), "duree": "5 minutes"})),
        ("tableau", tableau()),
        ("questions", liste({"question": "Combien de temps ?", "reponse": riche("<p>Une heure.</p>")})),
        ("image", {"image": {"image": str(picture), "alt_text": "Deux personnes"}, "legende": "Un atelier"}),
        (
            "video",
            {
                "titre": "Une réunion filmée",
                "url": "https://video.exemple.test/a",
                "fichier": "",
                "duree": "3 minutes",
                "vignette": "",
                "transcription": riche("<p>Deux personnes se saluent.</p>"),
            },
        ),
        ("document", {"document": str(document), "description": "À remplir"}),
        (
            "liens",
            {
                "titre": "Aller plus loin",
                "liens": liste(
                    {"texte": "La page", "page": str(page), "url": "", "description": ""},
                    {"texte": "Ailleurs", "page": "", "url": "https://exemple.org/", "description": "Un autre site"},
                ),
            },
        ),
        ("pages", {"titre": "À lire", "pages": liste(str(page))}),
    ]


@pytest.fixture
def index() -> FichesIndexPage:
    return index_fiches()


@pytest.fixture
def form(index: FichesIndexPage) -> Data:
    """Return what an editor types for a resource with every block."""
    picture, document = IllustrationFactory().pk, FichierFactory(title="Canevas").pk
    page = InformationPageFactory(title="Une page").pk
    blocks = corps(picture, document, page)
    assert {name for name, _value in blocks} == set(CorpsBlock().child_blocks)
    data = nested_form_data(
        {
            "title": TITRE,
            "slug": "preparer-une-reunion",
            "type_ressource": "fiche",
            "resume": "Une heure pour se mettre d’accord.",
            "illustration": str(picture),
            "objectifs": riche("<ul><li>Choisir ensemble</li></ul>"),
            "besoins": riche("<p>Une salle.</p>"),
            "duree": "une_2h",
            "duree_precision": "Une heure et demie",
            "etapes": streamfield(
                [("etape", {"titre": "Inviter", "texte": riche("<p>Écrivez.</p>"), "duree": "10 minutes"})]
            ),
            "corps": streamfield(blocks),
            "vigilance": riche("<p>Le temps de chacun.</p>"),
            "exemples": streamfield(
                [
                    (
                        "exemple",
                        {"titre": "Un service", "structure": "Hôpital fictif", "texte": riche("<p>Trois mois.</p>")},
                    )
                ]
            ),
            "documents": streamfield(
                [
                    ("document", {"document": str(document), "description": ""}),
                    ("lien", {"texte": "Un modèle", "page": "", "url": "https://exemple.org/m", "description": ""}),
                ]
            ),
            "lien_externe": "",
            "fichier": "",
            "auteurs": inline_formset(
                [
                    {"nom": "Camille Exemple", "cote": "usager", "role": "usager partenaire", "structure": ""},
                    {"nom": "Samir Démo", "cote": "professionnel", "role": "cadre", "structure": "Hôpital fictif"},
                ]
            ),
            "prochaine_revision": "2027-03-01",
            "licence": "cc-by-sa-4.0",
            "seo_title": "",
            "search_description": "",
            "image_partage": "",
            "comments": inline_formset([]),
        }
    )
    return {
        **data,
        "publics": [terme("publics", slug).pk for slug in ("usagers", "aidants")],
        "contextes": [terme("contextes", "hopital").pk],
        "natures": [terme("natures", "gouvernance").pk],
        "echelles": [],
        "niveaux": [],
        "thematiques": [],
    }


def add_url(index: FichesIndexPage) -> str:
    return reverse("wagtailadmin_pages:add", args=("fiches", "fichepage", index.pk))


def errors(response: Any) -> Any:
    return response.context["form"].errors if response.context and "form" in response.context else None


class TestPublishing:
    def test_a_superuser_publishes_a_resource_with_every_block_and_takes_it_away(
        self, admin_client: StrictClient, client: StrictClient, index: FichesIndexPage, form: Data
    ) -> None:
        response = admin_client.post(add_url(index), {**form, "action-publish": "1"})
        assert response.status_code == 302, errors(response)
        fiche = FichePage.objects.get()
        assert fiche.live
        assert fiche.locale.language_code == "fr"
        assert [(author.nom, author.locale_id) for author in fiche.auteurs.all()] == [
            ("Camille Exemple", fiche.locale_id),
            ("Samir Démo", fiche.locale_id),
        ]
        assert {block.block_type for block in fiche.corps} == set(CorpsBlock().child_blocks)

        page = client.get(fiche.url)
        content = " ".join(texts(page, "main"))
        for text in (
            "Choisir ensemble", "Une salle.", "Inviter", "Avant la réunion", "Une astuce", "Rien sans nous.", "Saluer",
            "Qui fait quoi", "Les deux", "Combien de temps ?", "Un atelier", "Une réunion filmée", "Canevas",
            "Aller plus loin", "À lire", "Le temps de chacun.", "Un service", "Un modèle", "Samir Démo",
        ):  # fmt: skip
            assert text in content, text

        def appears() -> dict[str, bool]:
            listed = client.get("/fr/fiches/")
            counts = {o.valeur: o.nombre for f in listed.context["facettes"] for o in f.options}
            return {
                "page": client.get(fiche.url).status_code == 200,
                "index": titles(listed) == [TITRE],
                "count": counts.get("usagers") == counts.get("une_2h") == counts.get("fiche") == 1,
                "home": TITRE in client.get("/fr/").content.decode(),
                "site map": TITRE in client.get("/fr/plan-du-site/").content.decode(),
                "sitemap": fiche.full_url in client.get("/sitemap.xml").content.decode(),
                "search": titles(client.get("/fr/recherche/?q=reunion+preparer")) == [TITRE],
                "search in blocks": titles(client.get("/fr/recherche/?q=deux+personnes+saluent")) == [TITRE],
            }

        assert set(appears().values()) == {True}, appears()

        response = admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[fiche.pk]))
        assert response.status_code == 302
        assert set(appears().values()) == {False}, appears()

    def test_a_draft_is_saved_and_shown_to_nobody(
        self, admin_client: StrictClient, client: StrictClient, index: FichesIndexPage, form: Data
    ) -> None:
        response = admin_client.post(add_url(index), form)
        assert response.status_code == 302, errors(response)
        fiche = FichePage.objects.get()
        assert not fiche.live
        assert client.get(fiche.url).status_code == 404
        assert titles(client.get("/fr/fiches/")) == []

    def test_a_draft_needs_little_more_than_a_title(self, admin_client: StrictClient, index: FichesIndexPage) -> None:
        empty = nested_form_data(
            {
                "title": "Une idée",
                "slug": "une-idee",
                "type_ressource": "fiche",
                "licence": "cc-by-sa-4.0",
                "etapes": streamfield([]),
                "corps": streamfield([]),
                "exemples": streamfield([]),
                "documents": streamfield([]),
                "objectifs": riche(""),
                "besoins": riche(""),
                "vigilance": riche(""),
                "auteurs": inline_formset([]),
                "comments": inline_formset([]),
            }
        )
        response = admin_client.post(add_url(index), empty)
        assert response.status_code == 302, errors(response)

    def test_editing_a_published_resource_shows_the_change_once_published(
        self, admin_client: StrictClient, client: StrictClient, index: FichesIndexPage, form: Data
    ) -> None:
        admin_client.post(add_url(index), {**form, "action-publish": "1"})
        fiche = FichePage.objects.get()
        edit = reverse("wagtailadmin_pages:edit", args=[fiche.pk])
        page = soup(admin_client.get(edit))
        ids = {
            field["name"]: field["value"]
            for field in page.select('input[name^="auteurs-"][name$="-id"]')
            if field.get("value")
        }
        counts = {"auteurs-INITIAL_FORMS": "2", "auteurs-TOTAL_FORMS": "2", **ids}
        assert len(ids) == 2
        data = {**form, **counts, "title": "Titre changé"}
        assert admin_client.post(edit, data).status_code == 302
        assert "Titre changé" not in client.get(fiche.url).content.decode()
        assert admin_client.post(edit, {**data, "action-publish": "1"}).status_code == 302
        assert "Titre changé" in client.get(fiche.url).content.decode()
        assert titles(client.get("/fr/recherche/?q=titre+change")) == ["Titre changé"]


class TestCopying:
    def test_a_copy_has_its_own_authors_terms_and_blocks(
        self, admin_client: StrictClient, client: StrictClient, index: FichesIndexPage, form: Data
    ) -> None:
        admin_client.post(add_url(index), {**form, "action-publish": "1"})
        source = FichePage.objects.get()
        data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": str(index.pk), "publish_copies": "1"}
        response = admin_client.post(reverse("wagtailadmin_pages:copy", args=[source.pk]), data)
        assert response.status_code == 302
        copy = FichePage.objects.get(slug="copie")
        assert copy.translation_key != source.translation_key
        assert [author.nom for author in copy.auteurs.all()] == ["Camille Exemple", "Samir Démo"]
        assert {term.slug for term in copy.publics.all()} == {"usagers", "aidants"}
        copy.auteurs.all()[0].delete()
        copy.publics.clear()
        copy.save()
        assert source.auteurs.count() == 2
        assert FichePage.objects.get(pk=source.pk).publics.count() == 2
        assert sorted(titles(client.get("/fr/fiches/"))) == ["Copie", TITRE]


class TestPreview:
    def test_a_resource_is_previewed_before_it_is_saved(
        self, admin_client: StrictClient, index: FichesIndexPage, form: Data
    ) -> None:
        preview = reverse("wagtailadmin_pages:preview_on_add", args=("fiches", "fichepage", index.pk))
        answer = admin_client.post(preview, form)
        assert answer.json() == {"is_valid": True, "is_available": True}
        html = admin_client.get(preview).content.decode()
        assert TITRE in html
        assert "Qui fait quoi" in html
        assert "Usagers" in html
        assert not FichePage.objects.exists()

    def test_a_preview_is_kept_for_nobody(
        self, admin_client: StrictClient, client: StrictClient, index: FichesIndexPage, form: Data, settings: Any
    ) -> None:
        settings.PAGE_CACHE = True
        admin_client.post(add_url(index), {**form, "action-publish": "1"})
        fiche = FichePage.objects.get()
        fiche.title = "Titre en brouillon"
        fiche.save_revision()
        draft = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[fiche.pk]))
        assert "Titre en brouillon" in draft.content.decode()
        assert "Titre en brouillon" not in client.get(fiche.url).content.decode()


class TestForm:
    def refuse(self, client: StrictClient, index: FichesIndexPage, form: Data, **values: Any) -> Any:
        response = client.post(add_url(index), {**form, **values, "action-publish": "1"})
        assert response.status_code == 200
        assert not FichePage.objects.filter(live=True).exists()
        return errors(response)

    def test_a_reference_without_a_target_is_refused(
        self, admin_client: StrictClient, index: FichesIndexPage, form: Data
    ) -> None:
        assert "lien_externe" in self.refuse(admin_client, index, form, type_ressource="reference")

    def test_an_invalid_block_is_refused(self, admin_client: StrictClient, index: FichesIndexPage, form: Data) -> None:
        key = next(name for name, value in form.items() if value == "Qui fait quoi")
        assert "corps" in self.refuse(admin_client, index, form, **{key: ""})

    def test_a_summary_is_needed_to_publish(
        self, admin_client: StrictClient, index: FichesIndexPage, form: Data
    ) -> None:
        assert "resume" in self.refuse(admin_client, index, form, resume="")

    def test_the_terms_offered_are_those_of_the_language_of_the_page(self, admin_client: StrictClient) -> None:
        terme("publics", "usagers", "fr", nom="Usagers")
        terme("publics", "usagers", "en", nom="Service users")
        for code, offered in (("fr", ["Usagers"]), ("en", ["Service users"])):
            page = soup(admin_client.get(add_url(index_fiches(code))))
            labels = [label.get_text(strip=True) for label in page.select('label:has(input[name="publics"])')]
            assert labels == offered

    def test_a_term_of_another_language_is_refused(
        self, admin_client: StrictClient, index: FichesIndexPage, form: Data
    ) -> None:
        found = self.refuse(admin_client, index, form, publics=[terme("publics", "usagers", "en").pk])
        assert "publics" in found

    def test_a_resource_is_created_below_an_index_and_nowhere_else(self, admin_client: StrictClient) -> None:
        page = InformationPageFactory()
        response = admin_client.get(reverse("wagtailadmin_pages:add", args=("fiches", "fichepage", page.pk)))
        assert response.status_code in {302, 403}

    def test_there_is_one_index_in_each_language(self, admin_client: StrictClient, index: FichesIndexPage) -> None:
        home = index.get_parent()
        url = reverse("wagtailadmin_pages:add", args=("fiches", "fichesindexpage", home.pk))
        assert admin_client.get(url).status_code in {302, 403}
        assert FichesIndexPage.max_count_per_parent == 1

    def test_an_editor_opens_the_form(self, client: StrictClient, index: FichesIndexPage) -> None:
        client.force_login(UtilisateurFactory(redacteur=True))
        assert client.get(add_url(index)).status_code == 200

    def test_boxes_to_tick_show_what_was_chosen(
        self, admin_client: StrictClient, index: FichesIndexPage, form: Data
    ) -> None:
        admin_client.post(add_url(index), form)
        edit = admin_client.get(reverse("wagtailadmin_pages:edit", args=[FichePage.objects.get().pk]))
        ticked = {field["value"] for field in soup(edit).select('input[name="publics"][checked]')}
        assert ticked == {str(pk) for pk in form["publics"]}
        assert one(edit, 'input[name="contextes"]').has_attr("checked")


def test_the_locale_of_a_page_is_that_of_its_parent(admin_client: StrictClient, form: Data) -> None:
    english = index_fiches("en")
    form |= {name: [] for name in ("publics", "contextes", "natures")}
    response = admin_client.post(add_url(english), {**form, "action-publish": "1"})
    assert response.status_code == 302, errors(response)
    assert FichePage.objects.get().locale == Locale.objects.get(language_code="en")
