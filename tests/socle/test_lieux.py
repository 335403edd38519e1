"""Places: when they are open, and how their positions are read."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from socle.lieux.position import ecrire, lire
from socle.models import FermetureLieu, HoraireLieu, Lieu
from tests.factories.evenements import LieuFactory

LUNDI = datetime.date(2027, 3, 1)


def horaire(lieu: Lieu, jour: int, debut: str = "09:00", fin: str = "12:00") -> HoraireLieu:
    times = (datetime.time.fromisoformat(each) for each in (debut, fin))
    return HoraireLieu.objects.create(lieu=lieu, jour=jour, **dict(zip(("debut", "fin"), times, strict=True)))


def jours(count: int) -> datetime.timedelta:
    return datetime.timedelta(days=count)


@pytest.mark.django_db
class TestOuverture:
    def test_a_place_is_open_on_the_days_of_its_slots(self) -> None:
        lieu = LieuFactory()
        horaire(lieu, 0, "14:00", "17:00")
        horaire(lieu, 0)
        assert lieu.ouvert_le(LUNDI)
        assert not lieu.ouvert_le(LUNDI + jours(1))
        assert [each.debut.hour for each in lieu.horaires_le(LUNDI)] == [9, 14]

    def test_a_closure_counts_both_its_ends(self) -> None:
        lieu = LieuFactory()
        for jour in range(7):
            horaire(lieu, jour)
        FermetureLieu.objects.create(lieu=lieu, du=LUNDI, au=LUNDI + jours(1), motif="Travaux")
        assert [lieu.ouvert_le(LUNDI + jours(rank)) for rank in (-1, 0, 1, 2)] == [True, False, False, True]
        assert lieu.horaires_le(LUNDI) == []
        fermeture = lieu.fermeture_le(LUNDI)
        assert fermeture is not None
        assert fermeture.motif == "Travaux"

    def test_without_slots_only_closures_are_known(self) -> None:
        lieu = LieuFactory()
        FermetureLieu.objects.create(lieu=lieu, du=LUNDI, au=LUNDI)
        assert not lieu.ouvert_le(LUNDI)
        assert lieu.prochain_jour_ouvert(LUNDI) == LUNDI + jours(1)

    def test_the_next_open_day_is_the_day_itself_or_after_every_closure(self) -> None:
        lieu = LieuFactory()
        horaire(lieu, 2)
        mercredi = LUNDI + jours(2)
        assert lieu.prochain_jour_ouvert(mercredi) == mercredi
        assert lieu.prochain_jour_ouvert(LUNDI) == mercredi
        FermetureLieu.objects.create(lieu=lieu, du=LUNDI, au=mercredi)
        FermetureLieu.objects.create(lieu=lieu, du=mercredi + jours(7), au=mercredi + jours(8))
        assert lieu.prochain_jour_ouvert(LUNDI) == mercredi + jours(14)
        assert lieu.prochain_jour_ouvert(LUNDI, dans=13) is None
        assert lieu.prochain_jour_ouvert(LUNDI, dans=16) == mercredi + jours(14)

    def test_a_long_closure_has_no_next_day(self) -> None:
        lieu = LieuFactory()
        FermetureLieu.objects.create(lieu=lieu, du=LUNDI, au=LUNDI + jours(800))
        assert lieu.prochain_jour_ouvert(LUNDI) is None

    def test_many_days_cost_nothing_once_fetched(self, django_assert_num_queries: Any) -> None:
        place = LieuFactory()
        horaire(place, 2)

        lieu = Lieu.objects.prefetch_related("horaires", "fermetures").get(pk=place.pk)
        with django_assert_num_queries(0):
            assert sum(lieu.ouvert_le(LUNDI + jours(rank)) for rank in range(70)) == 10

    @pytest.mark.parametrize("fin", ["08:00", "09:00"])
    def test_the_database_refuses_what_the_form_would(self, fin: str) -> None:
        lieu = LieuFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            horaire(lieu, 0, "09:00", fin)
        horaire(lieu, 0, "09:00", "12:00")
        horaire(lieu, 0, "12:00", "13:00")
        with pytest.raises(IntegrityError), transaction.atomic():
            horaire(lieu, 0, "11:59", "12:30")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("texte", "trouve"),
    [
        ("ecole", True),
        ("École des", True),
        ("saint-denis", True),
        ("93200", True),
        ("rue exemple", True),
        ("bobigny", False),
        ("a\x00b", False),
        ("%", False),
    ],
)
def test_a_place_is_found_whatever_the_accents(texte: str, trouve: bool) -> None:
    LieuFactory(nom="École des usagers")
    assert Lieu.objects.cherches(texte).exists() == trouve


@pytest.mark.parametrize(
    ("texte", "position"),
    [
        ("48.9356, 2.3539", (48.9356, 2.3539)),
        ("48.9356,2.3539", (48.9356, 2.3539)),
        ("48,9356 ; 2,3539", (48.9356, 2.3539)),
        ("48,9356, 2,3539", (48.9356, 2.3539)),
        ("48.9356 2.3539", (48.9356, 2.3539)),
        (" -33, +151 ", (-33, 151)),
        ("SRID=4326;POINT(2.3539 48.9356)", (48.9356, 2.3539)),
        ("", None),
        ("48", None),
        ("48,9356", None),
        ("91, 2", None),
        ("48, 181", None),
        ("nan, nan", None),
        ("1e5, 2", None),
        ("Saint-Denis", None),
        ("48.9, 2.3, 4", None),
        ("SRID=4326;POINT(2..5 48)", None),
        ("SRID=4326;POINT(2 95)", None),
    ],
)
def test_positions_are_read_as_people_type_them(texte: str, position: tuple[float, float] | None) -> None:
    assert lire(texte) == position
    if position:
        assert lire(ecrire(position)) == position
