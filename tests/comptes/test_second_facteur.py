"""Applications, recovery codes, and who must have them."""

from collections.abc import Callable
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from pytest_django import Settings

from socle.comptes.checks import groups_exist
from tests.comptes.gestes import (
    SECRET,
    ajouter_application,
    client_de,
    code,
    confirmer,
    connecte,
    facteurs,
    se_connecter,
)
from tests.factories import groupes_des_roles
from tests.factories.comptes import UtilisateurFactory
from tests.harness.html import StrictClient
from tests.socle.reading import one, texts

pytestmark = pytest.mark.django_db

Ajouter = Callable[[StrictClient], list[str]]
ETAPE = reverse("mfa_authenticate")
ROLES = [{"groupes": ["Modération"]}, {"superutilisateur": True}]


@pytest.fixture
def ajouter_par_la_page(monkeypatch: pytest.MonkeyPatch) -> Ajouter:
    """Add an application as a person would; return the recovery codes shown."""

    def add(client: StrictClient) -> list[str]:
        confirmer(client)
        page = client.get(reverse("mfa_activate_totp"))
        secret = one(page, "code.secret").text.strip()
        with monkeypatch.context() as patch:
            # The transaction ends within the request, as it does outside of a test.
            patch.setattr(transaction, "on_commit", lambda function: function())
            answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
        return texts(client.get(answer.headers["Location"]), ".codes code")

    return add


class TestApplication:
    def test_a_person_adds_one_and_gets_recovery_codes(self, ajouter_par_la_page: Ajouter) -> None:
        user = UtilisateurFactory()
        client = client_de(user)
        codes = ajouter_par_la_page(client)
        assert len(set(codes)) == 10
        assert facteurs(user) == {"totp", "recovery_codes"}
        assert mail.outbox[-1].subject.startswith("Double authentification : application ajoutée")

    def test_adding_asks_for_the_password_first(self) -> None:
        client = client_de(UtilisateurFactory())
        answer = client.get(reverse("mfa_activate_totp"))
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        wrong = client.post(answer.headers["Location"], {"password": "pas-le-bon-mot-de-passe"})
        assert "Ce mot de passe n’est pas le bon." in texts(wrong, ".champ__erreur")[0]

    def test_a_wrong_code_adds_nothing(self) -> None:
        user = UtilisateurFactory()
        client = client_de(user)
        confirmer(client)
        client.get(reverse("mfa_activate_totp"))
        answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
        assert "pas le bon" in texts(answer, ".champ__erreur")[0]
        assert facteurs(user) == set()

    def test_adding_the_first_one_closes_the_sessions_that_never_showed_it(self, ajouter_par_la_page: Ajouter) -> None:
        user = UtilisateurFactory()
        client, elsewhere = client_de(user), client_de(user)
        ajouter_par_la_page(client)
        assert connecte(client)
        assert not connecte(elsewhere)

    def test_it_can_be_taken_away(self) -> None:
        user = UtilisateurFactory()
        ajouter_application(user)
        client = client_de(user)
        confirmer(client)
        client.post(reverse("mfa_deactivate_totp"))
        assert facteurs(user) == set()

    def test_its_key_is_not_readable_in_the_database(self) -> None:
        user = UtilisateurFactory()
        ajouter_application(user)
        stored = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert SECRET not in stored

    def test_the_key_of_the_site_may_change_and_the_old_one_be_thrown_away(self, settings: Settings) -> None:
        user = UtilisateurFactory()
        codes = ajouter_application(user)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another-key-for-this-test-only"
        out = StringIO()
        call_command("rotate_second_factors", stdout=out)
        assert "2" in out.getvalue()
        settings.SECRET_KEY_FALLBACKS = []
        assert Authenticator.objects.get(type="recovery_codes").wrap().generate_codes() == codes
        assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code())


