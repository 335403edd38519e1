"""Fills the site with demonstration content and accounts."""

import os
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from home.demo.contenu import SiteDemo
from home.demo.etats import semer_etats
from home.demo.inscrits import semer_inscrits
from home.demo.propositions import semer_propositions
from home.demo.relectures import semer_relectures
from redaction import roles
from redaction.operations.roles import synchroniser_roles
from variantes.operations.pictogrammes import installer_banque

PASSWORD = "demo-partenariat"  # noqa: S105 -- public on purpose: it opens demonstration accounts only
TRADUCTION, RELECTURE = (
    {role.langues[0]: role for role in group} for group in (roles.TRADUCTIONS, roles.RELECTURES_TRADUCTION)
)
COMPTES = {
    "contribution@demo.test": ("Alix", roles.CONTRIBUTION),
    "redaction@demo.test": ("Nour", roles.REDACTION),
    "usager@demo.test": ("Samir", roles.REGARD_USAGER),
    "professionnel@demo.test": ("Dominique", roles.REGARD_PROFESSIONNEL),
    "moderation@demo.test": ("Claude", roles.MODERATION),
    "traduction.en@demo.test": ("Robin", TRADUCTION["en"]),
    "relecture.en@demo.test": ("Ellis", RELECTURE["en"]),
    "traduction.ar@demo.test": ("Salma", TRADUCTION["ar"]),
    "relecture.ar@demo.test": ("Nadir", RELECTURE["ar"]),
    "falc@demo.test": ("Camille", roles.REDACTION_FALC),
    "lecture.falc@demo.test": ("Lou", roles.RELECTURE_FALC),
    "animation@demo.test": ("Sacha", roles.ANIMATION),
}


class Command(BaseCommand):
    help = "Crée le contenu et les comptes de démonstration qui manquent. Refusé en production."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("Le contenu de démonstration est refusé en production.")
        password = os.environ.get("DEMO_PASSWORD", PASSWORD)
        # Before the pages, which show them.
        installer_banque()
        site = SiteDemo()
        number = site.build()
        synchroniser_roles()
        users = get_user_model().objects
        if not users.filter(email="administration@demo.test").exists():
            users.create_superuser("administration@demo.test", password, first_name="Administration", last_name="Démo")
        for email, (first_name, role) in COMPTES.items():
            if not users.filter(email=email).exists():
                user = users.create_user(email, password, first_name=first_name, last_name="Démo")
                user.groups.add(Group.objects.get(name=role.nom))
        semer_inscrits(site.rencontres, list(users.filter(email="animation@demo.test")))
        # Nobody reads the mail of the demonstration accounts.
        with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
            number += semer_relectures(site)
            number += semer_etats(site)
            semer_propositions(users.filter(email="moderation@demo.test").first())
        self.stdout.write(f"{number} pages de démonstration créées.")
