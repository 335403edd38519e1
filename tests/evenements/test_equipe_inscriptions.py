"""Those who register for a date, as the team handles them: list, additions, messages, export, attendance."""

import csv
import datetime
from functools import partial
from io import StringIO

import pytest
from django.utils import timezone
from wagtail.log_actions import registry as journal

from evenements.models import EtatInscription, Inscription, ReponseEnquete
from socle.models import CourrielASortir
from tests.evenements.equipe import animation, unique, url
from tests.factories.evenements import EvenementFactory, InscriptionFactory
from tests.harness.queries import assert_same_cost

pytestmark = pytest.mark.django_db


def tableau(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_list_finds_people_and_tells_the_queue() -> None:
    client, _user = animation()
    seance = unique(EvenementFactory(capacite=1, quotas={"usager": 1}))
    zoe = InscriptionFactory(seance=seance, nom="Zoé Exemple", remboursement_demande=True)
    now = timezone.now()
    second = InscriptionFactory(seance=seance, nom="Bruno", etat="en_attente", attend_depuis=now)
    first = InscriptionFactory(
        seance=seance, nom="Alix", etat="en_attente", genre="aidant", attend_depuis=now - datetime.timedelta(hours=1)
    )
    gone = InscriptionFactory(seance=seance, nom="Partie", etat="annulee")
    people = {zoe, second, first, gone}
    for query, expected in (
        ("", {zoe, second, first}),
        ("?q=zoe", {zoe}),
        (f"?q={second.courriel}", {second}),
        ("?etat=en_attente", {second, first}),
        ("?etat=", people),
        ("?etat=annulee", {gone}),
        ("?genre=aidant&etat=", {first}),
        ("?etat=rien&genre=rien&tri=rien&p=xyz", {zoe, second, first}),
    ):
        response = client.get(url("inscriptions", seance.pk) + query)
        html = response.content.decode()
        assert response.status_code == 200
        assert {one for one in people if one.courriel in html.replace(f'value="{second.courriel}"', "")} == expected, (
            query
        )
    html = " ".join(client.get(url("inscriptions", seance.pk) + "?tri=etat&etat=en_attente").content.decode().split())
    assert html.index("Alix") < html.index("Bruno")
    assert "Sur la liste d’attente : 1ʳᵉ" in html
    assert "Sur la liste d’attente : 2ᵉ" in html
    assert "Usager, patient : 1 / 1" in html
    assert "Complet" in html


def test_the_team_registers_somebody() -> None:
    client, _user = animation()
    seance = unique(EvenementFactory(capacite=1))
    address = url("inscrire", seance.pk)
    sent = {"nom": "Camille Exemple", "genre": "usager", "langue": "fr", "courriel": "camille@exemple.test"}
    for wrong in ({"nom": ""}, {"genre": "lutin"}, {"courriel": "pas une adresse"}, {"besoins": ["magie"]}):
        html = client.post(address, {**sent, **wrong}).content.decode()
        assert "error-message" in html, wrong
    assert not Inscription.objects.exists()
    assert "a une place" in client.post(address, {**sent, "besoins": ["lsf"]}, follow=True).content.decode()
    made = Inscription.objects.get()
    assert (made.etat, made.source, made.besoin.besoins) == ("confirmee", "equipe", ["lsf"])
    assert "déjà inscrite" in client.post(address, sent).content.decode()
    other = {**sent, "courriel": ""}
    assert "liste d’attente" in client.post(address, {**other, "nom": "Deuxième"}, follow=True).content.decode()
    client.post(address, {**other, "nom": "Troisième", "au_dela": "on"})
    assert Inscription.objects.get(nom="Troisième").etat == EtatInscription.CONFIRMEE


def test_a_registration_is_cancelled_and_its_seat_offered() -> None:
    client, _user = animation()
    seance = unique(EvenementFactory(capacite=1))
    one, waiting = InscriptionFactory(seance=seance), InscriptionFactory(seance=seance, etat="en_attente")
    assert one.nom in client.get(url("inscription_annuler", one.pk)).content.decode()
    one.refresh_from_db()
    assert one.etat == EtatInscription.CONFIRMEE
    client.post(url("inscription_annuler", one.pk))
    one.refresh_from_db()
    waiting.refresh_from_db()
    assert (one.etat, waiting.etat) == (EtatInscription.ANNULEE, EtatInscription.OFFRE)


def test_free_seats_are_offered_on_demand() -> None:
    client, _user = animation()
    seance = unique(EvenementFactory(capacite=2))
    waiting = InscriptionFactory(seance=seance, etat="en_attente")
    assert client.get(url("proposer", seance.pk)).status_code == 405
    assert "Une place est proposée" in client.post(url("proposer", seance.pk), follow=True).content.decode()
    waiting.refresh_from_db()
    assert waiting.etat == EtatInscription.OFFRE
    assert "personne n’attend" in client.post(url("proposer", seance.pk), follow=True).content.decode()


def test_a_mail_is_sent_again() -> None:
    client, _user = animation()
    one = InscriptionFactory(seance=unique(EvenementFactory()))
    for number in (1, 2):
        client.post(url("inscription_renvoyer", one.pk))
        assert CourrielASortir.objects.count() == number
    gone = InscriptionFactory(seance=one.seance, etat="annulee")
    html = client.post(url("inscription_renvoyer", gone.pk), follow=True).content.decode()
    assert "son inscription est close" in html


def test_a_message_is_read_then_sent_once_to_each() -> None:
    client, _user = animation()
    seance = unique(EvenementFactory())
    people = InscriptionFactory.create_batch(3, seance=seance)
    waiting = InscriptionFactory(seance=seance, etat="en_attente")
    InscriptionFactory(seance=seance, etat="annulee")
    InscriptionFactory(seance=seance, etat="a_confirmer")
    address = url("ecrire", seance.pk)
    key = client.get(address).context["form"].initial["cle"]
    sent = {"sujet": "La salle\r\nBcc: a@exemple.test", "texte": "Nous serons salle 2.", "cle": str(key)}
    html = client.post(address, sent).content.decode()
    assert "3 personnes" in html
    assert "Nous serons salle 2." in html
    assert not CourrielASortir.objects.exists()
    for _twice in range(2):
        client.post(address, {**sent, "envoyer": "1"})
        mails = CourrielASortir.objects.all()
        assert {mail.destinataire for mail in mails} == {one.courriel for one in people}
        assert mails.count() == 3
    assert all("Nous serons salle 2." in mail.corps and "\n" not in mail.sujet for mail in mails)
    assert len({mail.corps for mail in mails}) == 3
    [entry] = [
        one for one in journal.get_logs_for_instance(seance.evenement) if one.action == "evenements.inscriptions.ecrire"
    ]
    assert entry.data["nombre"] == 3
    client.post(address, {**sent, "cle": "0f8fad5b-d9cb-469f-a165-70867728950e", "avec_attente": "on", "envoyer": "1"})
    assert CourrielASortir.objects.filter(destinataire=waiting.courriel).count() == 1
    for wrong in ({"texte": ""}, {"sujet": ""}, {"cle": "x"}, {"texte": "a" * 5001}):
        assert client.post(address, {**sent, **wrong, "envoyer": "1"}).status_code == 200
    assert (
        "Personne n’a donné d’adresse"
        in client.post(url("ecrire", unique(EvenementFactory()).pk), sent).content.decode()
    )


def test_the_export_is_a_table_that_runs_nothing_and_is_logged() -> None:
    client, user = animation()
    event = EvenementFactory(nom="Café")
    InscriptionFactory(seance=unique(event), nom="=HYPERLINK(1)", structure="@somme", remboursement_demande=True)
    InscriptionFactory(seance=unique(event), nom="Zoé", etat="annulee")
    address = url("exporter", unique(event).pk)
    assert client.get(address).status_code == 405
    response = client.post(address)
    head, *rows = tableau(response.content)
    assert "Besoins d’accessibilité" not in head
    assert [row[0] for row in rows] == ["'=HYPERLINK(1)"]
    assert rows[0][4] == "'@somme"
    assert "no-store" in response.headers["Cache-Control"]
    assert len(tableau(client.post(f"{address}?etat=").content)) == 3
    event.responsables.set([user])
    event.save()
    assert tableau(client.post(address).content)[0][-1] == "Besoins d’accessibilité"
    said = [one.data["besoins"] for one in journal.get_logs_for_instance(event) if one.action.endswith("exporter")]
    assert sorted(said) == [False, False, True]


# --- The sheet ---


def test_the_sheet_is_ticked_by_two_people_at_once() -> None:
    client, _user = animation()
    seance = unique(EvenementFactory(dans=0))
    one, two, three = InscriptionFactory.create_batch(3, seance=seance)
    address = url("feuille", seance.pk)
    # Two sheets were opened before any tick.
    client.post(address, {"present": [one.pk]})
    client.post(address, {"present": [two.pk]})
    assert set(Inscription.objects.filter(present=True)) == {one, two}
    client.post(address, {"avant": [one.pk, two.pk], "present": [two.pk]})
    one.refresh_from_db()
    assert one.present is None
    assert client.post(address, {"present": ["x", "-1", "9" * 30, three.pk]}).status_code == 302
    three.refresh_from_db()
    assert three.present is True


def test_a_tick_is_saved_when_it_is_made() -> None:
    client, _user = animation()
    seance = unique(EvenementFactory(dans=0))
    one = InscriptionFactory(seance=seance)
    address = url("pointer", seance.pk)
    assert client.post(address, {"inscription": one.pk, "present": "1"}).json() == {"presents": 1}
    assert client.post(address, {"inscription": one.pk, "present": "0"}).json() == {"presents": 0}
    assert client.post(address, {"inscription": "abc"}).status_code == 409
    assert client.post(address).status_code == 409
    early = InscriptionFactory(seance=unique(EvenementFactory(dans=5)))
    refusal = client.post(url("pointer", early.seance_id), {"inscription": early.pk, "present": "1"})
    assert (refusal.status_code, refusal.json()["message"]) == (
        409,
        "La feuille de présence se remplit à partir du jour même.",
    )


def test_somebody_more_came() -> None:
    client, _user = animation()
    seance = unique(EvenementFactory(dans=0, capacite=1))
    InscriptionFactory(seance=seance)
    address = url("sur_place", seance.pk)
    assert "error-message" in client.post(address, {"nom": "", "genre": "lutin"}).content.decode()
    html = client.post(address, {"nom": "Venue Exemple", "genre": "aidant"}, follow=True).content.decode()
    assert "Venue Exemple est sur la feuille" in html
    found = Inscription.objects.get(nom="Venue Exemple")
    assert (found.source, found.present, found.courriel) == ("sur_place", True, "")
    early = url("sur_place", unique(EvenementFactory(dans=5)).pk)
    assert "à partir du jour même" in client.post(early, {"nom": "Tôt", "genre": "aidant"}).content.decode()


@pytest.mark.parametrize("ecran", ["inscriptions", "feuille", "imprimer"])
def test_a_list_costs_the_same_for_one_and_for_ten(ecran: str) -> None:
    client, user = animation()
    seance = unique(EvenementFactory(dans=0, responsables=[user]))
    assert_same_cost(
        lambda number: InscriptionFactory.create_batch(number, seance=seance),
        partial(client.get, url(ecran, seance.pk)),
        limit=30,
    )


def test_what_was_thought_of_a_date_is_read_once_enough_people_answered() -> None:
    client, _user = animation()
    seance = unique(EvenementFactory(dans=-2))
    address = url("avis", seance.pk)
    assert address in client.get(url("inscriptions", seance.pk)).content.decode()
    for rank in range(5):
        page = client.get(address).content.decode()
        assert "à partir de 5" in page
        assert "Plus de pauses" not in page
        ReponseEnquete.objects.create(
            seance=seance, satisfaction=3 + rank % 2, place=4, commentaire="Plus de <b>pauses" if rank == 0 else ""
        )
    page = client.get(address).content.decode()
    assert "3,4 sur 4" in page
    assert "Plus de &lt;b&gt;pauses" in page
