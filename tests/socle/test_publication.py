"""Dates of a page: what a publication, minor or not, does to them, and where readers see them."""

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, PageLogEntry, Revision

from fiches.models import FichePage
from home.models import InformationPage
from socle import generation
from socle.dates import months_later, today
from socle.models import BasePage
from socle.publication import DATES, MODIFICATION_MINEURE, publication_majeure
from tests.factories import (
    FichePageFactory,
    InformationPageFactory,
    UtilisateurFactory,
    accueil,
    index_fiches,
    publier,
)
from tests.harness.html import StrictClient
from tests.socle.reading import one
from tests.socle.test_translation import submit, translate

pytestmark = pytest.mark.django_db
AVANT = datetime.date(2026, 1, 10)
KINDS = [model for model in apps.get_models() if issubclass(model, BasePage)]
DEMAIN = datetime.timedelta(days=1)


def ancienne(page: BasePage | None = None, **dates: Any) -> Any:
    """Publish a page, and make as if it had been on that day."""
    page = page or FichePageFactory(publiee=True)
    moment = timezone.make_aware(datetime.datetime.combine(AVANT, datetime.time(12)))
    values = {"mis_a_jour_le": AVANT, "revise_le": AVANT, "prochaine_revision": months_later(AVANT, 24), **dates}
    type(page).objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment, **values)
    return fresh(page)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def dates(page: Any) -> tuple[Any, ...]:
    return tuple(getattr(fresh(page), name) for name in DATES)


def republier(page: Any, **values: Any) -> Any:
    """Write a new revision of the latest draft, and publish it."""
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    return publier(draft)


class Ecoute:
    """The pages whose text was told to be new."""

    def __init__(self) -> None:
        self.pages: list[int] = []

    def __call__(self, page: Any, **kwargs: Any) -> None:
        self.pages.append(page.pk)


@pytest.fixture
def ecoute() -> Any:
    receiver = Ecoute()
    publication_majeure.connect(receiver)
    yield receiver
    publication_majeure.disconnect(receiver)


class TestDates:
    @pytest.mark.parametrize(
        ("day", "months", "found"),
        [
            ((2026, 1, 31), 1, (2026, 2, 28)),
            ((2027, 12, 31), 2, (2028, 2, 29)),
            ((2026, 11, 22), 12, (2027, 11, 22)),
            ((2026, 12, 1), 1, (2027, 1, 1)),
        ],
    )
    def test_months_later(self, day: Any, months: int, found: Any) -> None:
        assert months_later(datetime.date(*day), months) == datetime.date(*found)

    def test_the_day_is_that_of_paris_whatever_the_zone_of_the_editor(self) -> None:
        with timezone.override("Pacific/Kiritimati"):
            far = timezone.localdate()
            here = today()
        assert here == timezone.localdate()
        assert (far - here).days in {0, 1}

    @pytest.mark.parametrize(
        "kind", [m for m in apps.get_models() if issubclass(m, BasePage)], ids=lambda m: m.__name__
    )
    def test_every_kind_of_page_is_guarded_by_the_database(self, kind: type[BasePage]) -> None:
        names = [constraint.name for constraint in kind._meta.constraints]
        assert f"{kind._meta.model_name}_prochaine_revision" in names


