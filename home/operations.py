"""Changes of state of the home app."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from home.models import HomePage, MessageContact
from home.tasks import transmettre_message

CONSERVATION = datetime.timedelta(days=365)


@transaction.atomic
def recevoir_message(message: MessageContact, destinataire: str) -> MessageContact:
    """Store a contact message, and with it the task that mails it to `destinataire` (nobody when empty).

    Both or neither: whatever is killed afterwards, the mail leaves.
    """
    message.save()
    if destinataire:
        transmettre_message.enqueue(message.pk, destinataire)
    return message


def effacer_messages_anciens(maintenant: datetime.datetime | None = None) -> int:
    """Delete the messages older than `CONSERVATION`; return how many."""
    limite = (maintenant or timezone.now()) - CONSERVATION
    nombre, _details = MessageContact.objects.filter(recu_le__lt=limite).delete()
    return nombre


@transaction.atomic
def installer_accueil(langue: str, titre: str) -> HomePage:
    """Return the home page of a language, created unpublished if there is none.

    The French home page becomes the root of the default site, in place of Wagtail's welcome page; the others are its
    versions.
    """
    existing = HomePage.objects.filter(locale__language_code=langue).first()
    if existing is not None:
        return existing
    tree_root = Page.objects.get(depth=1)
    home = HomePage(title=titre, slug=langue, locale=Locale.objects.get(language_code=langue), live=False)
    source = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if source is not None:
        home.translation_key = source.translation_key
    tree_root.add_child(instance=home)
    if langue == settings.LANGUAGE_CODE:
        site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
        welcome = site.root_page if site.pk else None
        site.root_page = home
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()
        if welcome is not None and welcome.specific_class is Page:
            welcome.delete()
    return home
