"""Operations of the moderation on public pages, by requests to their addresses and by their functions."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Page,
    PageLogEntry,
    PageViewRestriction,
    Revision,
    Site,
    WorkflowState,
)
from wagtail.test.utils.form_data import querydict_from_html

from fiches.models import FichePage, FichesIndexPage
from home.models import HomePage, InformationPage
from redaction import roles
from redaction.operations import moderation
from redaction.permissions import OPERATIONS, matrice
from redaction.roles import Role
from tests.factories import (
    FichePageFactory,
    FichesIndexPageFactory,
    InformationPageFactory,
    UtilisateurFactory,
    accueil,
    index_fiches,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.moderation import MOTIF, Moderation, erreurs, histoire
from tests.redaction.test_matrice import FACTORIES, PERSONNES, Gestes, fresh, signed_in
from tests.redaction.test_publication import Circuit, personne

pytestmark = pytest.mark.django_db

DESTINATIONS = {FichePage: lambda: FichesIndexPageFactory(slug="ailleurs"), InformationPage: InformationPageFactory}


# --- Who ---


@PERSONNES
@pytest.mark.parametrize("kind", [HomePage, FichesIndexPage, *FACTORIES], ids=lambda kind: kind.__name__)
def test_every_cell(role: Role, kind: type[Page]) -> None:
    accueil()
    index_fiches()
    client, _user = signed_in(role)
    gestes = Moderation(client)
    page = FACTORIES[kind]() if kind in FACTORIES else kind.objects.get()
    rights = matrice.operations_sur(role, kind)
    happened = {
        "corriger": gestes.corriger(page),
        "restreindre": gestes.restreindre(page),
        "depublier": gestes.depublier(page),
    }
    assert happened == {operation: operation in rights for operation in happened}
    # Pages of other kinds have one possible place only.
    if kind in DESTINATIONS:
        assert gestes.deplacer(page, DESTINATIONS[kind]()) == ("deplacer" in rights)
    assert gestes.supprimer(page) == ("supprimer" in rights)
    for operation in OPERATIONS:
        page = page if Page.objects.filter(pk=page.pk).exists() else FACTORIES.get(kind, FichesIndexPageFactory)()
        answer = client.get(gestes.url(operation, page))
        assert (answer.status_code == 200) == (operation in rights), operation


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_never_moderated(operation: str, moderation_client: Moderation, admin_client: StrictClient) -> None:
    root, home = Page.get_first_root_node(), accueil()
    for client in (moderation_client.client, admin_client):
        someone = Moderation(client)
        assert "Cette page n’existe plus." in someone.voir(operation, 987654).content.decode()
        kept = {root: "publie", home: None} if operation == "corriger" else {root: "dépend", home: "dépend"}
        for page, words in kept.items():
            if words:
                assert words in someone.voir(operation, page).content.decode()
                answer = client.post(someone.url(operation, page), {"motif": MOTIF}, follow=True)
                assert words in answer.content.decode()
    assert fresh(home).live
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name != "corriger"])
def test_the_root_of_a_site_stays(operation: str, moderation_client: Moderation) -> None:
    page = InformationPageFactory(publiee=True)
    Site.objects.create(hostname="autre.test", root_page=InformationPageFactory(parent=page))
    answer = moderation_client.poster(operation, page, genre="login", vers=InformationPageFactory().pk)
    assert answer.headers["Location"] == reverse("wagtailadmin_explore", args=[page.pk])
    assert not histoire(page)


@pytest.mark.parametrize("langue", ["fr-simple", "en", "ar"])
def test_the_moderation_works_in_every_language(langue: str, moderation_client: Moderation) -> None:
    page = InformationPageFactory(parent=accueil(langue), publiee=True)
    other = InformationPageFactory(parent=accueil(langue))
    assert moderation_client.corriger(page)
    assert moderation_client.deplacer(page, other)
    assert moderation_client.restreindre(page)
    assert moderation_client.depublier(page)
    assert moderation_client.supprimer(page)


def test_the_functions_check_the_rights_themselves() -> None:
    page, other = FichePageFactory(publiee=True), FichesIndexPageFactory(slug="ailleurs")
    someone = personne(roles.REDACTION, roles.REGARD_USAGER, roles.ADMINISTRATION)
    gone = personne(roles.MODERATION, is_active=False)
    for user in (someone, gone):
        for attempt in (
            lambda user: moderation.depublier(page, user, MOTIF),
            lambda user: moderation.restreindre(page, user, MOTIF, "login"),
            lambda user: moderation.deplacer(page, user, MOTIF, other),
            lambda user: moderation.supprimer(page, user, MOTIF),
            lambda user: moderation.publier_en_urgence(page, user, MOTIF, page.latest_revision_id),
        ):
            with pytest.raises(PermissionDenied):
                attempt(user)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("motif", ["", "   ", "x" * 501], ids=["none", "spaces", "too long"])
def test_no_operation_without_its_reason(operation: str, motif: str, moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True)
    page.save_revision()
    other = FichesIndexPageFactory(slug="ailleurs")
    before = PageLogEntry.objects.count(), fresh(page).live_revision_id
    answer = moderation_client.poster(operation, page, motif=motif, genre="login", vers=other.pk)
    assert answer.status_code == 200
    assert answer.context["form"].errors["motif"]
    assert (PageLogEntry.objects.count(), fresh(page).live_revision_id) == before
    assert fresh(page).live
    if motif.strip():
        # Nothing of what was typed is lost.
        assert motif in answer.content.decode()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_page_that_somebody_else_holds(operation: str, moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True)
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=personne(roles.REDACTION))
    other = FichesIndexPageFactory(slug="ailleurs")
    answer = moderation_client.poster(operation, page, genre="login", vers=other.pk)
    assert "verrouillé" in erreurs(answer)
    assert not histoire(page)


# --- Unpublish ---


def test_unpublish_says_why_in_the_history(moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True)
    address = page.url
    assert StrictClient().get(address).status_code == 200
    moderation_client.poster("depublier", page)
    assert StrictClient().get(address).status_code == 404
    assert histoire(page) == [("Dépubliée par la modération", MOTIF)]
    html = moderation_client.client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Dépubliée par la modération" in html
    assert MOTIF in html


def test_titles_and_reasons_are_shown_as_they_were_typed(moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True, title="<b data-piege>Titre</b>")
    url = moderation_client.url("depublier", page)
    answer = moderation_client.client.post(url, {"motif": "<i data-piege>Motif</i>"}, follow=True)
    history = moderation_client.client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    for html in (answer.content.decode(), history.content.decode()):
        assert "&lt;b data-piege&gt;Titre" in html
        assert "<b data-piege" not in html
        assert "<i data-piege" not in html
    assert "&lt;i data-piege&gt;Motif" in history.content.decode()


def test_unpublish_a_branch_or_its_top_only(moderation_client: Moderation) -> None:
    top = InformationPageFactory(publiee=True)
    below = InformationPageFactory(parent=top, publiee=True)
    draft = InformationPageFactory(parent=below, brouillon=True)
    assert "(1)" in moderation_client.voir("depublier", top).content.decode()
    moderation_client.poster("depublier", top)
    assert [fresh(page).live for page in (top, below)] == [False, True]
    assert "n’est pas publique" in erreurs(moderation_client.poster("depublier", top))
    moderation_client.poster("depublier", top, avec_descendantes="on")
    assert [fresh(page).live for page in (top, below)] == [False, False]
    assert [len(histoire(page)) for page in (top, below, draft)] == [1, 1, 0]


def test_each_page_of_a_branch_tells_its_own_story(moderation_client: Moderation) -> None:
    top = InformationPageFactory(publiee=True)
    below = InformationPageFactory(parent=top, publiee=True)
    moderation_client.poster("depublier", top, avec_descendantes="on")
    for page in (top, below):
        html = moderation_client.client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
        assert "Dépubliée par la modération" in html
        assert MOTIF in html


def test_unpublish_cancels_what_was_planned(moderation_client: Moderation) -> None:
    page = FichePageFactory(brouillon=True)
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision().publish()
    assert Revision.objects.for_instance(page).exclude(approved_go_live_at=None).exists()
    moderation_client.poster("depublier", page)
    assert not Revision.objects.for_instance(page).exclude(approved_go_live_at=None).exists()
    assert histoire(page)


def test_copies_go_with_what_they_repeat(moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True, title="Original")
    copy = page.create_alias(update_slug="copie", parent=FichesIndexPageFactory(slug="ailleurs"))
    html = moderation_client.voir("depublier", page).content.decode()
    assert "Pages qui répètent celle-ci" in html
    moderation_client.poster("depublier", page)
    assert not fresh(copy).live


def test_what_leads_to_the_page_is_shown(moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True)
    InformationPageFactory(
        title="Celle qui mène",
        publiee=True,
        corps=[{"type": "texte", "value": f'<p><a linktype="page" id="{page.pk}">Voir</a></p>'}],
    )
    version = FichePageFactory(parent=index_fiches("en"), version_de=page, title="English", publiee=True)
    html = moderation_client.voir("depublier", page).content.decode()
    assert "Celle qui mène" in html
    assert version.title in html


def test_the_screen_costs_the_same_for_one_link_and_ten(moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True)

    def make(count: int) -> None:
        for _rank in range(count):
            InformationPageFactory(
                publiee=True,
                corps=[{"type": "texte", "value": f'<p><a linktype="page" id="{page.pk}">Voir</a></p>'}],
            )

    assert_same_cost(make, lambda: moderation_client.voir("depublier", page), limit=60)


# --- Privacy ---


def test_each_way_to_restrict(moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True)
    groupe = UtilisateurFactory(groupes=["Rédaction"]).groups.get()
    moderation_client.poster("restreindre", page, genre="groups", groupes=groupe.pk)
    restriction = PageViewRestriction.objects.get(page=page)
    assert (restriction.restriction_type, list(restriction.groups.all())) == ("groups", [groupe])
    assert StrictClient().get(page.url).status_code == 302
    moderation_client.poster("restreindre", page, genre="password", mot_de_passe="sésame", groupes=groupe.pk)
    restriction.refresh_from_db()
    assert (restriction.restriction_type, restriction.password) == ("password", "sésame")
    assert not restriction.groups.exists()
    moderation_client.poster("restreindre", page, genre="none")
    assert not PageViewRestriction.objects.exists()
    assert StrictClient().get(page.url).status_code == 200
    assert len(histoire(page)) == 3
    assert "sésame" not in str(list(PageLogEntry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"genre": "groups"}, "au moins un groupe"),
        ({"genre": "password"}, "mot de passe"),
        ({"genre": "none"}, "Aucune restriction"),
        ({"genre": "autre"}, "autre"),
        ({}, "requis"),
    ],
)
def test_a_restriction_that_says_nothing(moderation_client: Moderation, data: dict[str, str], words: str) -> None:
    page = FichePageFactory(publiee=True)
    assert words in erreurs(moderation_client.poster("restreindre", page, **data))
    assert not PageViewRestriction.objects.exists()


def test_a_restriction_from_above_is_shown(moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True)
    moderation_client.poster("restreindre", page.get_parent(), genre="login")
    assert "a déjà un accès restreint" in moderation_client.voir("restreindre", page).content.decode()


# --- Move ---


def test_the_former_address_leads_to_the_new_one(moderation_client: Moderation) -> None:
    page, other = FichePageFactory(publiee=True), FichesIndexPageFactory(slug="ailleurs")
    before = page.url
    moderation_client.poster("deplacer", page, vers=other.pk)
    page = FichePage.objects.get(pk=page.pk)
    assert page.url != before
    assert Redirect.objects.get().redirect_page_id == page.pk
    answer = StrictClient().get(before)
    assert (answer.status_code, answer.headers["Location"]) == (301, page.url)
    assert ("Déplacée par la modération", MOTIF) in histoire(page)


def test_places_where_a_page_cannot_go(moderation_client: Moderation) -> None:
    page = InformationPageFactory(publiee=True, slug="ici")
    below = InformationPageFactory(parent=page)
    refusals = {
        page: "sous elle-même",
        below: "sous elle-même",
        accueil(): "déjà à cet endroit",
        accueil("en"): "même langue",
        index_fiches(): "ne reçoit pas ce type",
    }
    for place, words in refusals.items():
        assert words in erreurs(moderation_client.poster("deplacer", page, vers=place.pk)), words
    taken = InformationPageFactory()
    InformationPageFactory(parent=taken, slug="ici")
    assert "a déjà l’adresse" in erreurs(moderation_client.poster("deplacer", page, vers=taken.pk))
    for wrong in ("", "987654", "x", str(Page.get_first_root_node().pk)):
        assert moderation_client.poster("deplacer", page, vers=wrong).context["form"].errors["vers"]
    assert fresh(page).get_parent().pk == accueil().pk


def test_a_private_page_does_not_become_public_by_moving(moderation_client: Moderation) -> None:
    private = InformationPageFactory(protegee="login")
    page = InformationPageFactory(parent=private, publiee=True)
    other = InformationPageFactory()
    assert "deviendrait publique" in erreurs(moderation_client.poster("deplacer", page, vers=other.pk))
    moderation_client.poster("restreindre", page, genre="login")
    assert moderation_client.deplacer(page, other)


# --- Delete ---


def test_delete_a_branch(moderation_client: Moderation, circuit: Circuit) -> None:
    index = circuit.page.get_parent()
    FichePageFactory(publiee=True)
    html = moderation_client.voir("supprimer", index).content.decode()
    assert "les 2 pages rangées dessous, dont 1 publiques" in html
    assert "Quelqu" not in html
    answer = moderation_client.poster("supprimer", index, attendues=1)
    assert "relisez ce qui sera supprimé" in erreurs(answer)
    # What was agreed to has changed: it is agreed to again.
    again = querydict_from_html(answer.content.decode(), form_id="w-editor-form")
    assert (again["attendues"], again.get("compris"), again["motif"].strip()) == ("3", None, MOTIF)
    assert moderation_client.poster("supprimer", index, compris="").context["form"].errors["compris"]
    assert moderation_client.supprimer(index)
    assert not WorkflowState.objects.exists()
    entry = PageLogEntry.objects.get(action="redaction.suppression")
    assert (entry.deleted, entry.comment, entry.data["pages"]) == (True, MOTIF, 3)
    assert PageLogEntry.objects.filter(page_id=circuit.page.pk, action="wagtail.workflow.cancel").exists()


def test_a_copy_of_a_deleted_page_is_kept_as_a_draft(moderation_client: Moderation) -> None:
    page = FichePageFactory(publiee=True, protegee="login")
    copy = page.create_alias(update_slug="copie", parent=FichesIndexPageFactory(slug="ailleurs"))
    moderation_client.poster("supprimer", page)
    copy = FichePage.objects.get(pk=copy.pk)
    assert not copy.live
    assert StrictClient().get(copy.url).status_code == 404


def test_a_page_once_public_is_deleted_by_the_moderation_alone(moderation_client: Moderation) -> None:
    owner = personne(roles.CONTRIBUTION)
    page = FichePageFactory(publiee=True, owner=owner)
    elsewhere = FichesIndexPageFactory(slug="ailleurs")
    moderation_client.poster("depublier", page)
    for user in (owner, personne(roles.REDACTION), personne(roles.MODERATION)):
        client = StrictClient()
        client.force_login(user)
        gestes = Gestes(client, client)
        assert not gestes.supprimer(page)
        assert not gestes.deplacer(page, elsewhere)
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        draft = FichePageFactory(brouillon=True, owner=user)
        client.post(f"{bulk}?id={page.pk}&id={draft.pk}", {})
        assert list(Page.objects.filter(pk__in=(page.pk, draft.pk))) == [page.page_ptr]
    assert moderation_client.supprimer(page)
