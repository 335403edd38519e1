"""Dates of events: made from the rule, kept when people registered, moved, cancelled, restored."""

import datetime
import itertools
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from evenements.erreurs import ImpossibleError
from evenements.models import Evenement, Seance
from evenements.operations import materialisation
from evenements.operations.evenements import (
    annuler_evenement,
    enregistrer,
    reporter_evenement,
    reprogrammer_evenement,
    retablir_evenement,
)
from evenements.operations.inscriptions_avis import Avis
from evenements.operations.seances import (
    annuler_seance,
    changer_les_places,
    deplacer_seance,
    materialiser,
    materialiser_les_series,
    retablir_seance,
)
from socle import generation
from socle.dates import months_later, today
from tests.evenements.dates import dans, jours_de, lundi, relu, serie
from tests.factories import EvenementFactory, InscriptionFactory, LieuFactory, UtilisateurFactory

pytestmark = pytest.mark.django_db
T = datetime.time
SEMAINE = datetime.timedelta(days=7)


@pytest.fixture(autouse=True)
def avis() -> Any:
    """Keep what registered people are told, as (day, what)."""
    told: list[tuple[datetime.date, Avis]] = []

    def note(seance: Seance, nature: Avis, avant: Any = None) -> int:
        told.append((seance.jour, nature))
        assert (avant is not None) == (nature is Avis.DEPLACEE)
        return 0

    with patch.object(materialisation, "prevenir_les_inscrits", note):
        yield told


def faits(evenement: Evenement, **values: Any) -> Evenement:
    """Save other facts, as the form of events does."""
    changed = relu(evenement)
    for name, value in values.items():
        setattr(changed, name, value)
    changed.full_clean(exclude=["cree_par"])
    return enregistrer(changed)


