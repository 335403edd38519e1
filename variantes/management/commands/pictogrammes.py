"""`manage.py pictogrammes`: the bank of pictograms, made pictures that editors can choose."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from variantes.operations.pictogrammes import installer_banque


class Command(BaseCommand):
    help = (
        "Crée ou met à jour les pictogrammes de la banque. Ne change rien de ce que l’équipe a modifié, "
        "ne recrée pas ce qu’elle a supprimé. Peut être relancée sans risque."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retablir", action="store_true", help="recrée les pictogrammes que l’équipe a supprimés")

    def handle(self, *args: Any, **options: Any) -> None:
        found = installer_banque(retablir=options["retablir"])
        if options["verbosity"] > 1:
            for concept, etat in found.items():
                self.stdout.write(f"{concept} : {etat.value}")
        if options["verbosity"]:
            number = Counter(found.values())
            summary = ", ".join(f"{count} {etat.value}" for etat, count in number.items())
            self.stdout.write(f"{len(found)} pictogrammes : {summary}.")
