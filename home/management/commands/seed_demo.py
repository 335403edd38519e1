"""Fills the site with demonstration content and accounts."""

import os
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from home.demo.contenu import SiteDemo
from redaction.operations import synchroniser_roles

PASSWORD = "demo-partenariat"  # noqa: S105 -- public on purpose: it opens demonstration accounts only
COMPTES = {"administration@demo.test": ("Administration", "Démo")}


class Command(BaseCommand):
    help = "Crée le contenu et les comptes de démonstration qui manquent. Refusé en production."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("Le contenu de démonstration est refusé en production.")
        password = os.environ.get("DEMO_PASSWORD", PASSWORD)
        number = SiteDemo().build()
        synchroniser_roles()
        users = get_user_model().objects
        for email, (first_name, last_name) in COMPTES.items():
            if not users.filter(email=email).exists():
                users.create_superuser(email, password, first_name=first_name, last_name=last_name)
        self.stdout.write(f"{number} pages de démonstration créées.")
