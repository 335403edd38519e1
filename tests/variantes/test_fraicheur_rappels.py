"""What each language team is told in the morning, once, in one mail."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import Page

from redaction import roles
from redaction.models import Notification, Rythme
from redaction.operations.notifications import choisir_rythme, envoyer_les_recapitulatifs
from tests.factories import UtilisateurFactory, groupes_des_roles
from tests.harness.queries import queries_of
from tests.socle.test_publication import fresh
from tests.variantes.fraicheur import arbre, changer, corriger, source, variante
from variantes.models import FraicheurPage
from variantes.operations.fraicheur import toujours_valable
from variantes.operations.rappels import rappeler_les_retards
from variantes.queries.fraicheur import en_retard

pytestmark = pytest.mark.django_db
DEMAIN = datetime.timedelta(days=1)


def matin(days: int = 1, hour: int = 8) -> datetime.datetime:
    day = timezone.localdate() + datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@pytest.fixture(autouse=True)
def team() -> dict[str, Any]:
    arbre("fr-simple", "en")
    english = next(role for role in roles.TRADUCTIONS if role.langues == ("en",))
    found = {
        "falc": UtilisateurFactory(groupes=[roles.REDACTION_FALC.nom]),
        "en": UtilisateurFactory(groupes=[english.nom]),
        "redaction": UtilisateurFactory(groupes=[roles.REDACTION.nom]),
    }
    groupes_des_roles()
    mail.outbox.clear()
    return found


def behind(langue: str = "fr-simple", **values: Any) -> Any:
    page = source()
    version = variante(page, langue, **values)
    changer(page)
    mail.outbox.clear()
    Notification.objects.all().delete()
    return version


def told() -> list[tuple[list[str], str]]:
    return [(message.to, message.body) for message in mail.outbox]


def test_one_mail_each_with_titles_and_links(team: dict[str, Any]) -> None:
    one, two = behind(title="Premier texte"), behind(title="Second texte")
    english = behind("en", title="Some text")
    assert rappeler_les_retards(matin()) == 3
    assert sorted(to for to, _body in told()) == sorted([[team["falc"].email], [team["en"].email]])
    body = next(body for to, body in told() if to == [team["falc"].email])
    for page in (one, two):
        assert page.title in body
        assert f"/admin/pages/{page.pk}/edit/" in body
    assert english.title not in body
    assert all("texte" not in message.subject.lower() for message in mail.outbox)


def test_never_twice_for_the_same_version(team: dict[str, Any]) -> None:
    version = behind()
    rappeler_les_retards(matin())
    Notification.objects.all().delete()  # forgotten after ninety days
    assert rappeler_les_retards(matin()) == 0
    assert rappeler_les_retards(matin(120)) == 0
    assert len(mail.outbox) == 1
    changer(Page.objects.get(translation_key=version.translation_key, locale__language_code="fr").specific)
    mail.outbox.clear()
    assert rappeler_les_retards(matin(2)) == 1
    assert len(told()) == 1


def test_what_changes_during_the_day_waits_for_the_morning(team: dict[str, Any]) -> None:
    behind()
    assert rappeler_les_retards(matin(1, hour=6)) == 0
    assert rappeler_les_retards(matin(0, hour=0)) == 0
    assert rappeler_les_retards(matin(5, hour=23)) == 1  # the mornings before were missed


def test_nothing_is_said_of_what_is_up_to_date(team: dict[str, Any]) -> None:
    page = source()
    version = variante(page)
    corriger(page)
    draft = variante(source(), publiee=False)
    changer(Page.objects.get(translation_key=draft.translation_key, locale__language_code="fr").specific)
    hidden = behind()
    Page.objects.filter(translation_key=hidden.translation_key, locale__language_code="fr").update(live=False)
    mail.outbox.clear()
    assert rappeler_les_retards(matin()) == 0
    assert told() == []
    assert version.pk


def test_what_has_been_settled_meanwhile_is_not_told(team: dict[str, Any]) -> None:
    choisir_rythme(team["falc"], Rythme.QUOTIDIEN)
    version = behind()
    rappeler_les_retards(matin())
    assert Notification.objects.filter(user=team["falc"]).count() == 1
    toujours_valable(fresh(version), UtilisateurFactory(superutilisateur=True), "Oui")
    envoyer_les_recapitulatifs(matin())
    assert told() == []


def test_at_each_persons_rhythm(team: dict[str, Any]) -> None:
    never, left = (UtilisateurFactory(groupes=[roles.REDACTION_FALC.nom]) for _ in range(2))
    choisir_rythme(never, Rythme.JAMAIS)
    left.is_active = False
    left.save()
    choisir_rythme(team["falc"], Rythme.QUOTIDIEN)
    behind()
    rappeler_les_retards(matin())
    assert told() == []
    envoyer_les_recapitulatifs(matin())
    assert [to for to, _body in told()] == [[team["falc"].email]]


def test_a_variant_that_nobody_has_noted_is_told_too(team: dict[str, Any]) -> None:
    version = behind()
    FraicheurPage.objects.all().delete()
    Page.objects.filter(pk=version.pk).update(last_published_at=timezone.now() - DEMAIN)
    assert rappeler_les_retards(matin()) == 1
    assert rappeler_les_retards(matin()) == 0


def test_the_query_is_one(team: dict[str, Any]) -> None:
    behind()
    assert len(queries_of(lambda: list(en_retard()))) == 1
