"""Accounts in Wagtail's admin: an invitation at creation, an address that follows, a link to the account pages."""

from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks

from socle.comptes.operations import confirmer_adresse
from socle.models import Utilisateur


@hooks.register("after_create_user")
def invite(request: HttpRequest, user: Utilisateur) -> None:
    user.set_unusable_password()
    user.save(update_fields=["password"])
    confirmer_adresse(user)
    try:
        get_adapter(request).send_invitation(user)
    except (OSError, SMTPException):
        messages.error(request, "Le compte est créé, mais l’invitation n’a pas pu partir par e-mail.")
    else:
        messages.info(request, "Une invitation à choisir un mot de passe est partie par e-mail.")


@hooks.register("after_edit_user")
def follow_address(request: HttpRequest, user: Utilisateur) -> None:
    confirmer_adresse(user)


@hooks.register("register_account_menu_item")
def account_pages(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("compte"),
        "label": "Adresse, mot de passe et sécurité",
        "help_text": "Changer d’adresse ou de mot de passe, double authentification, sessions ouvertes.",
    }