class TestSecondStep:
    @pytest.fixture
    def codes(self) -> list[str]:
        self.user = UtilisateurFactory(groupes=["Rédaction"])
        return ajouter_application(self.user)

    def test_a_password_alone_opens_nothing(self, client: StrictClient, codes: list[str]) -> None:
        assert se_connecter(client, self.user).headers["Location"] == ETAPE
        assert not connecte(client)
        assert client.get("/admin/").status_code == 302

    def test_the_code_opens_where_the_person_was_going(self, client: StrictClient, codes: list[str]) -> None:
        se_connecter(client, self.user, suite="/admin/pages/")
        wrong = client.post(ETAPE, {"code": "000000"})
        assert "pas le bon" in texts(wrong, ".champ__erreur")[0]
        assert client.post(ETAPE, {"code": code()}).headers["Location"] == "/admin/pages/"
        assert connecte(client)

    def test_a_code_serves_once(self, codes: list[str]) -> None:
        shown = code()
        for expected in (302, 200):
            client = StrictClient()
            se_connecter(client, self.user)
            assert client.post(ETAPE, {"code": shown}).status_code == expected

    def test_a_recovery_code_serves_once(self, codes: list[str]) -> None:
        for expected in (302, 200):
            client = StrictClient()
            se_connecter(client, self.user)
            assert client.post(ETAPE, {"code": codes[3]}).status_code == expected
        client = StrictClient()
        se_connecter(client, self.user)
        assert client.post(ETAPE, {"code": codes[4]}).status_code == 302

    def test_codes_cannot_be_guessed_at_length(self, client: StrictClient, codes: list[str]) -> None:
        se_connecter(client, self.user)
        for _ in range(5):
            client.post(ETAPE, {"code": "000000"})
        answer = client.post(ETAPE, {"code": code()})
        assert "trop d’essais" in answer.content.decode()
        assert not connecte(client)

    def test_the_step_can_be_given_up(self, client: StrictClient, codes: list[str]) -> None:
        se_connecter(client, self.user)
        client.post(reverse("account_logout"))
        assert client.get(ETAPE).status_code == 302

    def test_recovery_codes_are_shown_after_the_password_and_replaced(self, codes: list[str]) -> None:
        client = client_de(self.user)
        view = reverse("mfa_view_recovery_codes")
        assert client.get(view).status_code == 302
        confirmer(client)
        assert texts(client.get(view), ".codes code") == codes
        text = client.get(reverse("mfa_download_recovery_codes"))
        assert text.headers["Content-Disposition"].startswith("attachment")
        assert text.content.decode().split() == codes
        answer = client.post(reverse("mfa_generate_recovery_codes"), follow=True)
        assert set(texts(answer, ".codes code")).isdisjoint(codes)


class TestMandatory:
    @pytest.fixture(autouse=True)
    def roles(self, settings: Settings) -> None:
        settings.MFA_REQUIRED_GROUPS = ["Modération"]
        settings.MFA_REQUIRED_FOR_SUPERUSERS = True

    @pytest.mark.parametrize("role", ROLES)
    def test_the_admin_waits_for_the_second_factor(self, ajouter_par_la_page: Ajouter, role: dict) -> None:
        user = UtilisateurFactory(**role)
        client = client_de(user)
        answer = client.get("/admin/", follow=True)
        assert answer.redirect_chain == [(reverse("mfa_index"), 302)]
        assert "demande une double authentification" in texts(answer, "main [role=status]")[0]
        assert client.post("/admin/pages/add/", {}).status_code == 302
        assert client.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
        ajouter_par_la_page(client)
        assert client.get("/admin/").status_code == 200

    def test_others_are_not_concerned(self) -> None:
        assert client_de(UtilisateurFactory(groupes=["Rédaction"])).get("/admin/").status_code == 200

    def test_the_public_site_stays_open_and_so_does_the_way_out(self) -> None:
        client = client_de(UtilisateurFactory(groupes=["Modération"]))
        assert client.get("/fr/plan-du-site/").status_code == 200
        assert client.post("/admin/logout/").headers["Location"] == "/admin/login/"
        assert not connecte(client)

    def test_taking_it_away_closes_the_admin_again(self) -> None:
        user = UtilisateurFactory(groupes=["Modération"])
        ajouter_application(user)
        client = client_de(user)
        assert client.get("/admin/").status_code == 200
        Authenticator.objects.filter(user=user, type="totp").delete()
        assert facteurs(user) == {"recovery_codes"}
        assert client.get("/admin/").headers["Location"] == reverse("mfa_index")

    def test_nothing_is_asked_by_default(self, settings: Settings) -> None:
        settings.MFA_REQUIRED_GROUPS = []
        settings.MFA_REQUIRED_FOR_SUPERUSERS = False
        for role in ROLES:
            assert client_de(UtilisateurFactory(**role)).get("/admin/").status_code == 200

    def test_a_misspelt_group_is_told(self, settings: Settings) -> None:
        groupes_des_roles()
        assert groups_exist(None, databases=["default"]) == []
        settings.MFA_REQUIRED_GROUPS = ["Modération", "Modérateurs"]
        assert [warning.id for warning in groups_exist(None, databases=["default"])] == ["socle.W001"]


class TestLost:
    def test_a_command_opens_the_way_back(self, client: StrictClient) -> None:
        user = UtilisateurFactory()
        ajouter_application(user)
        elsewhere = client_de(user)
        out = StringIO()
        call_command("reset_second_factor", user.email.upper(), stdout=out)
        assert "2" in out.getvalue()
        assert user.email not in out.getvalue()
        assert facteurs(user) == set()
        assert not connecte(elsewhere)
        assert se_connecter(client, user).headers["Location"] == "/fr/compte/"

    def test_it_knows_its_accounts(self) -> None:
        with pytest.raises(CommandError, match="Aucun compte"):
            call_command("reset_second_factor", "inconnue@exemple.test")
