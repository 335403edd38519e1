"""`manage.py sync_roles`: the groups of the team and their rights, as the matrix says."""

from typing import Any

from django.core.management.base import BaseCommand

from redaction.operations.roles import synchroniser_roles


class Command(BaseCommand):
    help = "Crée les rôles de l’équipe et leur donne leurs droits, ni plus ni moins. Peut être relancée sans risque."

    def handle(self, *args: Any, **options: Any) -> None:
        synchroniser_roles()
        if options["verbosity"]:
            self.stdout.write("Rôles à jour.")
