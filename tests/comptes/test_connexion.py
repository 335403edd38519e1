"""Coming in and going out."""

import logging
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from pytest_django import Settings

from socle.models import Utilisateur
from tests.architecture.test_settings import REQUIRED, run
from tests.comptes.gestes import client_de, connecte, se_connecter
from tests.comptes.test_portes import AILLEURS
from tests.factories.comptes import MOT_DE_PASSE, UtilisateurFactory
from tests.harness.html import StrictClient
from tests.socle.reading import one, texts

pytestmark = pytest.mark.django_db

FAUX = "L’adresse e-mail ou le mot de passe n’est pas le bon."
PATIENCE = "Vous avez fait trop d’essais."


def erreurs(answer: object) -> str:
    return " ".join(texts(answer, "#erreurs li"))  # type: ignore[arg-type]


def test_an_editor_lands_in_the_admin_and_a_member_in_their_account(client: StrictClient) -> None:
    assert se_connecter(client, UtilisateurFactory(groupes=["Rédaction"])).headers["Location"] == "/admin/"
    assert se_connecter(StrictClient(), UtilisateurFactory()).headers["Location"] == "/fr/compte/"


def test_the_case_of_the_address_does_not_matter(client: StrictClient) -> None:
    user = UtilisateurFactory(email="camille@exemple.test")
    assert se_connecter(client, "CAMILLE@Exemple.test").status_code == 302
    assert Utilisateur.objects.get(pk=user.pk).last_login is not None


def test_the_session_changes_its_key_at_sign_in_and_its_cookie_is_closed(client: StrictClient) -> None:
    user = UtilisateurFactory()
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    before = client.cookies["sessionid"].value
    se_connecter(client, user)
    cookie = client.cookies["sessionid"]
    assert cookie.value not in ("", before)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    old = StrictClient()
    old.cookies["sessionid"] = before
    assert not connecte(old)


def test_cookies_are_secure_in_production() -> None:
    script = (
        "import plateforme.settings.production as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY)"
    )
    assert run("-c", script, **REQUIRED).stdout.split() == ["True", "True", "True"]


def test_a_session_lasts_as_long_as_asked(client: StrictClient) -> None:
    user = UtilisateurFactory()
    se_connecter(client, user)
    assert client.cookies["sessionid"]["max-age"] == ""
    se_connecter(client, user, data={"remember": "on"})
    assert client.cookies["sessionid"]["max-age"] == django_settings.SESSION_COOKIE_AGE


def test_a_wrong_password_and_an_unknown_address_say_the_same(client: StrictClient) -> None:
    user = UtilisateurFactory()
    wrong = se_connecter(client, user, "pas-le-bon-mot-de-passe")
    unknown = se_connecter(client, "inconnue@exemple.test")
    assert wrong.status_code == unknown.status_code == 200
    assert erreurs(wrong) == erreurs(unknown) == FAUX
    assert MOT_DE_PASSE not in wrong.content.decode()
    assert one(wrong, "title").text.strip().startswith("Erreur")
    assert not connecte(client)


def test_an_empty_form_ties_each_error_to_its_field(client: StrictClient) -> None:
    answer = client.post(reverse("account_login"), {"login": "", "password": ""})
    for name, message in (("login", "Écrivez votre adresse e-mail."), ("password", "Écrivez votre mot de passe.")):
        field = one(answer, f"[name={name}]")
        assert field["aria-invalid"] == "true"
        described = " ".join(one(answer, f"#{ref}").text for ref in str(field["aria-describedby"]).split())
        assert message in described


def test_five_wrong_passwords_close_the_door_for_a_while(client: StrictClient) -> None:
    user, other = UtilisateurFactory(), UtilisateurFactory()
    for _ in range(5):
        assert erreurs(se_connecter(client, user, "pas-le-bon-mot-de-passe")) == FAUX
    assert PATIENCE in erreurs(se_connecter(client, user))
    assert not connecte(client)
    assert se_connecter(client, other).status_code == 302


