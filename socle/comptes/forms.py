"""Forms of the account pages: those of django-allauth, with the labels and the help of the site."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as cles
from allauth.usersessions.forms import ManageUserSessionsForm
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socle.comptes.textes import Texte

_ADRESSE = _("Adresse e-mail")
_AIDE_CODE = _("Les chiffres que votre application affiche, ou un code de secours.")
_NOM_DE_CLE = _("Nom de la clé")
_AIDE_MOT_DE_PASSE = _("12 caractères au moins. Plusieurs mots qui se suivent sont faciles à retenir.")
_SANS_REPONSE = _("L’appareil n’a pas donné de clé d’accès. Réessayez, ou choisissez un autre moyen.")
_MANQUE_ADRESSE = _("Écrivez votre adresse e-mail.")
_MANQUE_CODE = _("Écrivez le code.")
_MANQUE_MOT_DE_PASSE = _("Écrivez votre mot de passe.")


class Formulaire(forms.Form):
    """Base: our words in the place of the library's, and no placeholder that would vanish while typing."""

    libelles: ClassVar[dict[str, Texte]] = {}
    aides: ClassVar[dict[str, Texte]] = {}
    manques: ClassVar[dict[str, Texte]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.libelles.get(name, field.label)
            field.help_text = self.aides.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name in self.manques:
                field.error_messages["required"] = self.manques[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _(
                    "Cette adresse e-mail n’est pas complète. Exemple : prenom@exemple.fr"
                )


class NouveauMotDePasse(Formulaire):
    """Base of the forms where a password is chosen and typed twice."""

    libelles: ClassVar[dict[str, Texte]] = {
        "oldpassword": _("Mot de passe actuel"),
        "password1": _("Nouveau mot de passe"),
        "password2": _("Nouveau mot de passe, une seconde fois"),
    }
    aides: ClassVar[dict[str, Texte]] = {"password1": _AIDE_MOT_DE_PASSE}
    manques: ClassVar[dict[str, Texte]] = {
        "oldpassword": _("Écrivez votre mot de passe actuel."),
        "password1": _("Écrivez un nouveau mot de passe."),
        "password2": _("Écrivez le nouveau mot de passe une seconde fois."),
    }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("password1") and "password2" in self.errors and self.data.get("password2"):
            self.errors["password2"] = self.error_class([gettext("Les deux mots de passe ne sont pas les mêmes.")])
        return cleaned


class ConnexionForm(Formulaire, account.LoginForm):
    libelles: ClassVar[dict[str, Texte]] = {
        "login": _ADRESSE,
        "password": _("Mot de passe"),
        "remember": _("Garder la connexion ouverte sur cet appareil"),
    }
    aides: ClassVar[dict[str, Texte]] = {"remember": _("Deux semaines. Ne cochez pas sur un appareil partagé.")}
    manques: ClassVar[dict[str, Texte]] = {"login": _MANQUE_ADRESSE, "password": _MANQUE_MOT_DE_PASSE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class AdresseForm(Formulaire, account.AddEmailForm):
    libelles: ClassVar[dict[str, Texte]] = {"email": _("Nouvelle adresse e-mail")}
    aides: ClassVar[dict[str, Texte]] = {"email": _("Vous y recevrez un lien à suivre pour la confirmer.")}
    manques: ClassVar[dict[str, Texte]] = {"email": _("Écrivez la nouvelle adresse e-mail.")}


class MotDePasseOublieForm(Formulaire, account.ResetPasswordForm):
    libelles: ClassVar[dict[str, Texte]] = {"email": _ADRESSE}
    aides: ClassVar[dict[str, Texte]] = {"email": _("Celle de votre compte.")}
    manques: ClassVar[dict[str, Texte]] = {"email": _MANQUE_ADRESSE}


class ChangerMotDePasseForm(NouveauMotDePasse, account.ChangePasswordForm):
    pass


class ChoisirMotDePasseForm(NouveauMotDePasse, account.SetPasswordForm):
    pass


class MotDePasseParLienForm(NouveauMotDePasse, account.ResetPasswordKeyForm):
    pass


class ConfirmerForm(Formulaire, account.ReauthenticateForm):
    libelles: ClassVar[dict[str, Texte]] = {"password": _("Mot de passe")}
    manques: ClassVar[dict[str, Texte]] = {"password": _MANQUE_MOT_DE_PASSE}


class _Code(Formulaire):
    libelles: ClassVar[dict[str, Texte]] = {"code": _("Code")}
    aides: ClassVar[dict[str, Texte]] = {"code": _AIDE_CODE}
    manques: ClassVar[dict[str, Texte]] = {"code": _MANQUE_CODE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(inputmode="numeric", spellcheck="false")


class CodeForm(_Code, mfa.AuthenticateForm):
    pass


class ConfirmerParCodeForm(_Code, mfa.ReauthenticateForm):
    pass


class ApplicationForm(_Code, totp.ActivateTOTPForm):
    aides: ClassVar[dict[str, Texte]] = {"code": _("Les six chiffres que votre application affiche maintenant.")}


class ReponseDeCle(forms.JSONField):
    """What a device answers. The library takes `false` for an answer, and keeps it as a key."""

    widget = forms.HiddenInput
    default_error_messages: ClassVar[dict[str, Texte]] = dict.fromkeys(("required", "invalid"), _SANS_REPONSE)

    def to_python(self, value: Any) -> dict[str, Any]:  # type: ignore[override]  # JSON is no text
        try:
            answer = super().to_python(value)
        except RecursionError:
            answer = None
        if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return answer


class AvecCle(Formulaire):
    """Base of the forms that carry the answer of a device: one that makes no sense is an error of the form."""

    credential = ReponseDeCle()

    @contextmanager
    def malformed_is_wrong(self) -> Iterator[None]:
        try:
            yield
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error) as error:
            raise forms.ValidationError(_SANS_REPONSE, code="invalid") from error


class _MontrerCle(AvecCle):
    def clean_credential(self) -> Authenticator:
        with self.malformed_is_wrong():
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]  # of the form it is mixed in
        return authenticator


class ConnexionParCleForm(_MontrerCle, cles.LoginWebAuthnForm):
    pass


class DeuxiemeEtapeParCleForm(_MontrerCle, cles.AuthenticateWebAuthnForm):
    pass


class ConfirmerParCleForm(_MontrerCle, cles.ReauthenticateWebAuthnForm):
    pass


class AjouterCleForm(AvecCle, cles.AddWebAuthnForm):
    libelles: ClassVar[dict[str, Texte]] = {
        "name": _NOM_DE_CLE,
        "passwordless": _("Entrer avec cette clé seule, sans mot de passe"),
    }
    aides: ClassVar[dict[str, Texte]] = {
        "name": _("Pour la reconnaître si vous en avez plusieurs."),
        "passwordless": _("L’appareil demandera votre empreinte, votre visage ou son code."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = "80"
        self.fields["passwordless"].initial = True

    def clean_name(self) -> str:
        return super().clean_name()[:80]

    def clean(self) -> dict[str, Any] | None:
        with self.malformed_is_wrong():
            cleaned: dict[str, Any] | None = super().clean()
        return cleaned


class RenommerCleForm(Formulaire, cles.EditWebAuthnForm):
    libelles: ClassVar[dict[str, Texte]] = {"name": _NOM_DE_CLE}
    manques: ClassVar[dict[str, Texte]] = {"name": _("Écrivez un nom.")}

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])[:80]


class SessionsForm(ManageUserSessionsForm):
    """Ends one of the person's sessions, or all but the current one."""

    session = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def save(self, request: HttpRequest) -> None:
        chosen = self.cleaned_data["session"]
        if chosen is None:
            super().save(request)
        else:
            end_sessions(request, list(UserSession.objects.filter(user=request.user, pk=chosen)))
