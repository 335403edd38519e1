"""Opens a way back to a person who has lost phone, passkeys and recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from socle.comptes.operations import retirer_second_facteur
from socle.models import Utilisateur


class Command(BaseCommand):
    help = "Retire la double authentification d’un compte et ferme ses connexions, une fois la personne reconnue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="adresse e-mail du compte")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = Utilisateur.objects.get(email__iexact=options["email"])
        except Utilisateur.DoesNotExist:
            raise CommandError("Aucun compte n’a cette adresse.") from None
        number = retirer_second_facteur(user)
        self.stdout.write(f"Moyens retirés : {number}. Les connexions ouvertes sont fermées.")
