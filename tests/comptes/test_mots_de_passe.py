"""Passwords, addresses, invitations: by mail, and without telling a stranger who has an account."""

from smtplib import SMTPException
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from pytest_django import Settings

from socle.models import Utilisateur
from tests.comptes.gestes import client_de, confirmer, connecte, lien_recu, se_connecter
from tests.factories import groupes_des_roles
from tests.factories.comptes import MOT_DE_PASSE, UtilisateurFactory
from tests.harness.html import StrictClient
from tests.socle.reading import one, texts

pytestmark = pytest.mark.django_db

NOUVEAU = "quatre mots bien choisis"


def demander(client: StrictClient, email: str) -> object:
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def choisir(client: StrictClient, link: str, password: str = NOUVEAU, again: str = "") -> object:
    """Follow a link and choose a password."""
    page = client.get(link, follow=True)
    form = one(page, "main form")
    return client.post(str(form["action"]), {"password1": password, "password2": again or password}, follow=True)


class TestForgotten:
    def test_known_and_unknown_addresses_get_the_same_answer(self, client: StrictClient) -> None:
        known, unknown = UtilisateurFactory().email, "inconnue@exemple.test"
        answers = [demander(StrictClient(), email) for email in (known, unknown)]
        assert answers[0].content == answers[1].content  # type: ignore[attr-defined]
        assert answers[0].redirect_chain == answers[1].redirect_chain  # type: ignore[attr-defined]
        # One mail each: the time that the answer takes says nothing either.
        assert [message.to for message in mail.outbox] == [[known], [unknown]]
        assert "/mot-de-passe/nouveau/" in mail.outbox[0].body
        assert "Aucun compte" in mail.outbox[1].body
        assert "/mot-de-passe/" not in mail.outbox[1].body

    def test_the_subject_names_nobody(self, client: StrictClient) -> None:
        user = UtilisateurFactory(first_name="Prénomrare")
        demander(client, user.email)
        assert mail.outbox[0].subject == "Choisir un nouveau mot de passe – Partenariat en santé"

    def test_the_link_serves_once_and_closes_the_other_sessions(self, client: StrictClient) -> None:
        user = UtilisateurFactory()
        elsewhere = client_de(user)
        demander(client, user.email)
        link = lien_recu()
        answer = choisir(client, link)
        assert one(answer, "h1").text.strip() == "Votre mot de passe est enregistré"  # type: ignore[arg-type]
        assert not connecte(elsewhere)
        assert not connecte(client)
        assert se_connecter(StrictClient(), user).status_code == 200
        assert se_connecter(StrictClient(), user, NOUVEAU).status_code == 302
        again = StrictClient().get(link, follow=True)
        assert "plus valable" in one(again, "h1").text

    def test_the_key_leaves_the_address_bar(self, client: StrictClient) -> None:
        demander(client, UtilisateurFactory().email)
        link = lien_recu()
        answer = client.get(link)
        assert answer.status_code == 302
        assert link.split("-", 3)[-1].strip("/") not in answer.headers["Location"]

    @pytest.mark.parametrize(
        ("password", "again", "field", "message"),
        [
            ("onze-signes", "", "password1", "12"),
            (NOUVEAU, "quatre mots mal recopiés", "password2", "pas les mêmes"),
            ("", " ", "password1", "Écrivez un nouveau mot de passe."),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(
        self, client: StrictClient, password: str, again: str, field: str, message: str
    ) -> None:
        demander(client, UtilisateurFactory().email)
        answer = choisir(client, lien_recu(), password, again)
        described = str(one(answer, f"[name={field}]")["aria-describedby"]).split()  # type: ignore[arg-type]
        assert message in " ".join(one(answer, f"#{ref}").text for ref in described)  # type: ignore[arg-type]

    def test_twelve_characters_are_enough_as_the_page_says(self, client: StrictClient) -> None:
        demander(client, UtilisateurFactory().email)
        answer = choisir(client, lien_recu(), "douze-signes")
        assert one(answer, "h1").text.strip() == "Votre mot de passe est enregistré"  # type: ignore[arg-type]

    def test_one_address_is_not_flooded(self, client: StrictClient) -> None:
        email = UtilisateurFactory().email
        statuses = [demander(client, email).status_code for _ in range(4)]  # type: ignore[attr-defined]
        assert statuses == [200, 200, 200, 429]
        assert len(mail.outbox) == 3

    def test_following_the_link_verifies_the_address(self, client: StrictClient) -> None:
        user = UtilisateurFactory()
        demander(client, user.email)
        choisir(client, lien_recu())
        assert EmailAddress.objects.get(user=user).verified
        assert se_connecter(client, user, NOUVEAU).headers["Location"] == "/fr/compte/"

    def test_a_closed_account_gets_no_link(self, client: StrictClient) -> None:
        demander(client, UtilisateurFactory(is_active=False).email)
        assert "/mot-de-passe/" not in mail.outbox[0].body


class TestChange:
    def test_it_asks_for_the_current_one_and_closes_the_other_sessions(self) -> None:
        user = UtilisateurFactory()
        client, elsewhere = client_de(user), client_de(user)
        data = {"oldpassword": "pas le bon du tout", "password1": NOUVEAU, "password2": NOUVEAU}
        wrong = client.post(reverse("account_change_password"), data)
        assert "Ce n’est pas votre mot de passe actuel." in " ".join(texts(wrong, ".champ__erreur"))
        done = client.post(reverse("account_change_password"), {**data, "oldpassword": MOT_DE_PASSE})
        assert done.headers["Location"] == "/fr/compte/"
        assert connecte(client)
        assert not connecte(elsewhere)
        assert mail.outbox[-1].subject.startswith("Votre mot de passe est changé")
        assert "192.0.2" not in mail.outbox[-1].body


class TestAddress:
    def test_a_new_address_counts_once_confirmed(self) -> None:
        user = UtilisateurFactory(email="avant@exemple.test")
        client = client_de(user)
        data = {"email": "apres@exemple.test", "action_add": ""}
        asked = client.post(reverse("account_email"), data)
        assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
        confirmer(client)
        client.post(reverse("account_email"), data)
        user.refresh_from_db()
        assert user.email == "avant@exemple.test"
        assert mail.outbox[-1].to == ["apres@exemple.test"]
        link = lien_recu()
        page = client.get(link)
        assert "apres@exemple.test" in one(page, "main").text
        client.post(link)
        user.refresh_from_db()
        assert user.email == "apres@exemple.test"
        # The old address is told, and opens nothing any more.
        assert mail.outbox[-1].to == ["avant@exemple.test"]
        assert se_connecter(StrictClient(), "avant@exemple.test").status_code == 200
        assert se_connecter(StrictClient(), "apres@exemple.test").status_code == 302

    def test_a_change_can_be_given_up(self) -> None:
        user = UtilisateurFactory()
        client = client_de(user)
        confirmer(client)
        client.post(reverse("account_email"), {"email": "apres@exemple.test", "action_add": ""})
        link = lien_recu()
        client.post(reverse("account_email"), {"email": "apres@exemple.test", "action_remove": ""})
        assert "plus valable" in client.get(link).content.decode()
        assert EmailAddress.objects.filter(user=user).count() == 1

    def test_the_address_of_another_account_is_not_told_nor_taken(self) -> None:
        other = UtilisateurFactory()
        client = client_de(UtilisateurFactory())
        EmailAddress.objects.create(user=other, email=other.email, primary=True, verified=True)
        confirmer(client)
        answer = client.post(reverse("account_email"), {"email": other.email, "action_add": ""}, follow=True)
        assert "Un autre compte" not in answer.content.decode()
        link = lien_recu()
        client.post(link)
        other.refresh_from_db()
        assert EmailAddress.objects.get(email=other.email, verified=True).user == other


class TestNoSignUp:
    def test_the_page_says_who_opens_accounts(self, client: StrictClient) -> None:
        assert "invitation" in one(client.get(reverse("account_signup")), "h1").text

    def test_the_form_makes_no_account(self, client: StrictClient) -> None:
        data = {"email": "nouvelle@exemple.test", "password1": NOUVEAU, "password2": NOUVEAU}
        client.post(reverse("account_signup"), data)
        assert not Utilisateur.objects.filter(email="nouvelle@exemple.test").exists()


class TestInvitation:
    @pytest.fixture
    def boss(self) -> StrictClient:
        groupes_des_roles()
        return client_de(UtilisateurFactory(superutilisateur=True))

    def create(self, boss: StrictClient, email: str = "invitee@exemple.test") -> object:
        group = Group.objects.get(name="Rédaction")
        data = {"email": email, "first_name": "Samir", "last_name": "Démo", "groups": [group.pk]}
        return boss.post(reverse("wagtailusers_users:add"), data, follow=True)

    def test_the_form_has_no_password(self, boss: StrictClient) -> None:
        assert 'type="password"' not in boss.get(reverse("wagtailusers_users:add")).content.decode()

    def test_the_person_chooses_the_password_and_comes_in(self, boss: StrictClient, client: StrictClient) -> None:
        answer = self.create(boss, "Invitee@Exemple.test")
        assert "invitation" in answer.content.decode()  # type: ignore[attr-defined]
        user = Utilisateur.objects.get(email="invitee@exemple.test")
        assert not user.has_usable_password()
        assert [message.to for message in mail.outbox] == [["invitee@exemple.test"]]
        assert mail.outbox[0].subject.startswith("Votre compte est ouvert")
        choisir(client, lien_recu())
        assert se_connecter(client, user, NOUVEAU).headers["Location"] == "/admin/"

    def test_a_mail_that_cannot_leave_is_told(self, boss: StrictClient) -> None:
        with patch("django.core.mail.EmailMessage.send", side_effect=SMTPException):
            answer = self.create(boss)
        assert "pas pu partir" in answer.content.decode()  # type: ignore[attr-defined]
        assert Utilisateur.objects.filter(email="invitee@exemple.test").exists()

    def test_an_address_replaced_by_the_administration_opens_nothing(self, boss: StrictClient) -> None:
        user = UtilisateurFactory(email="avant@exemple.test")
        client_de(user)
        data = {"email": "Apres@exemple.test", "first_name": "C", "last_name": "E", "is_active": "on"}
        boss.post(reverse("wagtailusers_users:edit", args=[user.pk]), data)
        user.refresh_from_db()
        assert user.email == "apres@exemple.test"
        assert se_connecter(StrictClient(), "avant@exemple.test").status_code == 200
        mail.outbox.clear()
        demander(StrictClient(), "avant@exemple.test")
        assert "/mot-de-passe/" not in mail.outbox[0].body
        assert se_connecter(StrictClient(), "apres@exemple.test").status_code == 302

    def test_the_invitation_dies_after_three_days(
        self, boss: StrictClient, client: StrictClient, settings: Settings
    ) -> None:
        self.create(boss)
        settings.PASSWORD_RESET_TIMEOUT = -1
        assert "plus valable" in one(client.get(lien_recu(), follow=True), "h1").text
