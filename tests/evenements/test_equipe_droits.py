"""Each role, and nobody's role, in front of each screen of the agenda of the team."""

from typing import Any

import pytest
from django.urls import reverse

from evenements.models import BesoinAcces, Evenement, Inscription
from redaction import roles
from redaction.roles import Role
from tests.evenements.equipe import ANIMENT, CHEF, LISENT, PERSONNES, animation, connecte, refuse, serie, unique, url
from tests.factories.evenements import EvenementFactory, EvenementPageFactory, InscriptionFactory, agenda

pytestmark = pytest.mark.django_db
CHAQUE_ROLE = pytest.mark.parametrize("role", PERSONNES, ids=lambda role: role.nom)


@CHAQUE_ROLE
def test_each_screen_opens_to_those_for_whom_it_is(role: Role) -> None:
    agenda()
    event = serie()
    seance = event.seances.first()
    assert seance is not None
    one = InscriptionFactory(seance=seance)
    lecture = [url("liste"), url("dates", event.pk)]
    animation = [
        url("annoncer"),
        url("faits", event.pk),
        url("geste", event.pk, "annuler"),
        url("geste", event.pk, "reporter"),
        *(url("geste_date", seance.pk, cle) for cle in ("annuler", "deplacer", "places")),
    ]
    inscriptions = [
        *(url(name, seance.pk) for name in ("inscriptions", "inscrire", "ecrire", "feuille", "imprimer", "avis")),
        url("inscription_annuler", one.pk),
        url("inscription_renvoyer", one.pk),
    ]
    client, _user = connecte(role)
    opened = {address for address in (*lecture, *animation, *inscriptions) if not refuse(client.get(address))}
    expected = {*(lecture if role in LISENT else ()), *([*animation, *inscriptions] if role in ANIMENT else ())}
    assert opened == expected


@CHAQUE_ROLE
def test_nothing_is_posted_by_those_for_whom_it_is_not(role: Role) -> None:
    agenda()
    event = serie()
    seance = event.seances.first()
    assert seance is not None
    one = InscriptionFactory(seance=seance)
    client, _user = connecte(role)
    addresses = [
        *(
            url(name, seance.pk)
            for name in ("proposer", "exporter", "feuille", "pointer", "sur_place", "inscrire", "ecrire")
        ),
        url("inscription_annuler", one.pk),
        url("inscription_renvoyer", one.pk),
        url("annoncer"),
        url("faits", event.pk),
        url("geste", event.pk, "annuler"),
        url("geste_date", seance.pk, "annuler"),
    ]
    sent = {address for address in addresses if not refuse(client.post(address, {"motif": "Essai."}))}
    assert sent == (set(addresses) if role in ANIMENT else set())
    event.refresh_from_db()
    assert event.statut == ("annule" if role in ANIMENT else "prevu")


@CHAQUE_ROLE
def test_the_moderation_deletes(role: Role) -> None:
    agenda()
    event = EvenementFactory()
    EvenementPageFactory(evenement=event, brouillon=True)
    client, _user = connecte(role)
    assert refuse(client.get(url("supprimer", event.pk))) == (role not in {roles.MODERATION, CHEF})
    client.post(url("supprimer", event.pk))
    assert Evenement.objects.exists() == (role not in {roles.MODERATION, CHEF})


@CHAQUE_ROLE
@pytest.mark.parametrize("responsable", [True, False], ids=["organiser", "not"])
def test_needs_are_read_by_the_organisers_alone(role: Role, responsable: bool) -> None:
    event = EvenementFactory()
    client, user = connecte(role)
    if responsable and user is not None:
        event.responsables.set([user])
        event.save()
    one = InscriptionFactory(seance=unique(event))
    BesoinAcces.objects.create(inscription=one, besoins=["boucle_magnetique"], texte="Un siège près de la porte")
    seance = unique(event)
    answers = [
        client.get(url("inscriptions", seance.pk)),
        client.post(url("exporter", seance.pk)),
        client.get(url("feuille", seance.pk)),
        client.get(url("imprimer", seance.pk)),
        client.get(url("dates", event.pk)),
        client.get(url("liste")),
    ]
    told = ["Un siège près de la porte" in response.content.decode() for response in answers]
    reads = responsable and role in ANIMENT
    assert told == [reads, reads, False, False, False, False]
    if role in ANIMENT and not reads:
        assert "Lus par les responsables" in answers[0].content.decode()
        assert "Boucle" not in answers[0].content.decode()


def test_the_sheet_on_paper_has_neither_addresses_nor_needs() -> None:
    client, user = animation()
    event = EvenementFactory(responsables=[user], dans=0)
    one = InscriptionFactory(seance=unique(event), courriel="secrete@exemple.test")
    BesoinAcces.objects.create(inscription=one, texte="Besoin secret")
    html = client.get(url("imprimer", unique(event).pk)).content.decode()
    assert one.nom in html
    assert "Signature" in html
    assert "secrete@exemple.test" not in html
    assert "Besoin secret" not in html


@CHAQUE_ROLE
def test_the_editor_shows_the_facts_to_whoever_opens_the_page(role: Role) -> None:
    page = EvenementPageFactory(brouillon=True, evenement=EvenementFactory(capacite=20))
    client, _user = connecte(role)
    answer: Any = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    if answer.status_code != 200:
        assert role not in LISENT
        return
    html = answer.content.decode()
    assert "Les faits" in html
    assert (url("faits", page.evenement_id) in html) == (role in ANIMENT)
    assert ("0 / 20" in html) == (role in ANIMENT)


def test_a_registration_of_another_date_is_not_on_the_sheet() -> None:
    client, _user = animation()
    here, other = EvenementFactory(dans=0), EvenementFactory(dans=0)
    one = InscriptionFactory(seance=unique(other))
    client.post(url("feuille", unique(here).pk), {"present": [one.pk]})
    assert client.post(url("pointer", unique(here).pk), {"inscription": one.pk, "present": "1"}).status_code == 409
    assert Inscription.objects.get().present is None
