"""What people who register receive, and what nobody but them does."""

import datetime
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from evenements.jetons import CONFIRMER, GERER, lire_jeton
from evenements.models import Inscription, Seance
from evenements.operations import inscriptions as operations
from evenements.operations.evenements import changer
from evenements.operations.inscriptions_avis import Avis, prevenir_les_inscrits
from evenements.operations.seances import annuler_seance, deplacer_seance, retablir_seance
from socle.models import CourrielASortir
from tests.evenements.inscriptions import date, demander, ecrits, etats, heures, inscrire
from tests.factories import EvenementPageFactory, InscriptionFactory, UtilisateurFactory

pytestmark = pytest.mark.django_db
SECRET = "https://visio.exemple.org/salle-secrete"


@pytest.fixture
def envoyes(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], Any]], list[EmailMessage]]:
    """Return what a gesture sends."""

    def run(gesture: Callable[[], Any]) -> list[EmailMessage]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            gesture()
        return list(mail.outbox)

    return run


def lien(message: EmailMessage, usage: str) -> Inscription | None:
    found = [urlsplit(url).path.strip("/").rpartition("/")[2] for url in re.findall(r"https?://\S+/", message.body)]
    return next(filter(None, (lire_jeton(jeton, usage) for jeton in found)), None)


class TestWords:
    def test_an_address_to_confirm(self, envoyes: Any) -> None:
        page = EvenementPageFactory(title="Café des patients diabétiques")
        seance = page.evenement.seances.get()
        [message] = envoyes(lambda: demander(seance, nom="http://pirate.example", structure="Buvez"))
        assert "diab" not in message.subject
        assert "Café des patients diabétiques" in message.body
        assert "pirate" not in message.body
        assert "Buvez" not in message.body
        assert lien(message, CONFIRMER) is not None
        assert lien(message, GERER) is None
        # Whoever reads the table afterwards finds no link that opens anything.
        row = CourrielASortir.objects.get()
        assert (row.corps, row.destinataire) == ("", "")

    def test_the_online_address_goes_to_registered_people_alone(self, envoyes: Any) -> None:
        seance = date(en_ligne=True, capacite=1, acces_en_ligne="Code 1234")
        first, second = (demander(seance) for _rank in range(2))
        [registered] = envoyes(lambda: operations.confirmer(first.pk))
        assert SECRET in registered.body
        assert "Code 1234" in registered.body
        assert f"/fr/agenda/seance/{seance.pk}.ics" in registered.body
        [waiting] = envoyes(lambda: operations.confirmer(second.pk))
        left, offered = envoyes(lambda: operations.annuler(first.pk))
        if second.courriel in left.to:
            left, offered = offered, left
        [lapsed] = envoyes(lambda: operations.laisser_passer(heures(25)))
        for message in (waiting, left, offered, lapsed):
            assert "visio" not in message.body
            assert "1234" not in message.body
        assert lien(offered, GERER) == second
        assert lien(registered, GERER) == first

    def test_where_and_whom_to_ask(self, envoyes: Any) -> None:
        seance = date(contact_courriel="contact@exemple.test")
        found = demander(seance)
        [message] = envoyes(lambda: operations.confirmer(found.pk))
        assert seance.lieu is not None
        assert f"{seance.lieu.adresse}\n93200 Saint-Denis" in message.body
        assert "contact@exemple.test" in message.body
        assert "None" not in message.body
        assert "\n\n\n" not in message.body

    @pytest.mark.parametrize("langue", ["fr", "fr-simple", "en", "ar", "es", "pt", "inconnue"])
    def test_in_the_language_of_the_person(self, envoyes: Any, langue: str) -> None:
        page = EvenementPageFactory(title="Titre français")
        EvenementPageFactory(evenement=page.evenement, title="English title", langue="en", version_de=page)
        seance = page.evenement.seances.get()
        [message] = envoyes(lambda: demander(seance, langue=langue))
        prefix = "fr" if langue == "inconnue" else langue
        assert f"/{prefix}/agenda/inscription/confirmer/" in message.body
        assert ("English title" if langue == "en" else "Titre français") in message.body

    def test_without_a_public_page_the_name_that_the_team_gave_stays_inside(self, envoyes: Any) -> None:
        seance = date(nom="Réunion secrète du comité")
        [message] = envoyes(lambda: demander(seance))
        assert "secrète" not in message.body

    def test_a_reminder_says_in_how_many_days(self, envoyes: Any) -> None:
        found = InscriptionFactory(seance=date(en_ligne=True))
        [message] = envoyes(lambda: operations.rappeler(found.seance.debut - datetime.timedelta(days=4)))
        assert "dans 4 jours" in message.body
        assert SECRET in message.body
        assert lien(message, GERER) == found