class TestMajeure:
    def test_the_first_publication_dates_the_page_by_its_kind(self) -> None:
        fiche, information = FichePageFactory(publiee=True, revise_le=None), InformationPageFactory(publiee=True)
        assert dates(fiche) == (today(), today(), months_later(today(), 12))
        assert dates(information) == (today(), today(), months_later(today(), 24))

    def test_a_kind_may_need_no_review(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(InformationPage, "duree_de_validite", None)
        assert dates(InformationPageFactory(publiee=True)) == (today(), today(), None)

    def test_the_first_publication_is_never_minor(self, ecoute: Ecoute) -> None:
        page = FichePageFactory(publiee=True, modification_mineure=True)
        assert dates(page)[0] == today()
        assert ecoute.pages == [page.pk]
        assert not fresh(page).modification_mineure

    def test_a_later_one_moves_the_dates(self, ecoute: Ecoute) -> None:
        page = ancienne(prochaine_revision=AVANT + DEMAIN)
        republier(page, title="Autre")
        assert dates(page) == (today(), today(), months_later(today(), 12))
        assert ecoute.pages[-1] == page.pk

    def test_the_date_that_the_editor_chose_is_kept_if_it_is_to_come(self) -> None:
        page = ancienne()
        chosen = today() + datetime.timedelta(days=90)
        republier(page, prochaine_revision=chosen)
        assert dates(page)[2] == chosen
        republier(page, prochaine_revision=None)
        assert dates(page)[2] == months_later(today(), 12)

    def test_a_draft_moves_nothing(self, ecoute: Ecoute) -> None:
        page = ancienne()
        before, ecoute.pages = dates(page), []
        page.title = "Brouillon"
        page.save_revision()
        assert dates(page) == before
        assert ecoute.pages == []

    def test_an_old_revision_does_not_bring_old_dates_back(self) -> None:
        page = ancienne()
        old = page.save_revision()
        republier(page)
        FichePage.objects.filter(pk=page.pk).update(mis_a_jour_le=AVANT + DEMAIN, revise_le=AVANT + DEMAIN)
        draft = Revision.objects.get(pk=old.pk).as_object()
        assert (draft.mis_a_jour_le, draft.revise_le) == (AVANT + DEMAIN, AVANT + DEMAIN)

    def test_a_scheduled_publication_counts_from_its_own_day(self, ecoute: Ecoute) -> None:
        page = ancienne()
        before, ecoute.pages = dates(page), []
        page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
        revision = page.save_revision(approved_go_live_at=page.go_live_at)
        revision.publish()
        assert dates(page) == before
        assert ecoute.pages == []
        revision.refresh_from_db()
        revision.approved_go_live_at = timezone.now() - datetime.timedelta(minutes=1)
        revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
        revision.save()
        call_command("run_due")
        assert dates(page)[:2] == (today(), today())
        assert ecoute.pages == [page.pk]

    def test_nothing_is_dated_by_a_publication_that_is_refused(self, client: StrictClient) -> None:
        page = ancienne()
        before = dates(page)
        with pytest.raises(PermissionDenied):
            page.save_revision().publish(user=UtilisateurFactory(redacteur=True))
        assert dates(page) == before


class TestMineure:
    def test_no_date_moves_and_nobody_is_told(self, ecoute: Ecoute) -> None:
        page = ancienne()
        before, ecoute.pages = dates(page), []
        republier(page, title="Sans coquille", modification_mineure=True, prochaine_revision=today() + DEMAIN)
        assert fresh(page).title == "Sans coquille"
        assert dates(page) == before
        assert ecoute.pages == []
        assert PageLogEntry.objects.filter(page=page.pk, action=MODIFICATION_MINEURE).count() == 1

    def test_it_is_not_carried_to_the_next_publication(self) -> None:
        page = ancienne()
        republier(page, modification_mineure=True)
        assert not fresh(page).modification_mineure
        assert not fresh(page).get_latest_revision_as_object().modification_mineure
        republier(page)
        assert dates(page)[0] == today()

    def test_it_waits_in_the_draft(self) -> None:
        page = ancienne()
        page.modification_mineure = True
        page.save_revision()
        assert fresh(page).get_latest_revision_as_object().modification_mineure
        assert not fresh(page).modification_mineure

    def test_a_page_older_than_the_dates_keeps_that_of_its_publication(self) -> None:
        page = ancienne(mis_a_jour_le=None, revise_le=None, prochaine_revision=None)
        republier(page, modification_mineure=True)
        assert dates(page) == (AVANT, None, None)

    def test_an_editor_ticks_the_box(self, admin_client: StrictClient) -> None:
        page = ancienne(InformationPageFactory(publiee=True))
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert not one(admin_client.get(url), 'input[name="modification_mineure"]').has_attr("checked")
        data = {"title": "Sans faute", "slug": page.slug, "resume": "", "corps-count": "0", "comments-TOTAL_FORMS": "0"}
        data |= {"comments-INITIAL_FORMS": "0", "modification_mineure": "on", "prochaine_revision": ""}
        assert admin_client.post(url, {**data, "action-publish": "1"}).status_code == 302
        assert (fresh(page).title, dates(page)[0]) == ("Sans faute", AVANT)
        assert not one(admin_client.get(url), 'input[name="modification_mineure"]').has_attr("checked")

    def test_a_review_before_the_last_one_is_refused(self, admin_client: StrictClient) -> None:
        page = ancienne(InformationPageFactory(publiee=True))
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        data = {"title": "Titre", "slug": page.slug, "resume": "", "corps-count": "0", "comments-TOTAL_FORMS": "0"}
        data |= {"comments-INITIAL_FORMS": "0", "prochaine_revision": "2026-01-10"}
        response = admin_client.post(url, data)
        assert "La prochaine révision vient après la dernière." in str(response.context["form"].errors)


class TestVersions:
    def test_a_copy_starts_without_the_dates_of_its_source(self) -> None:
        page = ancienne()
        copy = page.copy(update_attrs={"slug": "copie"}, keep_live=False)
        assert dates(copy) == (None, None, None)

    def test_a_copy_that_stays_live_is_dated(self) -> None:
        copy = ancienne().copy(update_attrs={"slug": "copie"}, keep_live=True)
        assert dates(copy) == (today(), today(), months_later(today(), 12))

    def test_an_alias_shows_the_dates_of_its_source(self) -> None:
        page = ancienne(prochaine_revision=AVANT + DEMAIN)
        alias = page.create_alias(parent=page.get_parent(), update_slug="alias")
        republier(page)
        assert dates(alias) == dates(page) == (today(), today(), months_later(today(), 12))

    def test_a_translation_has_its_own(
        self, admin_client: StrictClient, django_capture_on_commit_callbacks: Any
    ) -> None:
        index = index_fiches("en")
        index.translation_key = index_fiches("fr").translation_key
        index.save()
        english = Locale.objects.get(language_code="en")
        page = ancienne()
        translation = submit(admin_client, page, english)
        translate(translation)
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)
        version = FichePage.objects.get(translation_key=page.translation_key, locale=english)
        assert dates(version) == (today(), today(), months_later(today(), 12))
        version = ancienne(version, prochaine_revision=datetime.date(2026, 5, 1))
        republier(page, prochaine_revision=today() + DEMAIN)
        translation.source.update_from_db()
        written = translation.source.get_ephemeral_translated_instance(english, fallback=True)
        written.slug = version.slug
        written.save_revision()
        assert dates(version) == (AVANT, AVANT, datetime.date(2026, 5, 1))
        draft = fresh(version).get_latest_revision_as_object()
        assert draft.prochaine_revision == datetime.date(2026, 5, 1)


