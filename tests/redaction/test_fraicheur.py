"""What is to be read again: the report, and the pages that are said to hold."""

import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from home.models import InformationPage
from redaction import roles
from redaction.operations.fraicheur import TOUJOURS_VALABLE, toujours_valable
from redaction.queries.fraicheur import PremieresARevoir, a_revoir
from redaction.roles import Role
from socle import generation
from socle.dates import months_later, today
from socle.models import Utilisateur
from tests.factories import (
    FichePageFactory,
    InformationPageFactory,
    UtilisateurFactory,
    accueil,
    index_fiches,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.test_matrice import ANONYME, PERSONNES, refused, signed_in
from tests.socle.reading import soup
from tests.socle.test_publication import AVANT, DEMAIN, dates, fresh, republier

pytestmark = pytest.mark.django_db
HIER = today() - DEMAIN
REPORT = "/admin/rapports/a-revoir/"
# Who may say that a text holds, and in which language.
CONFIRMENT = {
    "fr": {roles.REDACTION, roles.MODERATION},
    "fr-simple": {roles.REDACTION_FALC, roles.MODERATION},
    "en": {next(role for role in roles.TRADUCTIONS if role.langues == ("en",)), roles.MODERATION},
}


def due(page: Any = None, le: datetime.date | None = HIER, **values: Any) -> Any:
    """Make a page due on that day."""
    page = page or FichePageFactory(publiee=True)
    type(page).objects.filter(pk=page.pk).update(revise_le=AVANT, mis_a_jour_le=AVANT, prochaine_revision=le, **values)
    return fresh(page)


def superuser() -> Utilisateur:
    return UtilisateurFactory(superutilisateur=True)


def listed(client: StrictClient, query: str = "") -> list[str]:
    answer = client.get(f"{REPORT}{query}")
    assert answer.status_code == 200
    return [
        " ".join(cell.get_text().split()) for cell in soup(answer).select("#listing-results td.title .title-wrapper")
    ]


@pytest.fixture
def site() -> None:
    """A home page and an index that nobody needs to read again."""
    for page in (accueil(), index_fiches()):
        due(page, today() + datetime.timedelta(days=400))


class TestToujoursValable:
    def test_the_dates_move_and_the_text_does_not(self) -> None:
        page, other = due(), due(InformationPageFactory(publiee=True, title="Autre"))
        revision = page.latest_revision_id
        assert toujours_valable([page.pk, other.pk], superuser(), "Relu en équipe") == 2
        assert dates(page) == (AVANT, today(), months_later(today(), 12))
        assert dates(other) == (AVANT, today(), months_later(today(), 24))
        assert fresh(page).latest_revision_id == revision

    def test_a_day_may_be_chosen(self) -> None:
        page = due()
        toujours_valable([page.pk], superuser(), "Oui", today() + DEMAIN)
        assert dates(page)[2] == today() + DEMAIN

    def test_the_note_is_in_the_history_of_each_page(self) -> None:
        user, pages = superuser(), [due(), due()]
        toujours_valable([page.pk for page in pages], user, " Relu ")
        entries = PageLogEntry.objects.filter(action=TOUJOURS_VALABLE)
        assert {entry.page_id for entry in entries} == {page.pk for page in pages}
        assert {(entry.user, entry.data["note"], entry.message) for entry in entries} == {
            (user, "Relu", "Toujours valable : Relu")
        }
        client = StrictClient()
        client.force_login(user)
        for page in pages:
            history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
            assert "Toujours valable : Relu" in history

    @pytest.mark.parametrize("note", ["", "  "])
    def test_a_note_is_needed(self, note: str) -> None:
        page = due()
        with pytest.raises(ValidationError):
            toujours_valable([page.pk], superuser(), note)
        assert dates(page)[1] == AVANT

    def test_the_next_review_is_to_come(self) -> None:
        with pytest.raises(ValidationError):
            toujours_valable([due().pk], superuser(), "Oui", today())

    def test_a_draft_published_later_does_not_bring_the_old_dates_back(self) -> None:
        page = due(le=today() + DEMAIN)
        draft = page.get_latest_revision_as_object()
        draft.title = "Brouillon"
        draft.prochaine_revision = today() + DEMAIN
        draft.save_revision()
        toujours_valable([page.pk], superuser(), "Oui")
        assert fresh(page).get_latest_revision_as_object().title == "Brouillon"
        assert fresh(page).get_latest_revision_as_object().prochaine_revision == months_later(today(), 12)
        republier(page)
        assert dates(page)[2] == months_later(today(), 12)

    def test_a_scheduled_revision_does_not_either(self) -> None:
        page = due(le=today() + DEMAIN)
        page.go_live_at = timezone.now() + DEMAIN
        page.prochaine_revision = today() + DEMAIN
        scheduled = page.save_revision(approved_go_live_at=page.go_live_at)
        page.save_revision()
        toujours_valable([page.pk], superuser(), "Oui")
        scheduled.refresh_from_db()
        assert scheduled.content["prochaine_revision"] == months_later(today(), 12).isoformat()

    def test_all_or_none(self) -> None:
        page, english = due(), due(FichePageFactory(parent=index_fiches("en"), publiee=True))
        with pytest.raises(PermissionDenied):
            toujours_valable([page.pk, english.pk], UtilisateurFactory(redacteur=True), "Oui")
        assert dates(page)[1] == dates(english)[1] == AVANT
        assert not PageLogEntry.objects.filter(action=TOUJOURS_VALABLE).exists()

    def test_a_page_that_is_no_longer_public_is_left_out(self) -> None:
        page, gone = due(), due(live=False)
        assert toujours_valable([page.pk, gone.pk, 999_999], superuser(), "Oui") == 1
        assert dates(gone)[1] == AVANT

    def test_readers_see_it_at_once(self, client: StrictClient, settings: Any) -> None:
        settings.PAGE_CACHE = True
        page = due()
        assert "Relue le 10 janvier 2026" in " ".join(soup(client.get(page.url)).get_text().split())
        before = generation.current()
        toujours_valable([page.pk], superuser(), "Oui")
        assert generation.current() > before
        assert "Relue le 10 janvier 2026" not in " ".join(soup(client.get(page.url)).get_text().split())

    def test_it_costs_the_same_for_one_page_and_for_ten(self) -> None:
        user, pages = superuser(), []
        assert_same_cost(
            lambda number: pages.extend(due() for _ in range(number)),
            lambda: toujours_valable([page.pk for page in pages], user, "Oui"),
            limit=20,
        )


class TestQuery:
    def test_pages_of_every_kind_the_oldest_first(self, site: None) -> None:
        late = due(InformationPageFactory(publiee=True), HIER - DEMAIN)
        later, undated = due(), due(le=None)
        due(le=today() + DEMAIN)
        due(live=False)
        user = superuser()
        assert [page.pk for page in a_revoir(user, today())] == [late.pk, later.pk, undated.pk]
        assert a_revoir(user, today() + DEMAIN).count() == 4

    def test_a_kind_without_delay_needs_no_date(self, site: None, monkeypatch: pytest.MonkeyPatch) -> None:
        page = due(InformationPageFactory(publiee=True), None)
        user = superuser()
        assert page.pk in a_revoir(user, today()).values_list("pk", flat=True)
        monkeypatch.setattr(InformationPage, "duree_de_validite", None)
        assert not a_revoir(user, today()).exists()

    def test_an_alias_is_not_read_again(self, site: None) -> None:
        page = due()
        page.create_alias(parent=page.get_parent(), update_slug="alias")
        assert [found.pk for found in a_revoir(superuser(), today())] == [page.pk]

    def test_it_is_one_query(self, site: None, django_assert_num_queries: Any) -> None:
        due()
        user = superuser()
        list(a_revoir(user, today()))
        with django_assert_num_queries(1):
            list(a_revoir(user, today()))


@PERSONNES
def test_a_short_list_has_the_first_of_the_whole(role: Role, site: None) -> None:
    _client, user = signed_in(role)
    if user is None:
        return
    for owner in (user, superuser(), None):
        due(FichePageFactory(publiee=True, owner=owner))
        due(InformationPageFactory(publiee=True, owner=owner), None)
    due(FichePageFactory(parent=index_fiches("ar"), publiee=True))
    page = due(FichePageFactory(publiee=True, owner=user))
    page.create_alias(parent=page.get_parent(), update_slug="alias")
    whole = [(found.pk, found.revise_le, found.prochaine_revision) for found in a_revoir(user, today())]
    for first, last in ((0, 3), (2, 5), (0, 20), (20, 40)):
        rows = PremieresARevoir(user, today())
        shown = [(found.pk, found.revise_le, found.prochaine_revision) for found in rows[first:last]]
        assert shown == whole[first:last]
        assert rows.count() == len(whole)


@PERSONNES
@pytest.mark.parametrize("langue", CONFIRMENT)
def test_who_may_confirm(role: Role, langue: str) -> None:
    page = due(FichePageFactory(parent=index_fiches(langue), publiee=True))
    client, user = signed_in(role)
    if user is not None:  # having written the page is no reason
        Page.objects.filter(pk=page.pk).update(owner=user)
    url = f"{reverse('toujours_valable')}?page={page.pk}"
    allowed = role in CONFIRMENT[langue]
    assert refused(client.get(url)) != allowed
    client.post(url, {"note": "Relu"})
    assert (dates(page)[1] == today()) == allowed


@PERSONNES
def test_who_opens_the_report(role: Role) -> None:
    for langue in role.langues or ("fr",):
        index_fiches(langue)
    client, _user = signed_in(role)
    writers = {roles.CONTRIBUTION, roles.REDACTION, roles.REDACTION_FALC, roles.MODERATION, *roles.TRADUCTIONS}
    for address in (REPORT, f"{REPORT}lignes/", f"{REPORT}?export=csv", f"{REPORT}?export=xlsx"):
        assert refused(client.get(address)) != (role in writers), address
    if role is not ANONYME:
        # Who writes only her own pages has no menu of reports: she reads the list in the desk.
        assert (REPORT in client.get("/admin/").content.decode()) == (role in writers - {roles.CONTRIBUTION})


class TestReport:
    def test_each_person_sees_what_concerns_her(self, site: None) -> None:
        own = due(FichePageFactory(title="La mienne", publiee=True))
        due(FichePageFactory(title="Une autre", publiee=True))
        due(FichePageFactory(title="English", parent=index_fiches("en"), publiee=True))
        due(index_fiches("en"), today() + datetime.timedelta(days=400))
        due(accueil("en"), today() + datetime.timedelta(days=400))
        writer, user = signed_in(roles.CONTRIBUTION)
        Page.objects.filter(pk=own.pk).update(owner=user)
        assert listed(writer) == ["La mienne"]
        assert not soup(writer.get(REPORT)).select('input[name="page"]')
        editor, _user = signed_in(roles.REDACTION)
        assert listed(editor) == ["La mienne", "Une autre"]
        assert len(soup(editor.get(REPORT)).select('input[name="page"]')) == 2
        moderator, _user = signed_in(roles.MODERATION)
        assert set(listed(moderator)) == {"La mienne", "Une autre", "English"}

    def test_filters(self, site: None, admin_client: StrictClient) -> None:
        due(FichePageFactory(title="En retard", natures=["soins"], publiee=True))
        due(FichePageFactory(title="Bientôt", publiee=True), today() + datetime.timedelta(days=20))
        due(InformationPageFactory(title="Plus tard", publiee=True), today() + datetime.timedelta(days=80))
        due(FichePageFactory(title="Loin", publiee=True), today() + datetime.timedelta(days=91))
        due(FichePageFactory(title="Sans date", publiee=True), None)
        due(InformationPageFactory(title="English", parent=accueil("en"), publiee=True), HIER - DEMAIN)
        due(accueil("en"), today() + datetime.timedelta(days=400))
        for query, expected in {
            "": ["English", "En retard", "Bientôt", "Plus tard", "Sans date"],
            "?delai=retard": ["English", "En retard"],
            "?delai=30": ["English", "En retard", "Bientôt"],
            "?delai=90": ["English", "En retard", "Bientôt", "Plus tard"],
            "?delai=sans": ["Sans date"],
            "?locale=en": ["English"],
            "?terme=natures:soins": ["En retard"],
            "?ordering=title": ["Bientôt", "En retard", "English", "Plus tard", "Sans date"],
            "?delai=faux&terme=faux&ordering=faux": ["English", "En retard", "Bientôt", "Plus tard", "Sans date"],
        }.items():
            assert listed(admin_client, query) == expected, query

    def test_the_type_is_a_filter(self, site: None, admin_client: StrictClient) -> None:
        fiche = due()
        due(InformationPageFactory(publiee=True))
        assert listed(admin_client, f"?content_type={fiche.content_type_id}") == [fiche.title]

    def test_pages_are_confirmed_from_the_report(self, site: None) -> None:
        page, other = due(), due()
        client, _user = signed_in(roles.REDACTION)
        form = soup(client.get(REPORT)).select_one('form[method="get"][action$="toujours-valable/"]')
        assert form is not None
        assert form.select_one('button[type="submit"]') is not None
        boxes = [box["value"] for box in form.select('input[name="page"]')]
        assert sorted(boxes) == sorted([str(page.pk), str(other.pk)])
        url = f"{form['action']}?page={page.pk}"
        refused_form = client.post(url, {"note": "", "prochaine": "2020-01-01"})
        assert refused_form.status_code == 200
        assert set(refused_form.context["form"].errors) == {"note", "prochaine"}
        french = f"{today() + DEMAIN:%d/%m/%Y}"
        answer = client.post(url, {"note": "Relu", "prochaine": french}, follow=True)
        assert "1 page est toujours valable." in answer.content.decode()
        assert dates(page)[2] == today() + DEMAIN
        assert listed(client, "?delai=retard") == [other.title]
        history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
        assert "Toujours valable : Relu" in history

    @pytest.mark.parametrize("query", ["", "?page=", "?page=abc", "?page=99999999999999999999", "?page=999999"])
    def test_nothing_chosen_comes_back_to_the_report(self, query: str) -> None:
        client, _user = signed_in(roles.REDACTION)
        accueil()
        answer = client.get(f"{reverse('toujours_valable')}{query}")
        assert answer.headers["Location"] == REPORT

    def test_exports_run_nothing(self, site: None, admin_client: StrictClient) -> None:
        due(FichePageFactory(title="=1+1", publiee=True))
        answer = admin_client.get(f"{REPORT}?export=csv")
        lines = b"".join(answer.streaming_content).decode().splitlines()
        assert lines[0] == "Titre,Type,Langue,Révisée le,À revoir le,Responsable"
        assert lines[1].startswith("'=1+1,Fiche,")
        content = b"".join(admin_client.get(f"{REPORT}?export=xlsx").streaming_content)
        cell = openpyxl.load_workbook(BytesIO(content)).active["A2"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")

    def test_it_costs_the_same_for_one_page_and_for_ten(self, site: None, admin_client: StrictClient) -> None:
        def make(number: int) -> None:
            for _ in range(number):
                due(FichePageFactory(owner=UtilisateurFactory(), publiee=True))
                due(InformationPageFactory(owner=UtilisateurFactory(), publiee=True))

        assert_same_cost(make, lambda: admin_client.get(REPORT), limit=40)

    def test_an_editor_pays_the_same_too(self, site: None) -> None:
        client, _user = signed_in(roles.REDACTION)
        assert_same_cost(
            lambda number: [due(FichePageFactory(owner=UtilisateurFactory(), publiee=True)) for _ in range(number)],
            lambda: client.get(REPORT),
            limit=40,
        )
