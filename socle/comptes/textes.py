"""What django-allauth says, in the words of the site: errors, messages, mails.

Its own catalogues lack European Portuguese under the code `pt`, and nothing of it is written to be read easily.
"""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Texte
else:
    Texte = str

ERREURS_COMPTE: dict[str, Texte] = {
    "account_inactive": _("Ce compte est fermé."),
    "duplicate_email": _("C’est déjà l’adresse de votre compte."),
    "email_password_mismatch": _("L’adresse e-mail ou le mot de passe n’est pas le bon."),
    "email_taken": _("Un autre compte utilise déjà cette adresse e-mail."),
    "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
    "incorrect_code": _("Ce code n’est pas le bon."),
    "incorrect_password": _("Ce mot de passe n’est pas le bon."),
    "invalid_password_reset": _("Ce lien n’est plus valable."),
    "rate_limited": _("Vous avez fait trop d’essais. Attendez quelques minutes, puis recommencez."),
    "same_as_current": _("C’est déjà l’adresse de votre compte."),
    "too_many_login_attempts": _("Vous avez fait trop d’essais. Attendez quelques minutes, puis recommencez."),
}

ERREURS_SECOND_FACTEUR: dict[str, Texte] = {
    "cannot_generate_recovery_codes": _("Ajoutez d’abord une application ou une clé d’accès."),
    "incorrect_code": _("Ce code n’est pas le bon, ou il n’est plus valable."),
}

MESSAGES: dict[str, Texte] = {
    "account/messages/cannot_delete_primary_email.txt": _("Votre compte a besoin d’une adresse e-mail."),
    "account/messages/email_confirmation_failed.txt": _("Un autre compte utilise déjà cette adresse e-mail."),
    "account/messages/email_confirmation_sent.txt": _(
        "Un message est parti à %(email)s. Suivez le lien qu’il contient."
    ),
    "account/messages/email_confirmed.txt": _("Votre adresse e-mail est confirmée."),
    "account/messages/email_deleted.txt": _("Le changement d’adresse est annulé."),
    "account/messages/logged_in.txt": _("Bienvenue, vous êtes dans votre compte."),
    "account/messages/logged_out.txt": _("Vous avez quitté votre compte."),
    "account/messages/password_changed.txt": _("Votre mot de passe est changé."),
    "account/messages/password_set.txt": _("Votre mot de passe est enregistré."),
    "account/messages/primary_email_set.txt": _("Votre adresse e-mail est changée."),
    "account/messages/unverified_primary_email.txt": _("Confirmez d’abord votre adresse e-mail."),
    "mfa/messages/recovery_codes_generated.txt": _("Vos codes de secours sont prêts."),
    "mfa/messages/totp_activated.txt": _("Votre application est ajoutée."),
    "mfa/messages/totp_deactivated.txt": _("Votre application est retirée."),
    "mfa/messages/webauthn_added.txt": _("Votre clé d’accès est ajoutée."),
    "mfa/messages/webauthn_removed.txt": _("Votre clé d’accès est retirée."),
    "usersessions/messages/sessions_logged_out.txt": _("C’est fait : la connexion est fermée."),
}

METHODES: dict[str, Texte] = {
    "reauthenticate": _("Utiliser mon mot de passe"),
    "mfa_reauthenticate": _("Utiliser un code"),
    "mfa_reauthenticate:webauthn": _("Utiliser ma clé d’accès"),
}


class Courriel(NamedTuple):
    """A mail: its subject, which never names anyone, and what it says before the link."""

    sujet: Texte
    texte: Texte


COURRIELS: dict[str, Courriel] = {
    "account/email/invitation": Courriel(
        _("Votre compte est ouvert"),
        _(
            "Un compte vient d’être ouvert pour vous. Choisissez votre mot de passe avec le lien ci-dessous. "
            "Il est valable trois jours et sert une seule fois. Après, demandez un nouveau lien avec "
            "« Mot de passe oublié » sur la page de connexion."
        ),
    ),
    "account/email/password_reset_key": Courriel(
        _("Choisir un nouveau mot de passe"),
        _(
            "Vous avez demandé un nouveau mot de passe. Choisissez-le avec le lien ci-dessous. "
            "Il est valable trois jours et sert une seule fois. "
            "Si vous n’avez rien demandé, ne faites rien : votre mot de passe ne change pas."
        ),
    ),
    "account/email/unknown_account": Courriel(
        _("Aucun compte à cette adresse"),
        _(
            "Quelqu’un, peut-être vous, a demandé un nouveau mot de passe pour cette adresse. "
            "Aucun compte ne l’utilise. Si vous avez un compte, il est à une autre adresse. "
            "Si vous n’avez rien demandé, ne faites rien."
        ),
    ),
    "account/email/email_confirmation": Courriel(
        _("Confirmer votre adresse e-mail"),
        _(
            "Cette adresse a été donnée pour un compte de notre site. Si c’est bien vous, confirmez-la avec le lien "
            "ci-dessous, valable trois jours. Sinon, ne faites rien."
        ),
    ),
    "account/email/email_changed": Courriel(
        _("Votre adresse e-mail est changée"),
        _("Votre compte est passé à une autre adresse e-mail : %(to_email)s."),
    ),
    "account/email/email_deleted": Courriel(
        _("Changement d’adresse annulé"), _("Le changement de l’adresse e-mail de votre compte est annulé.")
    ),
    "account/email/password_changed": Courriel(
        _("Votre mot de passe est changé"), _("Le mot de passe de votre compte vient de changer.")
    ),
    "account/email/password_reset": Courriel(
        _("Votre mot de passe est changé"), _("Le mot de passe de votre compte vient de changer.")
    ),
    "account/email/password_set": Courriel(
        _("Votre mot de passe est enregistré"), _("Votre compte a maintenant un mot de passe.")
    ),
    "mfa/email/recovery_codes_generated": Courriel(
        _("Nouveaux codes de secours"), _("De nouveaux codes de secours remplacent les anciens.")
    ),
    "mfa/email/totp_activated": Courriel(
        _("Double authentification : application ajoutée"),
        _("Une application donne maintenant les codes de connexion de votre compte."),
    ),
    "mfa/email/totp_deactivated": Courriel(
        _("Double authentification : application retirée"),
        _("L’application qui donnait les codes de connexion de votre compte est retirée."),
    ),
    "mfa/email/webauthn_added": Courriel(
        _("Clé d’accès ajoutée"), _("Une clé d’accès permet maintenant d’entrer dans votre compte.")
    ),
    "mfa/email/webauthn_removed": Courriel(_("Clé d’accès retirée"), _("Une clé d’accès de votre compte est retirée.")),
}
COURRIELS["account/email/email_confirmation_signup"] = COURRIELS["account/email/email_confirmation"]