def test_too_many_forms_from_one_place_get_a_429(client: StrictClient, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    user = UtilisateurFactory()
    for _ in range(2):
        assert se_connecter(client, user, "pas-le-bon-mot-de-passe").status_code == 200
    answer = se_connecter(client, user)
    assert answer.status_code == 429
    assert one(answer, "h1").text == "Un peu de patience"
    assert answer.headers["Retry-After"] == "60"


class TestBehindAProxy:
    @pytest.fixture(autouse=True)
    def limits(self, settings: Settings) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}

    @pytest.fixture
    def proxy(self, settings: Settings) -> None:
        settings.TRUSTED_PROXIES = 1
        settings.MIDDLEWARE = ["plateforme.forwarded.ForwardedAddressMiddleware", *settings.MIDDLEWARE]

    def post(self, forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        return se_connecter(StrictClient(), "inconnue@exemple.test", headers=headers).status_code

    @pytest.mark.usefixtures("proxy")
    def test_each_reader_is_counted_alone(self) -> None:
        assert self.post("192.0.2.1") == 200
        assert self.post("192.0.2.2") == 200
        assert self.post("192.0.2.1") == 429

    @pytest.mark.usefixtures("proxy")
    def test_what_the_reader_wrote_in_the_header_does_not_count(self) -> None:
        assert self.post("198.51.100.1, 192.0.2.1") == 200
        assert self.post("198.51.100.2, 192.0.2.1") == 429

    def test_without_a_proxy_the_header_is_not_read(self) -> None:
        assert self.post("192.0.2.1") == 200
        assert self.post("192.0.2.2") == 429


@pytest.mark.parametrize("address", ["192.0.2.77", "2001:db8:5:6::77"])
def test_the_address_on_the_network_is_stored_nowhere(client: StrictClient, address: str) -> None:
    user = UtilisateurFactory()
    for password in ("pas-le-bon-mot-de-passe", MOT_DE_PASSE):
        with patch.object(cache, "set", wraps=cache.set) as kept:
            se_connecter(client, user, password, REMOTE_ADDR=address)
        assert any(":ip:" in str(call) for call in kept.call_args_list)
        assert not [call for call in kept.call_args_list if address[:9] in str(call)]
    noted = UserSession.objects.get(user=user)
    assert address not in f"{noted.ip} {noted.data} {client.session.items()}"
    assert noted.ip != se_connecter_depuis("198.51.100.1").ip
    assert noted.ip == se_connecter_depuis(address).ip


def se_connecter_depuis(address: str) -> UserSession:
    """Sign somebody in from an address; return what is noted."""
    user = UtilisateurFactory()
    se_connecter(StrictClient(), user, REMOTE_ADDR=address)
    return UserSession.objects.get(user=user)


def test_a_household_counts_once_whatever_its_address(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    statuses = [
        se_connecter(StrictClient(), "inconnue@exemple.test", REMOTE_ADDR=f"2001:db8:5:6::{number}").status_code
        for number in range(2)
    ]
    assert statuses == [200, 429]


@pytest.mark.parametrize("ailleurs", AILLEURS)
def test_no_sign_in_nor_sign_out_leads_to_another_site(ailleurs: str) -> None:
    client, user = StrictClient(), UtilisateurFactory()
    page = client.get(reverse("account_login"), {"next": ailleurs})
    assert page.status_code == 200
    answer = se_connecter(client, user, suite=ailleurs)
    assert answer.headers["Location"] == "/fr/compte/"
    answer = client.post(reverse("account_logout"), {"next": ailleurs})
    assert answer.headers["Location"] == "/fr/compte/connexion/"


def test_other_hosts_of_the_settings_are_other_sites_too(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "autre.exemple.test"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://encore.exemple.test"]
    for host in ("autre.exemple.test", "encore.exemple.test"):
        answer = se_connecter(StrictClient(), UtilisateurFactory(), suite=f"https://{host}/")
        assert answer.headers["Location"] == "/fr/compte/"


def test_a_closed_account_stays_out_and_says_so(client: StrictClient) -> None:
    answer = se_connecter(client, UtilisateurFactory(is_active=False))
    assert answer.headers["Location"] == reverse("account_inactive")
    assert one(client.get(reverse("account_inactive")), "h1").text == "Compte fermé"
    assert not connecte(client)


def test_closing_an_account_ends_its_sessions() -> None:
    user = UtilisateurFactory()
    client = client_de(user)
    Utilisateur.objects.filter(pk=user.pk).update(is_active=False)
    assert not connecte(client)


def test_signing_out_takes_a_click() -> None:
    client = client_de(UtilisateurFactory())
    assert one(client.get(reverse("account_logout")), "main form[method=post] button").text.strip()
    assert connecte(client)
    answer = client.post(reverse("account_logout"), follow=True)
    assert "Vous avez quitté votre compte." in texts(answer, "main [role=status]")[0]
    assert not connecte(client)
    assert client.cookies["sessionid"].value == ""


def test_the_form_is_protected_from_other_sites() -> None:
    client = StrictClient(enforce_csrf_checks=True)
    user = UtilisateurFactory()
    refused = se_connecter(client, user)
    assert refused.status_code == 403
    assert one(refused, "h1").text == "Cette page a trop attendu"
    form = "form[action$='compte/connexion/']"
    token = one(client.get(reverse("account_login")), f"{form} [name=csrfmiddlewaretoken]")["value"]
    assert se_connecter(client, user, data={"csrfmiddlewaretoken": token}).status_code == 302


def test_an_account_made_by_a_command_needs_no_verification(client: StrictClient) -> None:
    user = Utilisateur.objects.create_superuser("chef@exemple.test", MOT_DE_PASSE)
    assert not EmailAddress.objects.filter(user=user).exists()
    assert se_connecter(client, user).headers["Location"] == "/admin/"
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == ("chef@exemple.test", True, True)
    assert mail.outbox == []


def test_an_address_that_must_be_verified_is(client: StrictClient) -> None:
    user = UtilisateurFactory()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    answer = se_connecter(client, user)
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    assert not connecte(client)
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_no_log_line_says_who(client: StrictClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    user = UtilisateurFactory(email="tres.reconnaissable@exemple.test", first_name="Prénomrare")
    se_connecter(client, user, "pas-le-bon-mot-de-passe")
    for _ in range(6):
        se_connecter(client, "inconnue.reconnaissable@exemple.test", REMOTE_ADDR="192.0.2.77")
    se_connecter(client, user, REMOTE_ADDR="192.0.2.77")
    client.post(reverse("account_reset_password"), {"email": user.email})
    client.post(reverse("account_logout"))
    tools = ("factory", "faker", "django.db.backends")
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith(tools)]
    for personal in ("reconnaissable", "Prénomrare", "192.0.2.77", MOT_DE_PASSE):
        assert [line for line in lines if personal in line] == []
