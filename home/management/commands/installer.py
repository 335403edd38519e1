"""`manage.py installer`: what a new site needs before its editors can start."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Site

from home.operations import installer_accueil
from redaction.operations.roles import synchroniser_roles
from socle.operations import semer_vocabulaires
from variantes.operations.pictogrammes import Etat, installer_banque


class Command(BaseCommand):
    help = "Prépare un site neuf : adresse, accueil en français, vocabulaires, rôles, pictogrammes. Ne change rien de ce qui existe."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        terms = semer_vocabulaires()
        home = installer_accueil(settings.LANGUAGE_CODE, settings.WAGTAIL_SITE_NAME)
        synchroniser_roles()
        if home.first_published_at is None and not home.live:
            home.save_revision().publish()
            self.stdout.write(f"Page d’accueil publiée : {home.title}")
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site = Site.objects.get(is_default_site=True)
        if site.hostname == "localhost" and address.hostname:
            site.hostname = address.hostname
            site.port = address.port or (443 if address.scheme == "https" else 80)
            site.save()
            self.stdout.write(f"Adresse du site : {site.root_url}")
        self.stdout.write(f"{terms} termes de vocabulaire ajoutés.")
        made = list(installer_banque().values()).count(Etat.CREE)
        self.stdout.write(f"{made} pictogrammes ajoutés.")
