"""After SECRET_KEY has changed: the last use of the old key."""

from typing import Any

from django.core.management.base import BaseCommand

from socle.comptes.operations import rechiffrer_seconds_facteurs


class Command(BaseCommand):
    help = "Chiffre à nouveau les secrets de double authentification avec la clé SECRET_KEY d’aujourd’hui."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Secrets chiffrés à nouveau : {rechiffrer_seconds_facteurs()}.")
