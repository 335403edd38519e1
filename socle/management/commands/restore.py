"""`manage.py restore FOLDER`: puts the database and the media of a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from socle.backup import BackupError, restore
from socle.backup.operations import check, chosen


class Command(BaseCommand):
    help = "Vérifie une sauvegarde, puis remet la base et les médias comme elle les décrit."
    # The database may be empty, and the site unable to pass its own checks.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            type=Path,
            metavar="DOSSIER",
            help="une sauvegarde, ou le dossier où elles sont rangées (la dernière)",
        )
        parser.add_argument("--check", action="store_true", help="vérifier la sauvegarde, sans rien restaurer")
        parser.add_argument("--force", action="store_true", help="remplacer un site qui n’est pas vide")
        parser.add_argument(
            "--other-version",
            action="store_true",
            help="accepter une sauvegarde faite par une autre version du logiciel",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = chosen(options["folder"])
        try:
            if options["check"]:
                check(folder)
                self.stdout.write(self.style.SUCCESS(f"Sauvegarde intacte : {folder}"))
                return
            restore(folder, report=self.stdout.write, force=options["force"], other_version=options["other_version"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"Site restauré depuis {folder}."))
        self.stdout.write("Lancez `manage.py migrate`, puis redémarrez les processus web, worker et clock.")
