"""Facts, dates and places: what the database itself refuses, and who may see what."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from evenements.models import Evenement, Inscription, Seance
from socle.dates import today
from socle.models import FermetureLieu, HoraireLieu
from tests.factories import (
    EvenementFactory,
    EvenementPageFactory,
    InscriptionFactory,
    LieuFactory,
    SeanceFactory,
    UtilisateurFactory,
)

pytestmark = pytest.mark.django_db


def refused(make: Any, **values: Any) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**values)
    return str(error.value)


class TestEvents:
    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("finit_apres", {"jour_fin": today()}),
            ("deux_heures", {"heure_fin": None}),
            ("en_ligne_sans_lieu", {"mode": "en_ligne"}),
            ("sur_place_sans_lien", {"lien_en_ligne": "https://exemple.org/"}),
            ("lien_public", {"mode": "mixte", "lien_public": True}),
            ("prix", {"gratuit": False}),
            ("prix", {"prix": 3}),
            ("adresse_d_inscription", {"inscription": "externe"}),
            ("adresse_d_inscription", {"inscription_url": "https://exemple.org/"}),
            ("capacite", {"capacite": 0}),
            ("offre_24", {"offre_heures": 12}),
            ("accessibilite", {"accessibilite": ["ailes"]}),
            ("langues", {"langues": ["xx"]}),
            ("genre", {"genre": "fete"}),
        ],
    )
    def test_facts_that_cannot_be_are_refused(self, name: str, values: dict[str, Any]) -> None:
        assert name in refused(EvenementFactory, **values)

    def test_a_pair_is_of_both_sides(self) -> None:
        alone = EvenementFactory(animateurs=[("Camille Exemple", "usager"), ("Dominique Démo", "usager")])
        both = EvenementFactory(animateurs=[("Camille Exemple", "usager"), ("Samir Démo", "professionnel")])
        assert (alone.en_binome, both.en_binome) == (False, True)

    def test_what_makes_it_accessible_is_of_the_place_or_of_the_event(self) -> None:
        place = LieuFactory(accessibilite=["plain_pied", "lsf"])
        event = EvenementFactory(lieu=place, accessibilite=["lsf", "ascenseur"])
        assert event.acces_reunis == ["plain_pied", "ascenseur", "lsf"]


class TestPlaces:
    def test_half_a_position_is_refused(self) -> None:
        assert "position" in refused(LieuFactory, longitude=None)

    def test_slots_of_a_day_do_not_overlap(self) -> None:
        place = LieuFactory()
        slot = {"lieu": place, "jour": 0}
        HoraireLieu.objects.create(**slot, debut=datetime.time(9), fin=datetime.time(12))
        HoraireLieu.objects.create(**slot, debut=datetime.time(12), fin=datetime.time(18))
        overlapping = {"debut": datetime.time(11, 30), "fin": datetime.time(13)}
        assert "horaires_sans_recouvrement" in refused(HoraireLieu.objects.create, **slot, **overlapping)
        HoraireLieu.objects.create(lieu=place, jour=1, **overlapping)

    def test_closures_do_not_overlap(self) -> None:
        place = LieuFactory()
        FermetureLieu.objects.create(lieu=place, du=datetime.date(2026, 8, 1), au=datetime.date(2026, 8, 15))
        day = datetime.date(2026, 8, 15)
        assert "fermetures_sans_recouvrement" in refused(FermetureLieu.objects.create, lieu=place, du=day, au=day)

    def test_a_used_place_is_kept(self) -> None:
        with pytest.raises(Exception, match="protected"):
            EvenementFactory().lieu.delete()


class TestDates:
    def test_an_event_has_one_date_for_a_day_of_its_rule(self) -> None:
        date = EvenementFactory().seances.get()
        assert "jour_prevu" in refused(SeanceFactory, evenement=date.evenement)

    def test_a_date_is_to_come_or_past_and_never_both(self) -> None:
        for days in (-2, -1, 0, 1):
            EvenementFactory(dans=days)
        EvenementFactory(dans=-1, jour_fin=today())
        coming, past = Seance.objects.a_venir(today()), Seance.objects.passees(today())
        assert (coming.count(), past.count()) == (3, 2)
        assert not coming.intersection(past).exists()
        assert Seance.objects.du_jour(today()).count() == 2

    def test_only_dates_with_a_page_that_one_may_read_are_seen(self) -> None:
        shown = EvenementPageFactory().evenement
        EvenementFactory()
        EvenementPageFactory(brouillon=True)
        hidden = EvenementPageFactory(protegee="login").evenement

        def seen(user: Any, code: str = "fr") -> set[Evenement]:
            return {date.evenement for date in Seance.objects.visible_to(user, code)}

        assert seen(AnonymousUser()) == {shown}
        assert seen(UtilisateurFactory()) == {shown, hidden}
        assert seen(AnonymousUser(), "en") == set()


class TestRegistrations:
    def test_an_address_has_one_open_registration_for_a_date(self) -> None:
        first = InscriptionFactory(courriel="une@exemple.test")
        again = {"seance": first.seance, "courriel": "UNE@exemple.test"}
        assert "inscription_une_par_adresse" in refused(InscriptionFactory, **again)
        Inscription.objects.filter(pk=first.pk).update(etat="annulee", close_le=timezone.now())
        InscriptionFactory(**again)

    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("confirmee", {"confirmee_le": None}),
            ("attente", {"etat": "en_attente", "attend_depuis": None}),
            ("offre", {"etat": "offre", "offre_expire_le": None}),
            ("close", {"etat": "annulee", "close_le": None}),
            ("adresse", {"courriel": ""}),
            ("anonyme", {"anonyme_le": today()}),
        ],
    )
    def test_a_state_has_what_goes_with_it(self, name: str, values: dict[str, Any]) -> None:
        assert name in refused(InscriptionFactory, **values)
