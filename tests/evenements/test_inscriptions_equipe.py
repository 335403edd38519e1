"""What the team does for people, and who of the team may."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from evenements.erreurs import ImpossibleError
from evenements.models import BesoinAcces, Inscription, Seance
from evenements.operations import inscriptions as operations
from tests.evenements.inscriptions import date, demander, ecrits, equipe, etats, heures, inscrire
from tests.factories import InscriptionFactory, UtilisateurFactory

pytestmark = pytest.mark.django_db


def en_cours(**facts: Any) -> Seance:
    """A date that is being held."""
    seance = date(dans=0, **facts)
    Seance.objects.filter(pk=seance.pk).update(debut=heures(-1), fin=heures(1))
    return Seance.objects.get(pk=seance.pk)


class TestRights:
    @pytest.mark.parametrize("who", ["staff", "inactive"])
    def test_only_who_handles_registrations(self, who: str) -> None:
        user = UtilisateurFactory(is_staff=True) if who == "staff" else equipe()
        user.is_active = who != "inactive"
        seance, details = en_cours(), {"nom": "Camille", "genre": "usager", "par": user}
        found = InscriptionFactory(seance=seance)
        for gesture in (
            lambda: operations.inscrire_par_equipe(seance, courriel="c@exemple.test", **details),
            lambda: operations.ajouter_sur_place(seance, **details),
            lambda: operations.pointer(found.pk, True, user),
            lambda: operations.annuler(found.pk, par=user),
        ):
            with pytest.raises(PermissionDenied):
                gesture()
        assert list(Inscription.objects.all()) == [found]

    def test_the_log_keeps_numbers_and_no_name(self) -> None:
        user, seance = equipe(), en_cours()
        found = operations.inscrire_par_equipe(
            seance, nom="Camille", courriel="c@exemple.test", genre="usager", par=user
        )
        operations.pointer(found.pk, True, user)
        operations.ajouter_sur_place(seance, nom="Dominique", genre="aidant", par=user)
        operations.annuler(found.pk, par=user)
        entries = ModelLogEntry.objects.order_by("pk")
        assert [entry.action.rpartition(".")[2] for entry in entries] == ["inscrire", "pointer", "ajouter", "annuler"]
        assert {entry.label.rpartition(" ")[0] for entry in entries} == {"Inscription n°"}


class TestRegisteringSomebody:
    def test_a_seat_else_the_list_else_beyond(self) -> None:
        seance, user = date(capacite=1), equipe()
        details = {"genre": "usager", "par": user}
        first = operations.inscrire_par_equipe(seance, nom="Un", courriel="un@exemple.test", besoins=["lsf"], **details)
        second = operations.inscrire_par_equipe(seance, nom="Deux", **details)
        third = operations.inscrire_par_equipe(seance, nom="Trois", au_dela=True, **details)
        assert etats(first, second, third) == ["confirmee", "en_attente", "confirmee"]
        assert (ecrits(first), ecrits(second)) == (["inscrite"], [])
        assert BesoinAcces.objects.get().inscription == first

    def test_closed_registrations_do_not_stop_the_team(self) -> None:
        seance = date(inscriptions_fermees=True)
        found = operations.inscrire_par_equipe(seance, nom="Un", genre="usager", par=equipe())
        assert etats(found) == ["confirmee"]

    def test_a_demand_that_waits_for_its_mail_is_taken_up(self) -> None:
        seance = date()
        asked = demander(seance, courriel="une@exemple.test")
        found = operations.inscrire_par_equipe(
            seance, nom="X", courriel="Une@exemple.test", genre="aidant", par=equipe()
        )
        assert (found.pk, etats(found), found.source) == (asked.pk, ["confirmee"], "equipe")

    def test_nobody_is_registered_twice(self) -> None:
        found = InscriptionFactory(seance=date())
        with pytest.raises(ImpossibleError, match="déjà"):
            operations.inscrire_par_equipe(
                found.seance, nom="X", courriel=found.courriel.upper(), genre="usager", par=equipe()
            )

    def test_who_waits_is_given_a_seat_beyond(self) -> None:
        seance = date(capacite=1)
        inscrire(seance)
        waiting = inscrire(seance)
        details = {"nom": "X", "courriel": waiting.courriel, "genre": "usager", "par": equipe()}
        operations.inscrire_par_equipe(seance, au_dela=True, **details)
        assert etats(waiting) == ["confirmee"]

    @pytest.mark.parametrize("facts", [{"dans": -2}, {"statut": "annule"}])
    def test_not_for_a_date_that_is_over_or_cancelled(self, facts: dict[str, Any]) -> None:
        with pytest.raises(ImpossibleError):
            operations.inscrire_par_equipe(date(**facts), nom="X", genre="usager", par=equipe())


class TestOnTheDay:
    def test_who_comes_is_there_whatever_the_seats(self) -> None:
        seance = en_cours(capacite=1)
        InscriptionFactory(seance=seance)
        found = operations.ajouter_sur_place(seance, nom="Dominique", genre="aidant", departement="75", par=equipe())
        assert (found.etat, found.present, found.source) == ("confirmee", True, "sur_place")
        assert ecrits(found) == []

    def test_who_was_known_is_ticked(self) -> None:
        seance = en_cours()
        known = InscriptionFactory(seance=seance)
        details = {"nom": "X", "genre": "usager", "courriel": known.courriel, "par": equipe()}
        assert operations.ajouter_sur_place(seance, **details).pk == known.pk
        known.refresh_from_db()
        assert known.present is True

    @pytest.mark.parametrize("etat", ["en_attente", "a_confirmer", "offre"])
    def test_who_waited_and_came_in_is_registered(self, etat: str) -> None:
        seance = en_cours(capacite=1)
        if etat != "offre":
            InscriptionFactory(seance=seance)
        found = InscriptionFactory(seance=seance, etat=etat)
        with pytest.raises(ImpossibleError):
            operations.pointer(found.pk, False, equipe())
        operations.pointer(found.pk, True, equipe())
        found.refresh_from_db()
        assert (found.etat, found.present) == ("confirmee", True)

    def test_a_tick_is_taken_back(self) -> None:
        found, user = InscriptionFactory(seance=en_cours()), equipe()
        for value in (True, True, False, None):
            assert operations.pointer(found.pk, value, user).present is value
        assert ModelLogEntry.objects.count() == 3

    def test_not_before_the_day_nor_for_who_left(self) -> None:
        user = equipe()
        with pytest.raises(ImpossibleError, match="jour même"):
            operations.pointer(InscriptionFactory(seance=date(dans=2)).pk, True, user)
        with pytest.raises(ImpossibleError, match="jour même"):
            operations.ajouter_sur_place(date(dans=2), nom="X", genre="usager", par=user)
        with pytest.raises(ImpossibleError, match="close"):
            operations.pointer(InscriptionFactory(seance=en_cours(), etat="annulee").pk, True, user)
