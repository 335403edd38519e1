"""Who is told that something has come from outside, and what the mail says."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from redaction import roles
from redaction.models import ContactProposition, Notification, Proposition, Rythme
from redaction.models import Genre as Nouvelle
from redaction.operations.notifications import choisir_rythme, envoyer_les_recapitulatifs
from redaction.operations.propositions import (
    Depot,
    completer,
    confirmer,
    demander_des_precisions,
    deposer,
    prendre_en_charge,
    refuser,
)
from redaction.propositions import genre
from redaction.tasks.notifications import envoyer
from tests.factories import accueil, groupes_des_roles, proposer
from tests.redaction.test_notifications import matin, told
from tests.redaction.test_publication import personne

pytestmark = pytest.mark.django_db
SUJET = "Une proposition attend l’équipe"


@pytest.fixture
def moderation() -> Any:
    accueil()
    groupes_des_roles()
    for role in (roles.REDACTION, roles.CONTRIBUTION, roles.REGARD_USAGER):
        personne(role)
    return personne(roles.MODERATION)


def deposee(cle: str = "probleme", **fields: Any) -> Proposition:
    kind = genre(cle)
    assert kind is not None
    return deposer(Depot(genre=kind, langue="fr", texte="Le lien est cassé.", **fields))


def test_a_problem_is_told_at_once_to_those_who_decide(moderation: Any) -> None:
    found = deposee(page_adresse="/fr/contact/")
    (sent,) = mail.outbox
    assert "/fr/contact/" in sent.body
    assert f"/admin/propositions/{found.pk}/" in sent.body
    assert "Le lien est cassé." not in sent.body
    assert told() == {(moderation.email, SUJET)}


def test_an_address_that_is_not_confirmed_disturbs_nobody(moderation: Any) -> None:
    found = deposee("fiche", titre="Une idée", courriel="lou@exemple.test")
    assert moderation.email not in {address for address, _subject in told()}
    assert confirmer(found.pk)
    assert told() == {(moderation.email, SUJET)}
    assert not confirmer(found.pk)
    assert told() == set()


def test_an_answer_is_told_to_whoever_deals_with_it(moderation: Any) -> None:
    other = personne(roles.MODERATION)
    found = proposer()
    ContactProposition.objects.filter(proposition=found).update(confirme_le=found.recue_le)
    prendre_en_charge(found.pk, other)
    demander_des_precisions(found.pk, other, "Où ?")
    told()
    assert completer(found.messages.get(nature="question").pk, "À Créteil.")
    assert told() == {(other.email, SUJET)}


def test_the_title_of_a_stranger_stays_on_its_line(moderation: Any) -> None:
    deposee(titre="Bonjour\n\nCliquez : https://piege.test")
    (sent,) = mail.outbox
    assert "- Bonjour Cliquez : https://piege.test\n" in sent.body


def test_the_rhythm_of_each_person_is_kept(moderation: Any) -> None:
    choisir_rythme(moderation, Rythme.QUOTIDIEN)
    deposee()
    deposee()
    assert told() == set()
    envoyer_les_recapitulatifs(matin())
    (sent,) = mail.outbox
    assert sent.to == [moderation.email]
    assert sent.body.count("/admin/propositions/") == 2
    mail.outbox.clear()
    choisir_rythme(moderation, Rythme.JAMAIS)
    deposee()
    assert told() == set()
    assert not Notification.objects.filter(envoyee_le=None).exists()


def test_what_is_settled_meanwhile_is_not_told(moderation: Any) -> None:
    choisir_rythme(moderation, Rythme.QUOTIDIEN)
    found = deposee()
    refuser(found.pk, personne(roles.MODERATION), "C’est réparé.")
    assert envoyer(moderation.pk) == 0
    assert told() == set()


def test_a_notice_is_about_one_thing(moderation: Any) -> None:
    about: dict[str, Any] = {"user": moderation, "genre": Nouvelle.PROPOSITION, "cle": "0"}
    for wrong in ({}, {"proposition": proposer(), "page": accueil()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notification.objects.create(**about, **wrong)
