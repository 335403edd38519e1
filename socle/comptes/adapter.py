"""Where django-allauth asks the project: who may come in, where they go, what they are told."""

from ipaddress import IPv6Address
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.core import context as current
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from socle.comptes.appareils import appareil
from socle.comptes.chiffrement import cipher
from socle.comptes.operations import confirmer_adresse
from socle.comptes.textes import COURRIELS, ERREURS_COMPTE, ERREURS_SECOND_FACTEUR, MESSAGES, METHODES, Texte
from socle.models import ReglagesSite, Utilisateur


class CompteAdapter(DefaultAccountAdapter):
    """Accounts are opened by the administration, for a person whose address it knows."""

    error_messages: ClassVar[dict[str, Texte]] = {**DefaultAccountAdapter.error_messages, **ERREURS_COMPTE}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a pseudonym, in the shape of an address: sessions are noted, and limits counted, with nothing else."""
        network = truncate_ip(super().get_client_ip(request))
        digest = salted_hmac("socle.comptes", network, algorithm="sha256").digest()
        return str(IPv6Address(digest[:16]))

    def is_safe_url(self, url: str) -> bool:
        """Only this very host: the library also trusts every host that the settings name."""
        request = current.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def pre_login(self, request: HttpRequest, user: Utilisateur, **kwargs: Any) -> HttpResponse | None:
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        # Made by a command or before the addresses were noted: a sign-up, if one day there is one, notes a first one.
        if response is None and not EmailAddress.objects.filter(user=user, primary=True).exists():
            confirmer_adresse(user)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        editor = request.user.has_perm("wagtailadmin.access_admin")
        return reverse("wagtailadmin_home" if editor else "compte")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("compte" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("compte")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**method, "description": METHODES[method["id"]]} for method in methods]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if message is None and message_template in MESSAGES:
            message = str(MESSAGES[message_template]) % (message_context or {})
        super().add_message(request, level, message_template, message_context, extra_tags, message)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """One template for every mail: what it says is in `socle.comptes.textes`."""
        courriel = COURRIELS[template_prefix]
        site = ReglagesSite.for_request(current.request).nom
        agent = context.get("user_agent")
        values = {
            "texte": str(courriel.texte) % context,
            "lien": context.get("password_reset_url") or context.get("activate_url") or "",
            "moment": context.get("timestamp"),
            "appareil": appareil(agent) if agent else "",
            "site": site,
            "adresse_du_site": current.request.build_absolute_uri("/"),
        }
        body = render_to_string("account/email/message.txt", values).strip()
        to = [email] if isinstance(email, str) else email
        return EmailMessage(f"{courriel.sujet} – {site}", f"{body}\n", self.get_from_email(), to, headers=headers)

    def send_invitation(self, user: Utilisateur) -> None:
        """Mail a link that lets the person choose a password, once."""
        key = f"{user_pk_to_url_str(user)}-{PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
        context = {"password_reset_url": self.get_reset_password_from_key_url(key)}
        self.send_mail("account/email/invitation", user.email, context)


class SecondFacteurAdapter(DefaultMFAAdapter):
    """Second factors carry the name of the site; their secrets are encrypted in the database."""

    error_messages: ClassVar[dict[str, Texte]] = {**DefaultMFAAdapter.error_messages, **ERREURS_SECOND_FACTEUR}

    def _get_site_name(self) -> str:
        return str(ReglagesSite.for_request(current.request).nom)

    def build_totp_svg(self, url: str) -> str:
        """Draw the code on white: it must be read in a dark theme too."""
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        return str(qrcode.make(url, image_factory=SvgPathFillImage, border=2).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: Utilisateur, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Clé d’accès %(numero)s") % {"numero": number}

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()