class TestWhenTheDateChanges:
    """Through the operations on dates, which call those of registrations."""

    def people(self, **facts: Any) -> tuple[Seance, list[Inscription]]:
        seance = date(capacite=2, **facts)
        made = [InscriptionFactory(seance=seance, etat=etat) for etat in ("confirmee", "offre", "en_attente")]
        made += [InscriptionFactory(seance=seance, etat=etat) for etat in ("a_confirmer", "annulee", "expiree")]
        return seance, made

    @pytest.fixture
    def chef(self) -> Any:
        return UtilisateurFactory(is_superuser=True)

    def test_cancelled_everybody_is_told_once_and_keeps_their_place(self, chef: Any, envoyes: Any) -> None:
        seance, people = self.people()
        messages = envoyes(lambda: annuler_seance(seance.pk, "Salle inondée", par=chef))
        assert sorted(message.to[0] for message in messages) == sorted(one.courriel for one in people[:3])
        assert all("Salle inondée" in message.body for message in messages)
        assert etats(*people[:3]) == ["confirmee", "en_attente", "en_attente"]
        assert operations.laisser_passer(heures(30)) == 0
        assert operations.proposer_places(seance.pk) == 0
        messages = envoyes(lambda: retablir_seance(seance.pk, par=chef))
        # The first who waited is offered the seat again, and told so.
        assert etats(*people[:3]) == ["confirmee", "offre", "en_attente"]
        assert len(messages) == 4
        envoyes(lambda: annuler_seance(seance.pk, "Encore", par=chef))
        assert len([key for key in ecrits(people[0]) if key.startswith("date_annulee")]) == 2

    def test_moved_earlier_offers_end_at_the_start(self, chef: Any, envoyes: Any) -> None:
        seance, people = self.people(dans=1, offre_heures=48)
        Inscription.objects.filter(pk=people[1].pk).update(offre_expire_le=seance.debut)
        messages = envoyes(
            lambda: deplacer_seance(
                seance.pk,
                jour=seance.jour,
                jour_fin=seance.jour,
                heure_debut=seance.debut.time().replace(hour=6),
                heure_fin=seance.debut.time().replace(hour=7),
                par=chef,
            )
        )
        seance.refresh_from_db()
        people[1].refresh_from_db()
        assert people[1].offre_expire_le == seance.debut
        assert len(messages) == 3
        assert all("la date ou l’heure" in message.body for message in messages)

    def test_a_new_online_address_goes_to_who_has_a_seat(self, envoyes: Any) -> None:
        seance, people = self.people(en_ligne=True)
        messages = envoyes(
            lambda: changer(seance.evenement, {"lien_en_ligne": "https://visio.exemple.org/autre"}, par=None)
        )
        assert [message.to for message in messages] == [[people[0].courriel]]
        assert "https://visio.exemple.org/autre" in messages[0].body

    def test_more_seats_are_offered_and_nobody_else_is_told(self, envoyes: Any) -> None:
        seance, people = self.people()
        messages = envoyes(lambda: changer(seance.evenement, {"capacite": 3}, par=None))
        assert [message.to for message in messages] == [[people[2].courriel]]

    def test_nothing_about_a_date_that_is_over(self) -> None:
        found = InscriptionFactory(seance=date(dans=-3))
        assert prevenir_les_inscrits(found.seance, Avis.ANNULEE) == 0

    def test_reminders_that_have_not_left_are_taken_back(self) -> None:
        found = InscriptionFactory(seance=date())
        seance = found.seance
        operations.rappeler(heures(24 * 5))
        assert [key.split(":")[0] for key in ecrits(found)] == ["rappel"]
        prevenir_les_inscrits(seance, Avis.REPORTEE)
        assert [key.split(":")[0] for key in ecrits(found)] == ["date_reportee"]


def test_what_is_no_longer_true_does_not_leave(envoyes: Any) -> None:
    seance = date(capacite=1)
    holder, waiting = inscrire(seance), inscrire(seance)

    def all_at_once() -> None:
        operations.annuler(holder.pk)
        operations.accepter_offre(waiting.pk)

    messages = envoyes(all_at_once)
    assert [message.to[0] for message in messages] == [holder.courriel, waiting.courriel]
    assert "réservée" in messages[1].body
