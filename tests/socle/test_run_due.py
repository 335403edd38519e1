"""One command does whatever is due."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from fiches.models import FichePage
from home.models import MessageContact
from socle import scheduling
from tests.factories import FichePageFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def message(age: datetime.timedelta) -> MessageContact:
    made = MessageContact.objects.create(courriel="a@exemple.test", sujet="autre", message="Bonjour", langue="fr")
    MessageContact.objects.filter(pk=made.pk).update(recu_le=timezone.now() - age)
    return made


def schedule(page: FichePage) -> None:
    """Ask for a publication whose hour has come."""
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    revision.publish()
    revision.approved_go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()


class TestScheduledPages:
    def test_a_page_goes_live_and_off_at_its_hour(self) -> None:
        page = FichePageFactory(brouillon=True)
        schedule(page)
        assert not FichePage.objects.get(pk=page.pk).live
        call_command("run_due")
        assert FichePage.objects.get(pk=page.pk).live
        FichePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
        call_command("run_due")
        assert not FichePage.objects.get(pk=page.pk).live

    def test_a_second_run_changes_nothing(self) -> None:
        page = FichePageFactory(brouillon=True)
        schedule(page)
        call_command("run_due")
        first = FichePage.objects.get(pk=page.pk)
        call_command("run_due")
        assert FichePage.objects.get(pk=page.pk).last_published_at == first.last_published_at


class TestRetention:
    def test_messages_are_kept_twelve_months(self, capsys: pytest.CaptureFixture[str]) -> None:
        old = message(datetime.timedelta(days=366))
        kept = message(datetime.timedelta(days=364))
        call_command("run_due")
        assert set(MessageContact.objects.all()) == {kept}
        assert "effacer_messages_anciens : 1" in capsys.readouterr().out
        assert not MessageContact.objects.filter(pk=old.pk).exists()


class TestFailures:
    @pytest.fixture
    def broken_job(self) -> Iterator[str]:
        def fail() -> int:
            raise RuntimeError("this job is broken")

        name = "aaa_tache_cassee"  # runs first
        scheduling.register(name, fail)
        yield name
        del scheduling._jobs[name]

    def test_one_failing_job_does_not_keep_the_others_from_running(
        self, broken_job: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        message(datetime.timedelta(days=400))
        with pytest.raises(CommandError, match=broken_job):
            call_command("run_due")
        assert not MessageContact.objects.exists()
        assert broken_job in caplog.text

    def test_a_page_that_cannot_be_published_does_not_keep_the_jobs_from_running(self) -> None:
        def refuse(instance: Page, **kwargs: Any) -> None:
            raise RuntimeError("this page is broken")

        page = FichePageFactory(brouillon=True)
        schedule(page)
        message(datetime.timedelta(days=400))
        page_published.connect(refuse, sender=FichePage)
        try:
            with pytest.raises(CommandError, match="publish_scheduled"):
                call_command("run_due")
        finally:
            page_published.disconnect(refuse, sender=FichePage)
        assert not MessageContact.objects.exists()

    def test_a_name_is_registered_once(self, broken_job: str) -> None:
        with pytest.raises(ValueError, match=broken_job):
            scheduling.register(broken_job, lambda: 0)
