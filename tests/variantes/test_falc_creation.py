"""The version in FALC of a French page: a draft of its own, by whoever writes in FALC, and only one."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import Translation

from fiches.models import FichePage
from redaction import roles
from redaction.roles import Role
from tests.factories import (
    FichePageFactory,
    FichierFactory,
    InformationPageFactory,
    accueil,
    blocs,
    groupes_des_roles,
    index_fiches,
    proteger,
    terme,
)
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import PERSONNES, refused, signed_in
from tests.socle.reading import texts
from variantes.operations.falc import DejaCreee, Depart, creer_version_falc

pytestmark = pytest.mark.django_db

FALC = "fr-simple"
ECRIVENT = {roles.REDACTION_FALC, roles.MODERATION}


@pytest.fixture
def fiche() -> FichePage:
    accueil(FALC)
    groupes_des_roles()
    terme("publics", "usagers", "fr")
    terme("publics", "usagers", FALC)
    return FichePageFactory(
        complete=True,
        title="Réunir",
        slug="reunir",
        corps=[blocs.texte("<p>Venez. Restez.</p>")],
        publics=["usagers"],
    )


def adresse(page: Page) -> str:
    return reverse("variantes_creer_falc", args=[page.pk])


def creer(client: StrictClient, page: Page, depart: str = "francais") -> HttpResponse:
    return client.post(adresse(page), {"depart": depart})


def versions(page: Page) -> list[Page]:
    found = Page.objects.filter(translation_key=page.translation_key, locale__language_code=FALC)
    return [each.specific for each in found]


class TestWhatIsMade:
    def test_a_draft_of_its_own(self, admin_client: StrictClient, fiche: FichePage) -> None:
        response = creer(admin_client, fiche)
        (version,) = versions(fiche)
        assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[version.pk])
        assert (version.live, version.alias_of_id, version.first_published_at) == (False, None, None)
        assert version.has_unpublished_changes
        assert (version.title, version.slug, version.resume) == ("Réunir", "reunir", fiche.resume)
        assert version.illustration_id == fiche.illustration_id
        assert len(version.documents) == len(fiche.documents)

    def test_the_text_is_cut_and_the_ordinary_fields_are_empty(
        self, admin_client: StrictClient, fiche: FichePage
    ) -> None:
        creer(admin_client, fiche)
        (version,) = versions(fiche)
        lines = [bloc.value["texte"].source for bloc in version.texte_falc if bloc.block_type == "lignes"]
        assert "<p>Venez.</p><p>Restez.</p>" in lines
        for name in ("objectifs", "besoins", "vigilance"):
            assert getattr(version, name) == ""
        for name in ("corps", "etapes", "exemples"):
            assert len(getattr(version, name)) == 0
        # What the editor shows is what was made.
        assert len(version.get_latest_revision_as_object().texte_falc) == len(version.texte_falc) > 5

    def test_the_terms_and_the_authors_are_those_of_the_french_page(
        self, admin_client: StrictClient, fiche: FichePage
    ) -> None:
        creer(admin_client, fiche)
        (version,) = versions(fiche)
        assert [(term.slug, term.locale.language_code) for term in version.publics.all()] == [("usagers", FALC)]
        assert [(each.nom, each.locale.language_code) for each in version.auteurs.all()] == [
            ("Camille Exemple", FALC),
            ("Samir Démo", FALC),
        ]
        assert (version.type_ressource, version.duree, version.licence) == ("fiche", "demi_journee", fiche.licence)

    def test_an_empty_start(self, admin_client: StrictClient, fiche: FichePage) -> None:
        creer(admin_client, fiche, "vide")
        (version,) = versions(fiche)
        assert (version.title, len(version.texte_falc)) == ("Réunir", 0)

    def test_wagtail_localize_knows_that_it_is_not_synchronised(
        self, admin_client: StrictClient, fiche: FichePage
    ) -> None:
        creer(admin_client, fiche)
        found = Translation.objects.get(source__object_id=fiche.translation_key, target_locale__language_code=FALC)
        assert not found.enabled

    def test_a_draft_in_french_starts_from_its_last_text(self, admin_client: StrictClient, fiche: FichePage) -> None:
        page = InformationPageFactory(brouillon=True)
        page.corps = [("texte", "<p>Neuf. Ici.</p>")]
        page.save_revision()
        creer(admin_client, page)
        assert versions(page)[0].texte_falc[0].value["texte"].source == "<p>Neuf.</p><p>Ici.</p>"

    def test_a_public_page_starts_from_what_is_public(self, admin_client: StrictClient, fiche: FichePage) -> None:
        page = InformationPageFactory(publiee=True, corps=[blocs.texte("<p>Public.</p>")])
        page.corps = [("texte", "<p>Secret.</p>")]
        page.title = "Secret"
        page.save_revision()
        creer(admin_client, page)
        assert versions(page)[0].texte_falc[0].value["texte"].source == "<p>Public.</p>"
        assert versions(page)[0].title != "Secret"

    def test_the_history_says_so(self, admin_client: StrictClient, fiche: FichePage) -> None:
        creer(admin_client, fiche)
        (version,) = versions(fiche)
        assert "Créée à partir de la page en français" in {
            entry.message for entry in PageLogEntry.objects.filter(page_id=version.pk)
        }

    def test_nothing_of_it_is_public(self, admin_client: StrictClient, client: StrictClient, fiche: FichePage) -> None:
        creer(admin_client, fiche)
        assert client.get("/fr-simple/fiches/reunir/").status_code == 404
        assert client.get("/fr-simple/fiches/").status_code == 404


class TestParents:
    def test_those_that_are_missing_are_said_and_made_as_empty_drafts(
        self, admin_client: StrictClient, fiche: FichePage
    ) -> None:
        index = fiche.get_parent()
        said = texts(admin_client.get(adresse(fiche)), "main li")
        assert index.title in said
        creer(admin_client, fiche)
        (version,), (parent,) = versions(fiche), versions(index)
        assert version.get_parent().pk == parent.pk
        assert (parent.live, parent.alias_of_id, len(parent.texte_falc)) == (False, None, 0)
        assert parent.introduction == ""
        assert Translation.objects.filter(source__object_id=index.translation_key, enabled=False).exists()

    def test_those_that_exist_are_used(self, admin_client: StrictClient, fiche: FichePage) -> None:
        creer(admin_client, fiche)
        other = FichePageFactory(title="Autre", slug="autre")
        assert fiche.get_parent().title not in texts(admin_client.get(adresse(other)), "main li")
        creer(admin_client, other)
        assert len(versions(fiche.get_parent())) == 1
        assert versions(other)[0].get_parent().pk == versions(fiche)[0].get_parent().pk

    def test_a_place_that_takes_no_other_page_of_the_kind_says_so(
        self, admin_client: StrictClient, fiche: FichePage
    ) -> None:
        index_fiches(FALC)  # an index that is no version of the French one
        response = admin_client.get(adresse(fiche), follow=True)
        assert "ne reçoit pas d’autre page de ce type" in response.content.decode()
        assert versions(fiche) == []

    def test_a_slug_that_is_taken_gets_a_number(self, admin_client: StrictClient, fiche: FichePage) -> None:
        InformationPageFactory(parent=accueil(FALC), slug="aide")
        page = InformationPageFactory(slug="aide")
        creer(admin_client, page)
        assert versions(page)[0].slug == "aide-1"

    def test_without_a_home_page_in_falc_only_a_superuser_makes_one(self, admin_client: StrictClient) -> None:
        page = InformationPageFactory()
        groupes_des_roles()
        client, _user = signed_in(roles.MODERATION)
        assert refused(creer(client, page))
        creer(admin_client, page)
        assert versions(accueil("fr"))[0].live is False
        assert versions(page)[0].get_parent().slug == FALC


class TestWho:
    @PERSONNES
    def test_whoever_writes_in_falc(self, fiche: FichePage, role: Role) -> None:
        client, _user = signed_in(role)
        assert refused(client.get(adresse(fiche))) is (role not in ECRIVENT)
        assert refused(creer(client, fiche)) is (role not in ECRIVENT)
        assert bool(versions(fiche)) is (role in ECRIVENT)

    def test_the_button_is_where_they_see_the_page(self, fiche: FichePage) -> None:
        for role in (roles.REDACTION, roles.MODERATION):
            client, _user = signed_in(role)
            page = client.get(reverse("wagtailadmin_explore", args=[fiche.get_parent().pk]))
            assert (adresse(fiche) in page.content.decode()) is (role in ECRIVENT)
            editor = client.get(reverse("wagtailadmin_pages:edit", args=[fiche.pk])).content.decode()
            assert (adresse(fiche) in editor) is (role in ECRIVENT)

    def test_those_who_see_no_french_page_in_the_admin_find_them_on_their_desk(self, fiche: FichePage) -> None:
        client, user = signed_in(roles.REDACTION_FALC)
        desk = reverse("bureau_section", args=["falc-a-ecrire"])
        assert adresse(fiche) in client.get(desk).content.decode()
        assert adresse(fiche) in client.get(fiche.url).content.decode()
        creer_version_falc(fiche, user)
        assert adresse(fiche) not in client.get(desk).content.decode()
        client, _user = signed_in(roles.TRADUCTIONS[0])
        assert refused(client.get(desk))
        assert adresse(fiche) not in client.get(fiche.url).content.decode()

    def test_a_draft_is_only_for_whoever_may_write_it(self, fiche: FichePage) -> None:
        draft = FichePageFactory(brouillon=True)
        client, _user = signed_in(roles.REDACTION_FALC)
        assert refused(creer(client, draft))
        client, _user = signed_in(roles.MODERATION)
        creer(client, draft)
        assert len(versions(draft)) == 1

    def test_the_operation_asks_for_the_right_itself(self, fiche: FichePage) -> None:
        _client, user = signed_in(roles.REDACTION)
        with pytest.raises(PermissionDenied):
            creer_version_falc(fiche, user)

    def test_a_page_that_not_everybody_reads_has_none(self, fiche: FichePage) -> None:
        proteger(fiche.get_parent())
        client, _user = signed_in(roles.REDACTION_FALC)
        response = client.post(adresse(fiche), {"depart": "francais"}, follow=True)
        assert "est restreint" in response.content.decode()
        assert versions(fiche) == []


class TestOnce:
    def test_a_second_click_opens_the_first_version(self, admin_client: StrictClient, fiche: FichePage) -> None:
        first, second = creer(admin_client, fiche), creer(admin_client, fiche)
        assert first["Location"] == second["Location"]
        assert len(versions(fiche)) == 1
        assert admin_client.get(adresse(fiche))["Location"] == first["Location"]

    def test_the_operation_finds_what_was_made_meanwhile(self, fiche: FichePage) -> None:
        _client, user = signed_in(roles.REDACTION_FALC)
        made = creer_version_falc(fiche, user, Depart.VIDE)
        with pytest.raises(DejaCreee) as found:
            creer_version_falc(fiche, user)
        assert found.value.page.pk == made.pk

    def test_the_database_has_one(self, fiche: FichePage) -> None:
        _client, user = signed_in(roles.REDACTION_FALC)
        made = creer_version_falc(fiche, user)
        twin = InformationPageFactory(parent=accueil(FALC))
        with pytest.raises(IntegrityError), transaction.atomic():
            Page.objects.filter(pk=twin.pk).update(translation_key=made.translation_key)


class TestBadInput:
    @pytest.mark.parametrize("data", [{}, {"depart": "ailleurs"}, {"depart": ""}])
    def test_an_unknown_start_is_asked_again(
        self, admin_client: StrictClient, fiche: FichePage, data: dict[str, Any]
    ) -> None:
        response = admin_client.post(adresse(fiche), data)
        assert response.status_code == 200
        assert "hoisissez" in response.content.decode()
        assert versions(fiche) == []

    def test_a_page_that_is_gone(self, admin_client: StrictClient, fiche: FichePage) -> None:
        response = admin_client.get(reverse("variantes_creer_falc", args=[999_999]), follow=True)
        assert "n’existe plus" in response.content.decode()

    def test_a_page_of_another_language_has_none(self, admin_client: StrictClient, fiche: FichePage) -> None:
        for page in (InformationPageFactory(parent=accueil("en")), accueil(FALC)):
            response = creer(admin_client, page)
            assert response["Location"] == reverse("wagtailadmin_explore", args=[page.pk])
            button = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
            assert adresse(page) not in button

    def test_a_file_in_a_text_stays_out_of_the_lines(self, admin_client: StrictClient, fiche: FichePage) -> None:
        document = FichierFactory()
        page = InformationPageFactory(
            corps=[blocs.texte(f'<p>Le <a linktype="document" id="{document.pk}">canevas</a>.</p>')]
        )
        creer(admin_client, page)
        assert versions(page)[0].texte_falc[0].value["texte"].source == "<p>Le canevas.</p>"
        assert Locale.objects.get(language_code=FALC) == versions(page)[0].locale


def test_the_editor_of_the_french_page_leads_to_its_version(admin_client: StrictClient, fiche: FichePage) -> None:
    editor = reverse("wagtailadmin_pages:edit", args=[fiche.pk])
    page = admin_client.get(editor).content.decode()
    assert "Créer la version FALC" in page
    assert adresse(fiche) in page
    creer(admin_client, fiche)
    page = admin_client.get(editor).content.decode()
    assert "Ouvrir la version FALC" in page
    assert "Créer la version FALC" not in page
