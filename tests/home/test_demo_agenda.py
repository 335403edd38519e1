"""The agenda of the demonstration: every kind of meeting, around today, whatever the day."""

import datetime
from collections import Counter

import pytest
from django.utils import timezone
from django.utils.html import escape

from evenements.models import (
    AgendaPage,
    BesoinAcces,
    Evenement,
    EvenementPage,
    Inscription,
    OrganisateurEvenement,
    ReponseEnquete,
    Seance,
)
from evenements.operations.attente import proposer_places
from evenements.operations.oubli import anonymiser, effacer_besoins, expirer_non_confirmees
from evenements.operations.seances import materialiser_les_series
from evenements.queries.rappels import rappels_dus
from home.demo import agenda, contenu
from socle.models import FermetureLieu, HoraireLieu, Lieu, Utilisateur
from tests.harness.html import StrictClient
from tests.home.test_demo import counts, seed
from variantes.falc import Niveau
from variantes.queries.cibles_falc import controler

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COUNTED = (
    *(Lieu, HoraireLieu, FermetureLieu, Evenement, OrganisateurEvenement, Seance, AgendaPage, EvenementPage),
    *(Inscription, BesoinAcces, ReponseEnquete),
)
LANGUES = {"fr": 23, "fr-simple": 8, "en": 10, "ar": 6, "es": 0, "pt": 0}


def evenement(identifiant: str) -> Evenement:
    return Evenement.objects.get(cle=agenda.cle(identifiant))


def counted() -> dict[str, int]:
    return counts() | {model.__name__: model.objects.count() for model in COUNTED}


@pytest.mark.xdist_group("demo")
@pytest.mark.usefixtures("demo_site")
class TestSeeded:
    def test_each_language_has_its_meetings(self) -> None:
        for langue, expected in LANGUES.items():
            assert EvenementPage.objects.live().filter(locale__language_code=langue).count() == expected
            assert AgendaPage.objects.live().filter(locale__language_code=langue).count() == 1
        assert set(Lieu.objects.values_list("departement", flat=True)) == {
            *("75", "77", "78", "91", "92", "93", "94", "95"),
        }

    def test_on_a_later_day_a_run_creates_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = counted()
        later = timezone.localdate() + datetime.timedelta(days=45)
        monkeypatch.setattr(contenu.timezone, "localdate", lambda: later)
        assert seed() == "0 pages de démonstration créées.\n"
        assert counted() == before

    def test_a_meeting_that_was_deleted_comes_back_alone(self) -> None:
        before = counted()
        page = EvenementPage.objects.get(slug="cafe-du-partenariat-meaux", locale__language_code="fr")
        facts = page.evenement
        page.delete()
        Inscription.objects.filter(seance__evenement=facts).delete()
        ReponseEnquete.objects.filter(seance__evenement=facts).delete()
        facts.seances.all().delete()
        facts.delete()
        assert seed() == "1 pages de démonstration créées.\n"
        assert counted() | {"BesoinAcces": 0} == before | {"BesoinAcces": 0}

    @pytest.mark.parametrize("langue", LANGUES)
    def test_every_page_answers(self, client: StrictClient, langue: str) -> None:
        pages = [
            *AgendaPage.objects.filter(locale__language_code=langue),
            *EvenementPage.objects.filter(locale__language_code=langue),
        ]
        assert len(pages) == LANGUES[langue] + 1
        for page in pages:
            response = client.get(page.get_url())
            assert response.status_code == 200
            assert escape(page.title) in response.content.decode()

    def test_the_private_address_is_on_no_page(self, client: StrictClient) -> None:
        for page in EvenementPage.objects.exclude(evenement__lien_en_ligne="").select_related("evenement"):
            text = client.get(page.get_url()).content.decode()
            assert "visio.exemple.test" not in text, page

    def test_the_checker_finds_nothing_to_change_in_easy_french(self) -> None:
        pages = [
            *AgendaPage.objects.filter(locale__language_code="fr-simple"),
            *EvenementPage.objects.filter(locale__language_code="fr-simple"),
        ]
        found = [
            (checked.nom, constat.titre, constat.extrait)
            for checked in controler([str(page.pk) for page in pages])
            for constat in checked.constats
            if constat.niveau != Niveau.INFO
        ]
        assert found == []

    def test_one_is_full_and_people_wait(self) -> None:
        seance = evenement("atelier-animer-en-binome").seances.get()
        assert Counter(seance.inscriptions.values_list("etat", flat=True)) == {
            "confirmee": seance.capacite,
            "en_attente": 5,
        }

    def test_past_ones_have_people_and_answers(self) -> None:
        seance = evenement("journee-regionale-premiers-pas").seances.get()
        assert seance.jour_fin < timezone.localdate()
        assert seance.inscriptions.filter(present=True).count() == 52
        answers = list(seance.reponses.values_list("satisfaction", flat=True))
        assert sum(answers) / len(answers) == pytest.approx(3.5, abs=0.1)

    def test_who_came_long_ago_has_no_name(self) -> None:
        people = Inscription.objects.filter(seance__evenement=evenement("seminaire-feuille-de-route"))
        assert people.exists()
        assert set(people.values_list("nom", "courriel", "structure")) == {("", "", "")}
        assert not people.filter(besoin__isnull=False).exists()

    def test_nobody_has_an_address_that_exists(self) -> None:
        addresses = Inscription.objects.exclude(courriel="").values_list("courriel", flat=True)
        assert [one for one in addresses if not one.endswith("@exemple.test")] == []

    def test_jobs_have_nothing_to_catch_up_with(self) -> None:
        """A fresh site writes to nobody."""
        assert [rappel.seance for rappel in rappels_dus(timezone.now())] == []
        assert (anonymiser(), effacer_besoins(), expirer_non_confirmees(), materialiser_les_series()) == (0, 0, 0, 0)
        full = evenement("atelier-animer-en-binome").seances.get()
        assert proposer_places(full.pk) == 0

    def test_the_team_looks_after_them(self) -> None:
        animation = Utilisateur.objects.get(email="animation@demo.test")
        assert all(list(one.responsables.all()) == [animation] for one in Evenement.objects.all())
