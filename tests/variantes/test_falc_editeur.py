"""The editor of a page in FALC: its own fields, its own formatting, and nothing else touched."""

import json
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import querydict_from_html

from fiches.models import FichePage
from redaction import roles
from tests.factories import (
    FichePageFactory,
    IllustrationFactory,
    InformationPageFactory,
    accueil,
    blocs,
    groupes_des_roles,
    index_fiches,
)
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import signed_in
from tests.socle.reading import soup
from variantes.blocks.falc import TexteFalcBlock
from variantes.models.falc import PageAvecFalc

pytestmark = pytest.mark.django_db

FALC = "fr-simple"
ORDINAIRES = {"objectifs", "besoins", "vigilance", "duree", "type_ressource", "publics"}


def editeur(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def champs(response: Any) -> set[str]:
    """Return the names of what the editor's form asks for."""
    named = {str(found["name"]) for found in soup(response).select("#page-edit-form [name]")}
    # A text made of blocks is written by the script of the editor, in an element of its name.
    blocks = {str(found["id"]) for found in soup(response).select("#page-edit-form [data-block][id]")}
    return {name.split("-")[0] for name in named} | blocks


def envoi(response: Any, **changes: str) -> dict[str, Any]:
    """Return what the editor posts; blocks are written by its script, so that they come here as they are kept."""
    data = querydict_from_html(response.content.decode(), form_id="page-edit-form").dict()
    return {**data, **changes}


class TestItsFields:
    def test_a_resource_in_falc(self, admin_client: StrictClient) -> None:
        page = FichePageFactory(parent=index_fiches(FALC), texte_falc=[blocs.lignes()])
        found = champs(admin_client.get(editeur(page)))
        assert {"title", "resume", "illustration", "texte_falc", "documents", "slug", "licence"} <= found
        assert not ORDINAIRES & found

    def test_the_same_in_french(self, admin_client: StrictClient) -> None:
        found = champs(admin_client.get(editeur(FichePageFactory())))
        assert ORDINAIRES - {"publics"} <= found
        assert "texte_falc" not in found

    def test_the_home_page_keeps_its_entries(self, admin_client: StrictClient) -> None:
        found = champs(admin_client.get(editeur(accueil(FALC))))
        assert {"title", "accroche", "illustration", "entrees", "texte_falc"} <= found
        assert not {"introduction", "corps"} & found

    def test_every_kind_of_page_opens(self, admin_client: StrictClient) -> None:
        kinds = [kind for kind in get_page_models() if issubclass(kind, PageAvecFalc)]
        assert len(kinds) > 5
        for kind in kinds:
            assert "texte_falc" not in kind.get_edit_handler().champs_absents(kind(locale=accueil(FALC).locale))

    def test_a_new_page_below_one_in_falc_has_the_editor_of_falc(self, admin_client: StrictClient) -> None:
        groupes_des_roles()
        url = reverse("wagtailadmin_pages:add", args=["fiches", "fichepage", index_fiches(FALC).pk])
        client, _user = signed_in(roles.REDACTION_FALC)
        for who in (admin_client, client):
            assert "texte_falc" in champs(who.get(url))
            assert not ORDINAIRES & champs(who.get(url))


class TestSaving:
    def test_what_is_hidden_is_neither_asked_nor_changed(self, admin_client: StrictClient) -> None:
        page = FichePageFactory(
            parent=index_fiches(FALC),
            complete=True,
            publics=["usagers"],
            texte_falc=[blocs.lignes("Venez.")],
            title="Venir",
        )
        before = FichePage.objects.get(pk=page.pk)
        form = admin_client.get(editeur(page))
        response = admin_client.post(editeur(page), envoi(form, title="Venir ici", **stream("Venez.", "Restez.")))
        assert response.status_code == 302, response.context and response.context["form"].errors
        draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert draft.title == "Venir ici"
        assert draft.texte_falc[0].value["texte"].source.count("<p") == 2
        for name in ("objectifs", "besoins", "vigilance", "duree", "type_ressource"):
            assert getattr(draft, name) == getattr(before, name)
        assert len(draft.etapes) == len(before.etapes)
        assert [term.slug for term in draft.publics.all()] == ["usagers"]
        assert [author.nom for author in draft.auteurs.all()] == [author.nom for author in before.auteurs.all()]

    def test_a_new_page_is_made_in_falc(self, admin_client: StrictClient) -> None:
        url = reverse("wagtailadmin_pages:add", args=["home", "informationpage", accueil(FALC).pk])
        form = admin_client.get(url)
        data = {**envoi(form), "title": "Aide", "slug": "aide", "resume": "", **stream("Venez.")}
        response = admin_client.post(url, data)
        assert response.status_code == 302, response.context and response.context["form"].errors
        made = Page.objects.get(slug="aide").specific
        assert (made.locale.language_code, made.live) == (FALC, False)
        assert made.texte_falc[0].value["texte"].source.startswith("<p")

    def test_formatting_that_falc_refuses_does_not_pass(self, admin_client: StrictClient) -> None:
        page = InformationPageFactory(parent=accueil(FALC), texte_falc=[blocs.lignes("Venez.")])
        form = admin_client.get(editeur(page))
        content = json.dumps(
            {
                "blocks": [
                    {
                        "key": "00000",
                        "text": "Venez ici",
                        "type": "header-two",
                        "depth": 0,
                        "inlineStyleRanges": [{"offset": 0, "length": 5, "style": "ITALIC"}],
                        "entityRanges": [],
                    }
                ],
                "entityMap": {},
            }
        )
        data = {**envoi(form), **stream("x"), "texte_falc-0-value-texte": content}
        admin_client.post(editeur(page), data)
        source = Page.objects.get(pk=page.pk).get_latest_revision_as_object().texte_falc[0].value["texte"].source
        assert "<i>" not in source
        assert "<h2" not in source


def stream(*phrases: str) -> dict[str, str]:
    """Return what the script of the editor posts for a text of one block of lines."""
    content = {
        "blocks": [
            {
                "key": f"0000{rank}",
                "text": phrase,
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [],
            }
            for rank, phrase in enumerate(phrases)
        ],
        "entityMap": {},
    }
    return {
        "texte_falc-count": "1",
        "texte_falc-0-deleted": "",
        "texte_falc-0-order": "0",
        "texte_falc-0-type": "lignes",
        "texte_falc-0-id": "",
        "texte_falc-0-value-pictogramme": "",
        "texte_falc-0-value-texte": json.dumps(content),
        "documents-count": "0",
    }


def test_the_buttons_of_its_rich_texts_are_those_of_falc() -> None:
    block = TexteFalcBlock()
    features = [
        block.child_blocks["lignes"].child_blocks["texte"].features,
        block.child_blocks["mot_explique"].child_blocks["explication"].features,
        block.child_blocks["question"].child_blocks["reponse"].features,
        block.child_blocks["etapes"].child_block.child_blocks["texte"].features,
        block.child_blocks["encadre"].child_blocks["texte"].features,
    ]
    assert {name for each in features for name in each} == {"bold", "ul", "link"}
    assert not {"texte", "tableau", "citation", "video"} & set(block.child_blocks)


class TestTheSheet:
    def test_every_line_has_a_row_a_number_and_three_faces(self, admin_client: StrictClient) -> None:
        image = IllustrationFactory()
        page = InformationPageFactory(
            parent=accueil(FALC),
            title="Venir",
            resume="Comment venir.",
            publiee=True,
            texte_falc=[
                blocs.titre("Le jour"),
                blocs.lignes("Venez lundi.", "Venez tôt.", pictogramme=image),
                blocs.mot_explique("Usager", "<p>Une personne.</p>"),
                blocs.question_falc("Qui ?", "<ul><li>Vous</li><li>Nous</li></ul>"),
                blocs.encadre("<p>Appelez le 15.</p>", genre="attention"),
                blocs.etapes_falc("Inviter", image=image),
                blocs.image(image, legende="Une salle"),
                blocs.liens(blocs.lien(url="https://exemple.org/", texte="Le plan")),
            ],
        )
        url = reverse("variantes_fiche_falc", args=[page.pk, page.latest_revision_id])
        response = admin_client.get(url)
        rows = soup(response).select("tbody tr")
        said = [row.select_one("th").get_text(" ", strip=True) for row in rows]
        assert said == [
            *("Venir", "Comment venir.", "Le jour", "Venez lundi.", "Venez tôt.", "Usager", "Une personne."),
            *("Qui ?", "Vous", "Nous", "Attention", "Appelez le 15.", "1. Inviter", "Écrivez.", "Une salle"),
            "Lien : Le plan",
        ]
        assert [row.select_one(".numero").get_text() for row in rows] == [str(rank) for rank in range(1, len(rows) + 1)]
        assert all(len(row.select("svg.visage")) == 3 for row in rows)
        assert len(soup(response).select("tbody img")) == 3

    def test_it_shows_the_version_that_is_asked_for(self, admin_client: StrictClient) -> None:
        page = InformationPageFactory(parent=accueil(FALC), title="Avant", publiee=True)
        old = page.latest_revision_id
        page.title = "Après"
        page.save_revision()
        url = reverse("variantes_fiche_falc", args=[page.pk, old])
        assert "Avant" in soup(admin_client.get(url)).get_text()

    def test_a_version_of_another_page_is_not_shown(self, admin_client: StrictClient) -> None:
        page = InformationPageFactory(parent=accueil(FALC), publiee=True)
        other = InformationPageFactory(parent=accueil(FALC), publiee=True)
        url = reverse("variantes_fiche_falc", args=[page.pk, other.latest_revision_id])
        assert admin_client.get(url)["Location"] == reverse("bureau")
