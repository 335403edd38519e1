"""The list of open sessions, and closing them."""

import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import override

from socle.comptes.appareils import appareil
from socle.comptes.operations import effacer_traces_de_sessions
from socle.scheduling import jobs
from tests.comptes.gestes import client_de, connecte
from tests.factories.comptes import UtilisateurFactory
from tests.harness.queries import assert_same_cost
from tests.socle.reading import one, soup, texts

pytestmark = pytest.mark.django_db

SESSIONS = reverse("usersessions_list")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Mobile Safari/537.36"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Safari/537.36 Edg/129.0"


def test_each_session_is_listed_and_can_be_closed() -> None:
    user = UtilisateurFactory()
    here, phone, desk = (client_de(user) for _ in range(3))
    page = here.get(SESSIONS)
    assert len(texts(page, "main .panneaux > li")) == 3
    assert "Cet appareil" in texts(page, "main .panneaux > li")[0]
    target = UserSession.objects.get(session_key=phone.session.session_key)
    assert here.post(SESSIONS, {"session": target.pk}).headers["Location"] == SESSIONS
    assert not connecte(phone)
    assert connecte(desk)
    assert connecte(here)


def test_all_the_others_close_at_once() -> None:
    user = UtilisateurFactory()
    here, elsewhere = client_de(user), client_de(user)
    answer = here.post(SESSIONS, follow=True)
    assert "C’est fait" in texts(answer, "main [role=status]")[0]
    assert not connecte(elsewhere)
    assert connecte(here)
    assert not soup(answer).select("main .panneaux button")


def test_nobody_closes_the_session_of_another() -> None:
    victim = client_de(UtilisateurFactory())
    target = UserSession.objects.get()
    client_de(UtilisateurFactory()).post(SESSIONS, {"session": target.pk})
    assert connecte(victim)


@pytest.mark.parametrize("wrong", ["abc", "-1", "999999999999999999999999", "0"])
def test_a_session_that_makes_no_sense_closes_nothing(wrong: str) -> None:
    user = UtilisateurFactory()
    here, elsewhere = client_de(user), client_de(user)
    assert here.post(SESSIONS, {"session": wrong}).status_code in (200, 302)
    assert connecte(elsewhere)


def test_a_stranger_sees_no_list() -> None:
    client = client_de(UtilisateurFactory())
    client.post(reverse("account_logout"))
    assert client.get(SESSIONS).status_code == 302


def test_what_is_noted_of_a_session_goes_with_it() -> None:
    user = UtilisateurFactory()
    client, gone = client_de(user), client_de(user)
    late, key = client_de(user), gone.session.session_key
    gone.post(reverse("account_logout"))
    assert UserSession.objects.filter(session_key=key).exists()
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Session.objects.filter(session_key=late.session.session_key).update(expire_date=yesterday)
    assert effacer_traces_de_sessions() == 2
    assert UserSession.objects.get().session_key == client.session.session_key
    assert "effacer_traces_de_sessions" in [job.name for job in jobs()]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (CHROME, "Chrome, Android"),
        (SAFARI, "Safari, iPhone"),
        (EDGE, "Edge, Windows"),
        ("curl/8.0", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
    ],
)
def test_a_browser_is_named_as_people_do(agent: str, words: str) -> None:
    assert appareil(agent) == words


@pytest.mark.parametrize(
    ("language", "moment"), [("fr", "5 mars 2026 13:05"), ("en", "5 March 2026, 13:05"), ("ar", "5 مارس 2026، 13:05")]
)
def test_the_moment_is_written_as_the_language_does(language: str, moment: str) -> None:
    client = client_de(UtilisateurFactory())
    UserSession.objects.update(created_at=datetime.datetime(2026, 3, 5, 12, 5, tzinfo=datetime.UTC))
    with override(language):
        page = client.get(reverse("usersessions_list"))
    assert moment in one(page, "main .panneaux li").text


def test_a_hostile_browser_name_is_only_text() -> None:
    user = UtilisateurFactory()
    client = client_de(user)
    UserSession.objects.update(user_agent="<script>alert(1)</script> Firefox/1")
    assert one(client.get(SESSIONS), "main .panneaux h2").text == "Firefox"


def test_the_account_page_costs_the_same_with_many_sessions() -> None:
    user = UtilisateurFactory()
    client = client_de(user)

    def make(number: int) -> None:
        for _ in range(number):
            key = get_random_string(32)
            UserSession.objects.create(user=user, ip="192.0.2.1", session_key=key, user_agent=FIREFOX)

    assert_same_cost(make, lambda: client.get(reverse("compte")))
