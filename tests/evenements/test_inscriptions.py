"""Registering, confirming, waiting, accepting, leaving."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from evenements.erreurs import ImpossibleError
from evenements.jetons import CONFIRMER, GERER, jeton, lire_jeton
from evenements.models import BesoinAcces, EtatInscription, Inscription, Seance
from evenements.operations import attente, placement
from evenements.operations import inscriptions as operations
from evenements.operations.verrous import passer
from evenements.queries.places import Places
from evenements.transitions import TRANSITIONS, Geste
from socle.models import CourrielASortir
from tests.evenements.inscriptions import date, demander, ecrits, equipe, etats, heures, inscrire, jours
from tests.factories import InscriptionFactory

pytestmark = pytest.mark.django_db


class TestAsking:
    def test_nothing_is_held_before_the_address_is_confirmed(self) -> None:
        seance = date(capacite=1)
        first, second = demander(seance, besoins=["lsf", "inconnu"], besoins_texte=" Un siège "), demander(seance)
        assert etats(first, second) == ["a_confirmer", "a_confirmer"]
        assert ecrits(first) == ["adresse:demande-0"]
        need = BesoinAcces.objects.get()
        assert (need.besoins, need.texte) == (["lsf"], "Un siège")
        operations.confirmer(second.pk)
        operations.confirmer(first.pk)
        assert etats(first, second) == ["en_attente", "confirmee"]

    def test_asked_twice_it_is_one_demand_and_the_last_words_count(self) -> None:
        seance = date()
        first = demander(seance, courriel="une@exemple.test", nom="Avant", besoins=["lsf"])
        again = demander(seance, courriel="UNE@exemple.test", nom="Après", genre="aidant")
        assert first.pk == again.pk
        found = Inscription.objects.get()
        assert (found.nom, found.genre) == ("Après", "aidant")
        assert not BesoinAcces.objects.exists()
        assert ecrits(first) == ["adresse:demande-0", "adresse:demande-1"]

    @pytest.mark.parametrize("etat", ["confirmee", "en_attente", "offre"])
    def test_who_is_registered_is_told_where_it_stands_and_nothing_changes(self, etat: str) -> None:
        known = InscriptionFactory(seance=date(), etat=etat, courriel="une@exemple.test", nom="Avant")
        before = Inscription.objects.values().get()
        again = demander(known.seance, courriel="Une@exemple.test", nom="Pirate", genre="autre", langue="en")
        assert again.pk == known.pk
        assert Inscription.objects.values().get() == before
        stage = {"confirmee": "inscrite", "en_attente": "attente", "offre": "offre"}[etat]
        assert ecrits(known) == [f"{stage}:demande-0"]

    def test_an_address_is_not_written_to_without_end(self) -> None:
        seance = date()
        for _time in range(5):
            found = demander(seance, courriel="une@exemple.test")
        assert len(ecrits(found)) == operations.PAR_DATE
        for _time in range(operations.PAR_ADRESSE):
            demander(date(), courriel="une@exemple.test")
        assert CourrielASortir.objects.count() == operations.PAR_ADRESSE

    @pytest.mark.parametrize(
        "facts",
        [
            {"inscription": "aucune"},
            {"inscription": "externe", "inscription_url": "https://exemple.org/"},
            {"inscriptions_ouvrent_le": jours(1)},
            {"inscriptions_fermees": True},
            {"cloture_heures": 24 * 30},
            {"statut": "annule"},
            {"statut": "reporte"},
            {"dans": -1},
            {"capacite": 1, "liste_attente": False},
        ],
    )
    def test_what_a_date_does_not_allow_is_said(self, facts: dict[str, Any]) -> None:
        seance = date(**facts)
        known = InscriptionFactory(seance=seance)
        # The same whether the address is registered or not.
        said = set()
        for courriel in (known.courriel, "inconnue@exemple.test"):
            with pytest.raises(ImpossibleError) as error:
                demander(seance, courriel=courriel)
            said.add(str(error.value))
        assert len(said) == 1
        assert not CourrielASortir.objects.exists()

    def test_seats_reserved_for_others_are_said_where_one_cannot_wait(self) -> None:
        seance = date(capacite=2, quotas={"aidant": 2}, liste_attente=False)
        with pytest.raises(ImpossibleError, match="réservées"):
            demander(seance, "usager")
        assert etats(inscrire(seance, "aidant")) == ["confirmee"]


class TestConfirming:
    def test_seats_then_the_list_in_order(self) -> None:
        seance = date(capacite=2)
        people = [inscrire(seance) for _rank in range(4)]
        assert etats(*people) == ["confirmee", "confirmee", "en_attente", "en_attente"]
        assert [one.pk for one in Inscription.objects.en_attente()] == [people[2].pk, people[3].pk]
        assert ecrits(people[0])[1:] == ["inscrite"]
        assert ecrits(people[2])[1:] == ["attente"]

    def test_done_twice_it_says_the_same(self) -> None:
        found = inscrire(date(capacite=1))
        before = Inscription.objects.values().get()
        operations.confirmer(found.pk)
        assert Inscription.objects.values().get() == before
        assert ecrits(found)[1:] == ["inscrite"]

    def test_a_full_date_without_a_list_refuses(self) -> None:
        seance = date(capacite=1, liste_attente=False)
        late, first = demander(seance), demander(seance)
        operations.confirmer(first.pk)
        with pytest.raises(ImpossibleError, match="plus de place"):
            operations.confirmer(late.pk)
        assert etats(late) == ["a_confirmer"]

    def test_after_two_days_the_link_is_no_longer_one(self) -> None:
        found = demander(date())
        with pytest.raises(ImpossibleError, match="plus valable"):
            operations.confirmer(found.pk, heures(48.1))
        operations.expirer_non_confirmees(heures(48.1))
        found.refresh_from_db()
        assert (found.etat, found.courriel, found.nom) == ("expiree", "", "")
        with pytest.raises(ImpossibleError):
            operations.confirmer(found.pk)

    def test_who_asked_before_the_closing_may_confirm_after(self) -> None:
        seance = date(cloture_heures=24)
        eve = seance.debut - datetime.timedelta(hours=25)
        found = demander(seance, maintenant=eve)
        operations.confirmer(found.pk, eve + datetime.timedelta(hours=2))
        assert etats(found) == ["confirmee"]

    @pytest.mark.parametrize("change", ["fermees", "annulee", "reportee", "commencee"])
    def test_what_closed_meanwhile_is_said(self, change: str) -> None:
        seance = date()
        found = demander(seance)
        event = seance.evenement
        event.inscriptions_fermees = change == "fermees"
        event.statut = {"annulee": "annule", "reportee": "reporte"}.get(change, "prevu")
        event.save()
        if change == "commencee":
            Seance.objects.update(debut=heures(-1), fin=heures(1))
        with pytest.raises(ImpossibleError):
            operations.confirmer(found.pk)

    def test_those_who_wait_come_before_those_who_arrive(self) -> None:
        seance = date(capacite=1)
        inscrire(seance)
        waiting = inscrire(seance)
        Seance.objects.update(capacite=2)
        assert etats(inscrire(seance), waiting) == ["en_attente", "offre"]


class TestReservedSeats:
    def test_are_for_their_kind_which_passes_on_the_list(self) -> None:
        seance = date(capacite=3, quotas={"usager": 2}, quotas_relaches_jours=None)
        pro = [inscrire(seance, "pro_sante") for _rank in range(2)]
        usager = inscrire(seance, "usager")
        assert etats(*pro, usager) == ["confirmee", "en_attente", "confirmee"]

    def test_given_back_they_go_to_the_first_who_waits(self) -> None:
        seance = date(capacite=2, quotas={"usager": 2}, quotas_relaches_jours=3)
        waiting = [inscrire(seance, "pro_sante") for _rank in range(3)]
        assert operations.proposer_ce_qui_est_libre() == 0
        assert operations.proposer_ce_qui_est_libre(seance.debut - datetime.timedelta(days=2)) == 2
        assert etats(*waiting) == ["offre", "offre", "en_attente"]

    def test_a_quota_that_is_lowered_gives_seats(self) -> None:
        seance = date(capacite=2, quotas={"usager": 2}, quotas_relaches_jours=None)
        waiting = inscrire(seance, "pro_sante")
        seance.evenement.quotas.update(places=1)
        assert operations.proposer_places(seance.pk) == 1
        assert etats(waiting) == ["offre"]


class TestOffers:
    def full(self, **facts: Any) -> tuple[Seance, Inscription, Inscription, Inscription]:
        seance = date(capacite=1, **facts)
        return (seance, *(inscrire(seance) for _rank in range(3)))

    def test_a_seat_that_is_left_goes_to_the_first_and_lapses(self) -> None:
        _seance, holder, first, second = self.full()
        operations.annuler(holder.pk)
        assert etats(holder, first, second) == ["annulee", "offre", "en_attente"]
        assert operations.laisser_passer(heures(23)) == 0
        assert operations.laisser_passer(heures(24.1)) == 1
        assert etats(first, second) == ["expiree", "offre"]
        assert ecrits(first)[-1] == "passee"
        assert operations.laisser_passer(heures(24.1)) == 0
        with pytest.raises(ImpossibleError, match="passé"):
            operations.accepter_offre(first.pk)

    def test_accepted_twice_it_is_taken_once(self) -> None:
        _seance, holder, first, _second = self.full()
        operations.annuler(holder.pk)
        operations.accepter_offre(first.pk)
        operations.accepter_offre(first.pk)
        assert etats(first) == ["confirmee"]
        assert ecrits(first)[-1] == "inscrite"

    def test_refused_it_goes_on(self) -> None:
        _seance, holder, first, second = self.full()
        operations.annuler(holder.pk)
        operations.refuser_offre(first.pk)
        operations.refuser_offre(first.pk)
        assert etats(first, second) == ["annulee", "offre"]

    def test_too_late_by_the_clock_even_before_the_job(self) -> None:
        _seance, holder, first, _second = self.full()
        operations.annuler(holder.pk)
        with pytest.raises(ImpossibleError, match="passé"):
            operations.accepter_offre(first.pk, heures(25))

    def test_never_beyond_the_start_nor_after_it(self) -> None:
        seance, holder, first, second = self.full(offre_heures=48)
        eve = seance.debut - datetime.timedelta(hours=3)
        operations.annuler(holder.pk, maintenant=eve)
        first.refresh_from_db()
        assert first.offre_expire_le == seance.debut
        operations.laisser_passer(seance.debut)
        assert etats(first, second) == ["expiree", "en_attente"]
        assert "passee" not in ecrits(first)

    def test_nobody_accepts_what_is_not_offered(self) -> None:
        _seance, _holder, first, _second = self.full()
        with pytest.raises(ImpossibleError, match="Aucune place"):
            operations.accepter_offre(first.pk)

    def test_seats_that_are_added_are_offered_and_one_that_is_taken_away_is_nobodys(self) -> None:
        seance, holder, first, second = self.full()
        Seance.objects.update(capacite=3)
        assert operations.proposer_places(seance.pk) == 2
        assert operations.proposer_places(seance.pk) == 0
        operations.accepter_offre(first.pk)
        Seance.objects.update(capacite=1)
        operations.accepter_offre(second.pk)
        assert etats(holder, first, second) == ["confirmee"] * 3
        operations.annuler(holder.pk)
        assert operations.proposer_places(seance.pk) == 0

    def test_one_date_that_fails_does_not_stop_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        dates = [self.full() for _rank in range(2)]
        for _seance, holder, _first, _second in dates:
            operations.annuler(holder.pk)
        real, bad = attente.proposer, dates[0][0].pk
        monkeypatch.setattr(attente, "proposer", lambda d, now: 1 // 0 if d.pk == bad else real(d, now))
        assert operations.laisser_passer(heures(25)) == 1
        assert etats(dates[0][2], dates[1][2]) == ["offre", "expiree"]


class TestLeaving:
    def test_needs_go_at_once_and_one_may_come_back(self) -> None:
        seance = date()
        found = inscrire(seance, courriel="une@exemple.test", besoins=["lsf"])
        operations.annuler(found.pk)
        operations.annuler(found.pk)
        assert ecrits(found)[-1] == "annulee"
        assert not BesoinAcces.objects.exists()
        assert demander(seance, courriel="une@exemple.test").pk != found.pk

    def test_an_address_that_nobody_confirmed_is_not_written_to(self) -> None:
        found = demander(date())
        operations.annuler(found.pk)
        # Not even what had not left yet.
        assert ecrits(found) == []
        with pytest.raises(ImpossibleError, match="annulée"):
            operations.confirmer(found.pk)

    def test_not_once_it_is_over(self) -> None:
        found = inscrire(date())
        with pytest.raises(ImpossibleError, match="eu lieu"):
            operations.annuler(found.pk, maintenant=jours(11))

    def test_by_the_team_it_is_said_so(self, django_capture_on_commit_callbacks: Any) -> None:
        found = inscrire(date())
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            operations.annuler(found.pk, par=equipe())
        assert "L’équipe a annulé" in mail.outbox[-1].body


class TestTheDatabase:
    def test_refuses_a_seat_that_is_not_there(self) -> None:
        seance = date(capacite=1)
        waiting = InscriptionFactory(seance=seance, etat="en_attente")
        InscriptionFactory(seance=seance)
        for attempt in (
            lambda: InscriptionFactory(seance=seance),
            lambda: InscriptionFactory(seance=seance, etat="offre"),
            lambda: Inscription.objects.filter(pk=waiting.pk).update(etat="confirmee", confirmee_le=timezone.now()),
        ):
            with pytest.raises(IntegrityError, match="inscription_dans_la_capacite"), transaction.atomic():
                attempt()
        InscriptionFactory(seance=seance, source="sur_place", courriel="")
        InscriptionFactory(seance=seance, source="equipe")

    def test_says_it_in_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seance = date(capacite=1)
        inscrire(seance)
        monkeypatch.setattr(placement, "places", lambda *_args: Places(None))
        with pytest.raises(ImpossibleError, match="plus de place"):
            inscrire(seance)

    def test_many_at_once_are_counted_together(self) -> None:
        seance = date(capacite=3)
        people = [InscriptionFactory.build(seance=seance, courriel=f"x{rank}@exemple.test") for rank in range(4)]
        with pytest.raises(IntegrityError, match="inscription_dans_la_capacite"), transaction.atomic():
            Inscription.objects.bulk_create(people)
        Inscription.objects.bulk_create(people[:3])


class TestLinks:
    def test_open_one_registration_for_one_use(self) -> None:
        found = inscrire(date())
        assert lire_jeton(jeton(found, GERER), GERER) == found
        assert lire_jeton(jeton(found, GERER), CONFIRMER) is None
        assert lire_jeton(f"{jeton(found, GERER)}x", GERER) is None
        assert lire_jeton("n'importe quoi", GERER) is None

    def test_until_30_days_after_the_date(self) -> None:
        found = inscrire(date(dans=1))
        assert lire_jeton(jeton(found, GERER), GERER, jours(30)) == found
        assert lire_jeton(jeton(found, GERER), GERER, jours(32)) is None

    def test_nobodys_once_it_is_anonymous(self) -> None:
        found = inscrire(date())
        link = jeton(found, GERER)
        Inscription.objects.update(nom="", courriel="", structure="", anonyme_le=timezone.localdate())
        assert lire_jeton(link, GERER) is None


def test_states_change_as_the_table_says() -> None:
    found = InscriptionFactory(etat="annulee")
    with pytest.raises(ValueError, match="does not lead"):
        passer(found, Geste.CONFIRMER, EtatInscription.CONFIRMEE)
    assert all(source not in {"annulee", "expiree"} for source, _gesture, _target in TRANSITIONS)
