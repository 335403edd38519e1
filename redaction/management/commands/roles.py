"""`manage.py roles`: who may do what."""

from typing import Any

from django.core.management.base import BaseCommand

from redaction.documentation import roles_en_texte


class Command(BaseCommand):
    help = "Affiche les rôles et leurs droits (docs/roles.md)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(roles_en_texte(), ending="")
