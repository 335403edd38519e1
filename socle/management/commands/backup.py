"""`manage.py backup FOLDER`: a dated, verified copy of the database and the media."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from socle.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Sauvegarde la base et les médias dans un dossier daté, avec les sommes de contrôle de chaque fichier."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DOSSIER", help="où ranger les sauvegardes")
        parser.add_argument("--keep", type=int, default=14, metavar="N", help="combien en garder (14)")

    def handle(self, *args: Any, **options: Any) -> None:
        report = self.stdout.write if options["verbosity"] else lambda _line: None
        try:
            made = back_up(options["folder"], keep=options["keep"], report=report)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"Sauvegarde faite : {made}"))
