"""The mails to the team: titles and links, nothing else of the pages and of the proposals."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from redaction.models.notifications import Genre, Notification
from redaction.models.propositions import Proposition

PLUSIEURS = "Ce qui vous attend"


def adresse(name: str, *args: int) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


def courriel(destinataire: str, notifications: Sequence[Notification]) -> EmailMessage:
    """Return the mail that tells one thing, or several together."""
    kinds = {Genre(notification.genre): None for notification in notifications}
    parts = [_partie(kind, [each for each in notifications if each.genre == kind]) for kind in kinds]
    return EmailMessage(
        # A subject is shown on locked screens and kept in mail logs: it names no page.
        subject=f"[{settings.WAGTAIL_SITE_NAME}] {next(iter(kinds)).label if len(notifications) == 1 else PLUSIEURS}",
        body="\n".join(
            [
                "Bonjour,",
                "",
                *parts,
                f"Choisir quand nous vous écrivons : {adresse('wagtailadmin_account')}",
                "",
            ]
        ),
        to=[destinataire],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _partie(genre: Genre, notifications: Sequence[Notification]) -> str:
    lines = [f"{genre.label} :", ""]
    for titre, lien in dict.fromkeys(map(_lien, notifications)):
        lines += [f"- {titre}", f"  {lien}", ""]
    return "\n".join(lines)


def _lien(notification: Notification) -> tuple[str, str]:
    """Return the title and the address of what a person is told of."""
    sujet = notification.sujet
    if isinstance(sujet, Proposition):
        # A stranger wrote that title: it must not pass for our own lines.
        return " ".join(sujet.intitule.split()), f"{settings.WAGTAILADMIN_BASE_URL}{sujet.url_admin}"
    return sujet.get_admin_display_title(), adresse("wagtailadmin_pages:edit", sujet.pk)
