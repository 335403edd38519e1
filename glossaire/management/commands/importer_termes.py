"""Takes a table of terms into the glossary, as drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from glossaire.models import ImportTermes
from glossaire.operations import import_termes as operations
from glossaire.queries.imports import comptes


class Command(BaseCommand):
    help = (
        "Examine un tableau de termes (CSV ou XLSX) et dit ce que devient chaque ligne. Avec --appliquer, les écrit"
        " comme brouillons, au nom et avec les droits d’une personne. Peut être relancée sans risque."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--par", required=True, help="l’adresse e-mail de la personne qui importe")
        parser.add_argument("--appliquer", action="store_true", help="écrit les lignes acceptées")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=options["par"], is_active=True).first()
        if user is None:
            raise CommandError(f"Aucun compte ouvert n’a l’adresse {options['par']}.")
        try:
            importation = operations.preparer(options["fichier"].read_bytes(), options["fichier"].name, user)
            if options["appliquer"] and importation.lignes.filter(resultat__startswith="a_").exists():
                operations.confirmer(importation, user)
                # Whatever runs the background tasks: the command ends when all is written.
                operations.executer(importation.pk)
        except (ValidationError, OSError) as error:
            reasons = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise CommandError(" ".join(reasons)) from error
        except PermissionDenied as error:
            raise CommandError(f"{user} n’a pas le droit d’importer des termes.") from error
        self._dire(importation, applique=options["appliquer"])

    def _dire(self, importation: ImportTermes, *, applique: bool) -> None:
        for ligne in importation.lignes.order_by("numero"):
            said = "; ".join(filter(None, [*ligne.raison.splitlines(), *ligne.remarque.splitlines()]))
            place = f"ligne {ligne.numero}, {ligne.identifiant} ({ligne.langue})"
            self.stdout.write(f"{place} : {ligne.get_resultat_display()}{f' – {said}' if said else ''}")
        summary = ", ".join(f"{number} {label.lower()}" for _value, label, number in comptes(importation))
        self.stdout.write(f"{'' if applique else 'Essai, rien n’est changé. '}{summary}.")
        if not applique:
            importation.delete()
