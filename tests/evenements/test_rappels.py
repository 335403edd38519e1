"""Reminders: due and not yet left, whatever the night that was missed; and what is forgotten."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from evenements.models import BesoinAcces, Inscription, Seance
from evenements.operations import inscriptions as operations
from socle.dates import months_later, today
from socle.models import CourrielASortir
from socle.scheduling import jobs
from tests.evenements.inscriptions import date, demander, ecrits, inscrire
from tests.factories import InscriptionFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def a_neuf_heures(seance: Seance, jours: int, minutes: int = 0) -> datetime.datetime:
    """So many days before a date, at nine and some minutes."""
    day = datetime.datetime.combine(seance.jour - datetime.timedelta(days=jours), datetime.time(9), PARIS)
    return day + datetime.timedelta(minutes=minutes)


def steps(inscription: Inscription) -> list[str]:
    return [key.split(":")[1] for key in ecrits(inscription) if key.startswith("rappel:")]


class TestReminders:
    def test_leave_at_nine_and_once(self) -> None:
        found = InscriptionFactory(seance=date())
        seance = found.seance
        assert operations.rappeler(a_neuf_heures(seance, 7, -1)) == 0
        assert operations.rappeler(a_neuf_heures(seance, 7)) == 1
        assert operations.rappeler(a_neuf_heures(seance, 7)) == 0
        assert operations.rappeler(a_neuf_heures(seance, 2)) == 0
        assert operations.rappeler(a_neuf_heures(seance, 1, 90)) == 1
        assert steps(found) == ["7", "1"]

    def test_a_night_that_was_missed_is_caught_up_and_older_steps_are_left_out(self) -> None:
        late, found = InscriptionFactory(seance=date()), InscriptionFactory(seance=date())
        assert operations.rappeler(a_neuf_heures(late.seance, 5)) == 2
        assert operations.rappeler(a_neuf_heures(late.seance, 0)) == 2
        assert operations.rappeler(a_neuf_heures(late.seance, 0)) == 0
        other = InscriptionFactory(seance=date(dans=20))
        operations.rappeler(a_neuf_heures(other.seance, 1, 10))
        assert (steps(found), steps(other)) == (["7", "1"], ["1"])

    def test_who_has_just_registered_is_not_reminded(self) -> None:
        seance = date()
        found = inscrire(seance, maintenant=a_neuf_heures(seance, 7, 5))
        assert operations.rappeler(a_neuf_heures(seance, 6)) == 0
        assert operations.rappeler(a_neuf_heures(seance, 1)) == 1
        assert steps(found) == ["1"]

    @pytest.mark.parametrize("etat", ["en_attente", "offre", "a_confirmer", "annulee", "expiree"])
    def test_only_who_has_a_seat(self, etat: str) -> None:
        found = InscriptionFactory(seance=date(), etat=etat)
        assert operations.rappeler(a_neuf_heures(found.seance, 1)) == 0

    @pytest.mark.parametrize("facts", [{"statut": "annule"}, {"statut": "reporte"}, {"rappels_jours": []}])
    def test_not_for_a_date_that_is_not_held(self, facts: dict[str, Any]) -> None:
        found = InscriptionFactory(seance=date(**facts))
        assert operations.rappeler(a_neuf_heures(found.seance, 1)) == 0

    def test_nor_once_it_has_begun(self) -> None:
        found = InscriptionFactory(seance=date())
        assert operations.rappeler(found.seance.debut) == 0

    def test_a_date_that_moves_is_reminded_again(self) -> None:
        found = InscriptionFactory(seance=date())
        seance, later = found.seance, datetime.timedelta(days=30)
        operations.rappeler(a_neuf_heures(seance, 7))
        jour = seance.jour + later
        Seance.objects.update(debut=seance.debut + later, fin=seance.fin + later, jour=jour, jour_fin=jour)
        seance.refresh_from_db()
        assert operations.rappeler(a_neuf_heures(seance, 7)) == 1
        assert steps(found) == ["7", "7"]

    def test_cost_the_same_for_ten_dates(self, django_assert_num_queries: Any) -> None:
        for _rank in range(10):
            InscriptionFactory(seance=date())
        with django_assert_num_queries(1):
            operations.rappeler(timezone.now())


class TestWhatIsForgotten:
    def test_demands_that_nobody_confirmed(self) -> None:
        seance = date()
        old = demander(seance, besoins=["lsf"], maintenant=timezone.now() - datetime.timedelta(hours=49))
        new = demander(seance)
        assert (operations.expirer_non_confirmees(), operations.expirer_non_confirmees()) == (1, 0)
        old.refresh_from_db()
        new.refresh_from_db()
        assert (old.etat, old.courriel, old.nom, old.anonyme_le) == ("expiree", "", "", today())
        assert (new.etat, new.courriel != "") == ("a_confirmer", True)
        assert not BesoinAcces.objects.exists()

    def test_needs_thirty_days_after_the_date(self) -> None:
        for days in (29, 30, 31):
            BesoinAcces.objects.create(inscription=InscriptionFactory(seance=date(dans=-days)), besoins=["lsf"])
        assert (operations.effacer_besoins(), operations.effacer_besoins()) == (2, 0)

    def test_names_four_months_after_and_no_figure_changes(self) -> None:
        limit = -(today() - months_later(today(), -4)).days
        details = {"etat": "confirmee", "present": True, "structure": "CHU", "departement": "75", "genre": "aidant"}
        kept = InscriptionFactory(seance=date(dans=limit + 3), **details)
        gone = InscriptionFactory(seance=date(dans=limit - 3), **details)
        figures = list(Inscription.objects.order_by("pk").values("genre", "departement", "etat", "present", "source"))
        assert (operations.anonymiser(), operations.anonymiser()) == (1, 0)
        kept.refresh_from_db()
        gone.refresh_from_db()
        assert kept.nom
        assert (gone.nom, gone.courriel, gone.structure, gone.anonyme_le) == ("", "", "", today())
        after = list(Inscription.objects.order_by("pk").values("genre", "departement", "etat", "present", "source"))
        assert after == figures


def test_every_job_may_run_twice() -> None:
    seance = date(capacite=1)
    for _rank in range(3):
        inscrire(seance)
    ours = [job for job in jobs() if job.name.startswith("inscriptions_")]
    assert len(ours) == 6
    for job in ours:
        job.run()
    before = list(Inscription.objects.order_by("pk").values()), CourrielASortir.objects.count()
    assert [job.run() for job in ours] == [0] * 6
    assert (list(Inscription.objects.order_by("pk").values()), CourrielASortir.objects.count()) == before
