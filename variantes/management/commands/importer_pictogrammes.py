"""`manage.py importer_pictogrammes DOSSIER --credits credits.csv`: pictograms of others, with their credits."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from variantes.operations.import_pictogrammes import importer
from variantes.pictogrammes.credits import COLONNES


class Command(BaseCommand):
    help = (
        "Importe un dossier d’images PNG ou WebP dans les pictogrammes, avec un fichier CSV de crédits en UTF-8 "
        f"(colonnes : {', '.join(COLONNES)}). Dit ce que devient chaque ligne. Peut être relancée sans risque."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dossier", type=Path)
        parser.add_argument("--credits", type=Path, required=True, help="le fichier CSV des crédits")
        parser.add_argument("--fonds", default="", help="le nom de cet ensemble (par défaut, celui du dossier)")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait fait, sans rien changer")

    def handle(self, *args: Any, **options: Any) -> None:
        dossier, credits_csv = options["dossier"], options["credits"]
        if not dossier.is_dir():
            raise CommandError(f"{dossier} n’est pas un dossier.")
        if not credits_csv.is_file():
            raise CommandError(f"{credits_csv} n’est pas un fichier.")
        try:
            comptes = importer(dossier, credits_csv, options["fonds"], dry_run=options["dry_run"])
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        for compte in comptes:
            place = f"ligne {compte.ligne}" if compte.ligne else "sans ligne"
            reason = f" : {compte.raison}" if compte.raison else ""
            self.stdout.write(f"{place}, {compte.fichier} : {compte.etat}{reason}")
        number = Counter(compte.etat for compte in comptes)
        summary = ", ".join(f"{count} {etat}" for etat, count in number.items()) or "rien à importer"
        before = "Essai, rien n’est changé. " if options["dry_run"] else ""
        self.stdout.write(f"{before}{len(comptes)} ligne{'s' if len(comptes) > 1 else ''} : {summary}.")
        if any(compte.refuse for compte in comptes):
            raise CommandError("Des images ont été refusées : corrigez-les, puis relancez la commande.")