class TestMaking:
    def test_a_meeting_held_once_has_one_date(self) -> None:
        evenement = EvenementFactory(seance=False, jour=dans(900), jour_fin=dans(901))
        assert materialiser(evenement) == 1
        assert materialiser(evenement) == 0
        seance = evenement.seances.get()
        assert (seance.jour_prevu, seance.jour, seance.jour_fin) == (dans(900), dans(900), dans(901))
        assert (seance.lieu, seance.mode, seance.sequence) == (evenement.lieu, "sur_place", 0)

    def test_a_series_has_its_dates_18_months_ahead(self) -> None:
        evenement = serie("FREQ=WEEKLY;BYDAY=MO")
        found = jours_de(evenement)
        horizon = months_later(today(), 18)
        assert found[0] == lundi()
        assert horizon - SEMAINE < found[-1] <= horizon
        assert all(after - before == SEMAINE for before, after in itertools.pairwise(found))
        assert materialiser(evenement) == 0
        assert materialiser(evenement, horizon + 2 * SEMAINE) == 2
        assert materialiser(evenement, lundi()) == 0

    def test_a_series_announced_long_before_has_its_first_date(self) -> None:
        assert jours_de(serie("FREQ=WEEKLY;BYDAY=MO", jour=dans(700))) == [dans(700)]

    def test_18_o_clock_stays_18_o_clock(self) -> None:
        evenement = serie("FREQ=WEEKLY;BYDAY=MO", heure_debut=T(18), heure_fin=T(20))
        zone = datetime.timezone
        offsets = {seance.debut.astimezone(zone.utc).hour for seance in evenement.seances.all()}
        assert offsets == {16, 17}
        local = {
            timezone.localtime(seance.debut, timezone.get_default_timezone()).hour for seance in evenement.seances.all()
        }
        assert local == {18}

    def test_excluded_days_give_no_date(self) -> None:
        assert jours_de(serie(dates_exclues=[dans(7)])) == [lundi(), dans(14), dans(21)]

    def test_a_night_and_whole_days(self) -> None:
        nuit = serie(heure_debut=T(22), heure_fin=T(2), jour=lundi(), jour_fin=dans(1)).seances.earliest("debut")
        assert (nuit.jour, nuit.jour_fin, nuit.journee_entiere) == (lundi(), dans(1), False)
        soir = EvenementFactory(seance=False, jour=lundi(), jour_fin=dans(1), heure_debut=T(22), heure_fin=T(0))
        materialiser(soir)
        assert soir.seances.get().jour_fin == lundi()
        jours = EvenementFactory(seance=False, jour=lundi(), jour_fin=dans(2), heure_debut=None, heure_fin=None)
        materialiser(jours)
        entiere = jours.seances.get()
        assert (entiere.jour, entiere.jour_fin, entiere.journee_entiere) == (lundi(), dans(2), True)

    def test_the_job_makes_all_series_once_a_day(self) -> None:
        one = EvenementFactory(seance=False, jour=lundi(), recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=3")
        broken = EvenementFactory(seance=False, jour=lundi(), recurrence="FREQ=YEARLY")
        other = EvenementFactory(seance=False, jour=lundi(), recurrence="FREQ=WEEKLY;BYDAY=TU;COUNT=2")
        assert materialiser_les_series() == 5
        assert [evenement.seances.count() for evenement in (one, broken, other)] == [3, 0, 2]
        one.seances.all().delete()
        assert materialiser_les_series() == 0

    def test_a_past_series_keeps_what_was(self) -> None:
        evenement = serie("FREQ=WEEKLY;BYDAY=MO", jour=dans(-28))
        past = [jour for jour in jours_de(evenement) if jour < today()]
        assert len(past) >= 3
        faits(evenement, recurrence="FREQ=WEEKLY;BYDAY=TH", heure_debut=T(9))
        assert [jour for jour in jours_de(evenement) if jour < today()] == past
        assert {jour.weekday() for jour in jours_de(evenement) if jour > today()} == {3}
        passee = evenement.seances.earliest("debut")
        assert timezone.localtime(passee.debut, timezone.get_default_timezone()).hour == 14


class TestFacts:
    def test_the_date_of_a_meeting_held_once_moves_and_keeps_its_people(self, avis: list[Any]) -> None:
        evenement = EvenementFactory(jour=lundi())
        inscription = InscriptionFactory(seance=evenement.seances.get())
        faits(evenement, jour=dans(8), jour_fin=dans(8))
        seance = evenement.seances.get()
        assert (seance.pk, seance.jour, seance.jour_prevu) == (inscription.seance_id, dans(8), dans(8))
        assert avis == [(dans(8), Avis.DEPLACEE)]
        assert (relu(evenement).sequence, seance.sequence) == (1, 1)

    def test_the_same_facts_change_nothing(self, avis: list[Any]) -> None:
        evenement = serie("FREQ=WEEKLY;COUNT=4;BYDAY=MO", organisateurs=["ARS"])
        faits(evenement, recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=4")
        before = relu(evenement)
        with patch.object(generation, "increment") as increment:
            faits(evenement, recurrence="FREQ=WEEKLY;INTERVAL=1;COUNT=4;BYDAY=MO")
        assert not increment.called
        assert relu(evenement).sequence == before.sequence
        assert relu(evenement).modifie_le == before.modifie_le
        assert avis == []

    def test_each_change_counts_once_everywhere(self) -> None:
        evenement = serie(organisateurs=["ARS"])
        before = relu(evenement).modifie_le
        with patch.object(generation, "increment") as increment:
            faits(evenement, capacite=12)
        assert increment.call_count == 1
        assert relu(evenement).sequence == 1
        assert relu(evenement).modifie_le > before
        assert {(seance.capacite, seance.sequence) for seance in evenement.seances.all()} == {(12, 1)}

    def test_what_hangs_on_the_event_counts(self) -> None:
        evenement = serie(organisateurs=["ARS"])
        changed = relu(evenement)
        changed.organisateurs.set([*changed.organisateurs.all()][:0])
        enregistrer(changed)
        assert relu(evenement).sequence == 1
        assert not relu(evenement).organisateurs.exists()

    def test_a_new_rule_keeps_the_dates_of_registered_people_as_cancelled(self, avis: list[Any]) -> None:
        evenement = serie()
        InscriptionFactory(seance=evenement.seances.get(jour=dans(7)))
        faits(evenement, recurrence="FREQ=WEEKLY;BYDAY=TU;COUNT=2")
        found = [(seance.jour, seance.statut) for seance in evenement.seances.order_by("jour")]
        assert found == [(dans(1), "prevue"), (dans(7), "annulee"), (dans(8), "prevue")]
        assert avis == [(dans(7), Avis.ANNULEE)]
        # It does not come back by itself: people were told.
        faits(evenement, recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=2")
        assert evenement.seances.get(jour=dans(7)).statut == "annulee"
        assert jours_de(evenement) == [lundi(), dans(7)]

    def test_an_excluded_day_with_people_is_cancelled(self, avis: list[Any]) -> None:
        evenement = serie()
        InscriptionFactory(seance=evenement.seances.get(jour=dans(7)))
        faits(evenement, dates_exclues=[dans(7), dans(14)])
        assert jours_de(evenement) == [lundi(), dans(7), dans(21)]
        assert evenement.seances.get(jour=dans(7)).statut == "annulee"
        assert avis == [(dans(7), Avis.ANNULEE)]

    def test_new_hours_reach_every_date_but_those_changed_by_hand(self, avis: list[Any]) -> None:
        evenement = serie()
        moved = deplacer_seance(
            evenement.seances.get(jour=dans(7)).pk, jour=dans(8), heure_debut=T(10), heure_fin=T(11)
        )
        annuler_seance(evenement.seances.get(jour=dans(14)).pk, "Salle fermée")
        avis.clear()
        faits(evenement, heure_debut=T(9), heure_fin=T(10))
        hours = {
            seance.jour: (timezone.localtime(seance.debut, timezone.get_default_timezone()).hour, seance.statut)
            for seance in evenement.seances.all()
        }
        assert hours == {
            lundi(): (9, "prevue"), dans(8): (10, "prevue"), dans(14): (9, "annulee"), dans(21): (9, "prevue")
        }  # fmt: skip
        assert Seance.objects.get(pk=moved.pk).sequence == 1
        assert avis == [(lundi(), Avis.DEPLACEE), (dans(21), Avis.DEPLACEE)]

    def test_a_series_that_ends_keeps_a_moved_date_and_a_cancelled_one(self) -> None:
        evenement = serie()
        deplacer_seance(evenement.seances.get(jour=dans(14)).pk, jour=dans(15), heure_debut=T(10), heure_fin=T(11))
        annuler_seance(evenement.seances.get(jour=dans(21)).pk)
        faits(evenement, recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=1")
        assert jours_de(evenement) == [lundi(), dans(15), dans(21)]

    def test_a_series_becomes_a_meeting_held_once_and_back(self) -> None:
        evenement = serie()
        faits(evenement, recurrence="")
        assert jours_de(evenement) == [lundi()]
        faits(evenement, recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=3")
        assert jours_de(evenement) == [lundi(), dans(7), dans(14)]

    @pytest.mark.parametrize("recurrence", ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20200101", "nimporte quoi"])
    def test_a_rule_that_gives_nothing_is_refused(self, recurrence: str) -> None:
        evenement = serie()
        with pytest.raises(Exception, match="recurrence"):
            faits(evenement, recurrence=recurrence)
        assert len(jours_de(evenement)) == 4

    def test_a_new_event_has_its_dates(self) -> None:
        event = EvenementFactory.build(jour=lundi(), lieu=LieuFactory(), recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=2")
        user = UtilisateurFactory(is_superuser=True)
        enregistrer(event, user)
        assert jours_de(event) == [lundi(), dans(7)]
        assert relu(event).cree_par == user
        assert ModelLogEntry.objects.get(action="evenements.creer").user == user


class TestOneDate:
    def test_it_is_cancelled_and_stays(self, avis: list[Any]) -> None:
        evenement = serie()
        seance = evenement.seances.get(jour=dans(7))
        with patch.object(generation, "increment") as increment:
            annuler_seance(seance.pk, "Salle fermée")
            annuler_seance(seance.pk, "Salle fermée")
        assert increment.call_count == 1
        seance.refresh_from_db()
        assert (seance.statut, seance.motif, seance.sequence) == ("annulee", "Salle fermée", 1)
        assert materialiser(evenement) == 0
        assert avis == [(dans(7), Avis.ANNULEE)]
        retablir_seance(seance.pk)
        retablir_seance(seance.pk)
        seance.refresh_from_db()
        assert (seance.statut, seance.motif, seance.sequence, seance.modifiee) == ("prevue", "", 2, False)
        assert avis == [(dans(7), Avis.ANNULEE), (dans(7), Avis.RETABLIE)]
        assert [entry.message for entry in ModelLogEntry.objects.order_by("timestamp")] == [
            f"Date annulée : {dans(7):%d/%m/%Y}. Salle fermée", f"Date rétablie : {dans(7):%d/%m/%Y}."
        ]  # fmt: skip

    def test_one_that_the_rule_no_longer_gives_is_restored_for_good(self) -> None:
        evenement = serie()
        seance = evenement.seances.get(jour=dans(21))
        annuler_seance(seance.pk)
        faits(evenement, recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=2")
        retablir_seance(seance.pk)
        assert materialiser(evenement) == 0
        assert jours_de(evenement) == [lundi(), dans(7), dans(21)]

    def test_it_moves_and_the_rule_no_longer_changes_it(self, avis: list[Any]) -> None:
        evenement, lieu = serie(), LieuFactory()
        seance = evenement.seances.get(jour=dans(7))
        for _twice in range(2):
            deplacer_seance(seance.pk, jour=dans(9), heure_debut=T(18), heure_fin=T(20), lieu=lieu, motif="Grève")
        seance.refresh_from_db()
        assert (seance.jour_prevu, seance.jour, seance.lieu, seance.modifiee, seance.sequence, seance.motif) == (
            dans(7), dans(9), lieu, True, 1, "Grève"
        )  # fmt: skip
        assert avis == [(dans(9), Avis.DEPLACEE)]
        assert materialiser(evenement) == 0

    def test_it_goes_online(self) -> None:
        seance = serie(lien_en_ligne="", mode="sur_place").seances.earliest("debut")
        found = deplacer_seance(seance.pk, jour=seance.jour, heure_debut=T(14), heure_fin=T(16), mode="en_ligne")
        assert (found.mode, found.lieu_id) == ("en_ligne", None)

    def test_that_of_an_event_held_once_is_the_event(self, avis: list[Any]) -> None:
        evenement = EvenementFactory(jour=lundi())
        seance = evenement.seances.get()
        deplacer_seance(seance.pk, jour=dans(1), heure_debut=T(9), heure_fin=T(12))
        assert (relu(evenement).jour, relu(evenement).heure_debut) == (dans(1), T(9))
        assert annuler_seance(seance.pk, "Salle fermée").annulee
        assert (relu(evenement).statut, relu(evenement).motif_statut) == ("annule", "Salle fermée")
        assert not retablir_seance(seance.pk).annulee
        changer_les_places(seance.pk, 5)
        assert (relu(evenement).capacite, evenement.seances.get().capacite) == (5, 5)
        assert [what for _day, what in avis] == [Avis.DEPLACEE, Avis.ANNULEE, Avis.RETABLIE, Avis.PLACES]
        assert relu(evenement).sequence == 4

    def test_its_seats_are_its_own(self, avis: list[Any]) -> None:
        evenement = serie(capacite=10)
        changer_les_places(evenement.seances.get(jour=dans(7)).pk, 4)
        changer_les_places(evenement.seances.get(jour=dans(7)).pk, 4)
        faits(evenement, capacite=20)
        assert [seance.capacite for seance in evenement.seances.order_by("jour")] == [20, 4, 20, 20]
        assert avis[0] == (dans(7), Avis.PLACES)

    def test_what_is_impossible_is_said(self) -> None:
        seance = serie().seances.earliest("debut")
        with pytest.raises(ImpossibleError, match="où il commence"):
            deplacer_seance(seance.pk, jour=lundi(), heure_debut=T(9), heure_fin=T(9))
        with pytest.raises(ImpossibleError, match="au moins une place"):
            changer_les_places(seance.pk, 0)
        annuler_seance(seance.pk)
        with pytest.raises(ImpossibleError, match="rétablissez"):
            deplacer_seance(seance.pk, jour=lundi(), heure_debut=T(9), heure_fin=T(10))
        seul = EvenementFactory(jour=lundi()).seances.get()
        with pytest.raises(ImpossibleError, match="Après minuit"):
            deplacer_seance(seul.pk, jour=lundi(), heure_debut=T(9), heure_fin=T(8))

    def test_nobody_is_told_of_the_past(self, avis: list[Any]) -> None:
        evenement = serie(jour=dans(-28))
        annuler_seance(evenement.seances.earliest("debut").pk)
        assert avis == []


class TestWholeEvents:
    def test_cancelled_and_restored(self, avis: list[Any]) -> None:
        evenement = serie()
        annuler_seance(evenement.seances.get(jour=dans(7)).pk)
        avis.clear()
        annuler_evenement(evenement.pk, "Plus de salle")
        annuler_evenement(evenement.pk, "Plus de salle")
        assert (relu(evenement).statut, relu(evenement).motif_statut, relu(evenement).sequence) == (
            "annule", "Plus de salle", 1
        )  # fmt: skip
        assert all(seance.annulee for seance in Seance.objects.all())
        assert avis == [(jour, Avis.ANNULEE) for jour in (lundi(), dans(14), dans(21))]
        avis.clear()
        retablir_evenement(evenement.pk)
        assert avis == [(jour, Avis.RETABLIE) for jour in (lundi(), dans(14), dans(21))]
        assert [seance.annulee for seance in evenement.seances.order_by("jour")] == [False, True, False, False]
        actions = ModelLogEntry.objects.order_by("timestamp").values_list("action", flat=True)
        assert list(actions)[1:] == ["evenements.annuler", "evenements.retablir"]

    def test_postponed_then_held_on_another_day(self, avis: list[Any]) -> None:
        evenement = EvenementFactory(jour=lundi())
        reporter_evenement(evenement.pk, "Grève")
        assert relu(evenement).statut == "reporte"
        reprogrammer_evenement(evenement.pk, jour=dans(30), heure_debut=T(10), heure_fin=T(12))
        assert (relu(evenement).statut, relu(evenement).motif_statut) == ("prevu", "")
        assert evenement.seances.get().jour == dans(30)
        assert avis == [(lundi(), Avis.REPORTEE), (dans(30), Avis.DEPLACEE)]

    def test_places_and_links_follow(self, avis: list[Any]) -> None:
        evenement, lieu = serie(), LieuFactory()
        faits(evenement, lieu=lieu)
        assert {seance.lieu for seance in evenement.seances.all()} == {lieu}
        assert len(avis) == 4


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ({}, False),
        ({"redacteur": True}, False),
        ({"groupes": ("Animation",)}, True),
        ({"moderateur": True}, True),
        ({"is_superuser": True}, True),
    ],
)
def test_who_may_change_dates(role: dict[str, bool], may: bool) -> None:
    user = UtilisateurFactory(**role)
    evenement = serie()
    seance = evenement.seances.earliest("debut")
    gestures: list[Any] = [
        lambda: annuler_seance(seance.pk, "", user),
        lambda: retablir_seance(seance.pk, user),
        lambda: deplacer_seance(seance.pk, jour=lundi(), heure_debut=T(9), heure_fin=T(10), par=user),
        lambda: changer_les_places(seance.pk, 3, user),
        lambda: enregistrer(relu(evenement), user),
        lambda: annuler_evenement(evenement.pk, "", user),
        lambda: retablir_evenement(evenement.pk, user),
        lambda: reporter_evenement(evenement.pk, "", user),
        lambda: reprogrammer_evenement(evenement.pk, jour=lundi(), heure_debut=None, heure_fin=None, par=user),
    ]
    for gesture in gestures:
        if may:
            gesture()
        else:
            with pytest.raises(PermissionDenied):
                gesture()
