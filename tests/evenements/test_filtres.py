"""What an address asks of the agenda, and what is found."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from evenements.filtres import FiltresAgenda, Periode, Vue, lire_filtres
from evenements.models import Seance
from socle.dates import today
from tests.factories import EvenementFactory, EvenementPageFactory, LieuFactory

pytestmark = pytest.mark.django_db


def read(query: str = "", langue: str = "fr") -> tuple[FiltresAgenda, list[str]]:
    return lire_filtres(QueryDict(query), langue)


def found(query: str = "", langue: str = "fr") -> list[str]:
    filtres, _errors = read(query, langue)
    dates = Seance.objects.visible_to(AnonymousUser(), langue).filtrees(filtres)
    return [date.evenement.nom for date in dates.de_la_periode(filtres.periode, today())]


def event(nom: str, page: dict[str, Any] | None = None, **facts: Any) -> None:
    EvenementPageFactory(evenement=EvenementFactory(nom=nom, **facts), **(page or {}))


class TestReading:
    def test_no_question_is_the_agenda_itself(self) -> None:
        filtres, errors = read()
        assert (filtres, errors) == (FiltresAgenda("fr"), [])
        assert not filtres.actifs

    def test_every_parameter_is_read(self) -> None:
        EvenementPageFactory(thematiques=["animation"], publics=["usagers"])
        place = Seance.objects.get().lieu_id
        query = (
            f"vue=mois&periode=passes&du=2026-01-02&au=2026-02-03&mois=2026-12&genre=cafe&genre=atelier"
            f"&themes=animation&publics=usagers&departement=93&lieu={place}&en_ligne=1&acces=lsf&q=%20a%20%20b&page=3"
        )
        filtres, errors = read(query)
        assert errors == []
        assert filtres == FiltresAgenda(
            langue="fr",
            genre=("cafe", "atelier"),
            themes=("animation",),
            publics=("usagers",),
            departement=("93",),
            en_ligne=True,
            acces=("lsf",),
            lieu=place,
            texte="a b",
            periode=Periode.PASSES,
            du=datetime.date(2026, 1, 2),
            au=datetime.date(2026, 2, 3),
            mois=datetime.date(2026, 12, 1),
            vue=Vue.MOIS,
            page=3,
        )

    @pytest.mark.parametrize(
        ("query", "word"),
        [
            ("genre=fete", "fete"),
            ("genre=cafe&genre=fete", "fete"),
            ("themes=x", "« x »"),
            ("publics=martiens", "martiens"),
            ("departement=2A", "2A"),
            ("en_ligne=oui", "oui"),
            ("acces=ailes", "ailes"),
            ("lieu=-1", "lieu"),
            ("lieu=7", "lieu"),
            ("lieu=un", "lieu"),
            (f"lieu={'9' * 5000}", "lieu"),
            ("vue=cube", "cube"),
            ("vue=%00", "�"),
            ("periode=jamais", "jamais"),
            ("du=29-02-2027", "29-02-2027"),
            ("du=2027-02-29", "2027-02-29"),
            ("du=0001-01-01", "0001-01-01"),
            ("au=9999-12-31", "9999-12-31"),
            ("au=%00", "�"),
            ("du=2026-05-02&au=2026-05-01", "avant son début"),
            ("mois=2026-13", "2026-13"),
            ("mois=0001-01", "0001-01"),
            ("mois=9999-12", "9999-12"),
            ("mois=2026-12-01", "2026-12-01"),
            ("q=%00", "signe"),
            (f"q={'a' * 201}", "200"),
            ("page=0", "première"),
            ("page=x", "première"),
            (f"page={'9' * 5000}", "première"),
            (f"genre={'a' * 5000}", "aaa…"),
            ("genre=a%0A%3Cb%3E", "a�<b>"),
        ],
    )
    def test_what_is_not_understood_is_named_and_ignored(self, query: str, word: str) -> None:
        filtres, errors = read(query)
        assert len(errors) == 1
        assert word.lower() in errors[0].lower()
        assert len(errors[0]) < 200
        kept = (
            {"genre": ("cafe",)} if "cafe" in query else {"du": datetime.date(2026, 5, 2)} if "05-02" in query else {}
        )
        assert filtres == FiltresAgenda("fr", **kept)

    def test_several_bad_values_are_each_named(self) -> None:
        _filtres, errors = read("genre=fete&acces=ailes&du=hier&vue=cube")
        assert [any(word in error for error in errors) for word in ("fete", "ailes", "hier", "cube")] == [True] * 4

    def test_29_february_exists_in_a_leap_year(self) -> None:
        assert read("du=2028-02-29")[0].du == datetime.date(2028, 2, 29)

    def test_a_place_known_only_to_drafts_is_unknown(self) -> None:
        page = EvenementPageFactory(brouillon=True)
        assert read(f"lieu={page.evenement.lieu_id}")[0].lieu is None


class TestFinding:
    def test_within_a_facet_any_value_matches(self) -> None:
        event("café", genre="cafe")
        event("atelier", genre="atelier")
        event("webinaire", genre="webinaire", en_ligne=True)
        assert found("genre=cafe&genre=atelier") == ["café", "atelier"]

    def test_between_facets_all_must(self) -> None:
        event("a", genre="cafe", lieu=LieuFactory(departement="75"))
        event("b", genre="cafe")
        event("c", genre="atelier", lieu=LieuFactory(departement="75"))
        assert found("genre=cafe&departement=75") == ["a"]

    def test_terms_are_those_of_the_page_of_the_language(self) -> None:
        event("a", {"thematiques": ["animation"], "publics": ["usagers"]})
        event("b", {"thematiques": ["animation"]})
        event("c")
        assert found("themes=animation") == ["a", "b"]
        assert found("themes=animation&publics=usagers") == ["a"]

    def test_online_is_online_in_whole_or_in_part(self) -> None:
        event("sur place")
        event("mixte", mode="mixte")
        event("en ligne", en_ligne=True)
        assert found("en_ligne=1") == ["mixte", "en ligne"]

    def test_who_needs_two_things_needs_both_of_the_place_or_of_the_event(self) -> None:
        place = LieuFactory(accessibilite=["plain_pied"])
        event("a", lieu=place, accessibilite=["lsf"])
        event("b", lieu=place)
        event("c", accessibilite=["plain_pied", "lsf"])
        assert found("acces=plain_pied") == ["a", "b", "c"]
        assert found("acces=plain_pied&acces=lsf") == ["a", "c"]

    def test_words_are_looked_for_in_the_page_and_the_place(self) -> None:
        event("Écouter ensemble", lieu=LieuFactory(commune="Évry-Courcouronnes"))
        event("Autre chose")
        assert found("q=ecouter evry") == ["Écouter ensemble"]
        assert found("q=ecouter melun") == []
        assert found("q=%25") == []

    def test_words_of_another_language_are_not_looked_for(self) -> None:
        page = EvenementPageFactory(evenement=EvenementFactory(nom="Café"))
        EvenementPageFactory(evenement=page.evenement, langue="en", title="Coffee")
        assert (found("q=coffee", "en"), found("q=coffee", "fr")) == (["Café"], [])

    def test_bounds_hold_every_date_that_takes_place_between_them(self) -> None:
        event("a", dans=1, jour_fin=today() + datetime.timedelta(days=4))
        event("b", dans=4)
        event("c", dans=6)
        third, fifth = (today() + datetime.timedelta(days=days) for days in (3, 5))
        assert found(f"du={third}&au={fifth}") == ["a", "b"]
        assert found(f"au={third}") == ["a"]
        assert found(f"du={fifth}") == ["c"]

    def test_a_place(self) -> None:
        place = LieuFactory()
        event("a", lieu=place)
        event("b")
        assert found(f"lieu={place.pk}") == ["a"]

    def test_past_dates_come_last_first(self) -> None:
        for days in (-5, -1, 0, 3):
            event(str(days), dans=days)
        assert found("periode=passes") == ["-1", "-5"]
        assert found() == ["0", "3"]