class TestReaders:
    @pytest.mark.parametrize(
        ("langue", "texte"),
        [("fr", "Mis à jour le 10 janvier 2026"), ("fr-simple", "Nous avons changé cette page le 10 janvier 2026")],
    )
    def test_they_see_when_the_text_last_changed(self, client: StrictClient, langue: str, texte: str) -> None:
        page = ancienne(InformationPageFactory(parent=accueil(langue), publiee=True))
        shown = one(client.get(page.url), "main .mise-a-jour")
        assert " ".join(shown.get_text().split()) == texte
        assert shown.time["datetime"] == "2026-01-10"

    def test_every_kind_of_page_says_it(self, client: StrictClient) -> None:
        for page in (FichePageFactory(), InformationPageFactory()):
            publier(page)
            assert one(client.get(page.url), "main .mise-a-jour time")["datetime"] == today().isoformat()

    def test_a_page_without_a_date_says_nothing(self, client: StrictClient) -> None:
        assert "mise-a-jour" not in client.get(InformationPageFactory().url).content.decode()

    def test_robots_read_the_same_date(self, client: StrictClient) -> None:
        page = ancienne()
        assert '"dateModified": "2026-01-10"' in client.get(page.url).content.decode()
        assert "<lastmod>2026-01-10</lastmod>" in client.get("/sitemap.xml").content.decode()

    def test_a_minor_change_shows_its_text_and_the_old_date(self, client: StrictClient, settings: Any) -> None:
        settings.PAGE_CACHE = True
        page = ancienne()
        client.get(page.url)
        republier(page, title="Sans coquille", modification_mineure=True)
        html = client.get(page.url).content.decode()
        assert "Sans coquille" in html
        assert "10 janvier 2026" in html

    def test_what_was_kept_with_the_old_date_is_shown_no_more(self, client: StrictClient, settings: Any) -> None:
        settings.PAGE_CACHE = True
        page = ancienne()
        assert "10 janvier 2026" in client.get(page.url).content.decode()
        before = generation.current()
        republier(page)
        assert generation.current() > before
        assert one(client.get(page.url), "main .mise-a-jour time")["datetime"] == today().isoformat()


def test_the_database_refuses_a_review_before_the_last_one() -> None:
    page = ancienne(InformationPageFactory(publiee=True))
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationPage.objects.filter(pk=page.pk).update(prochaine_revision=AVANT)
