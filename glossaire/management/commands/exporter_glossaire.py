"""Writes the public glossary as a file."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from glossaire.exports import en_csv, en_skos


class Command(BaseCommand):
    help = "Écrit le glossaire public : tableau (csv) ou données liées SKOS (ttl, jsonld)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--format", choices=("csv", "ttl", "jsonld"), default="ttl")
        parser.add_argument("--sortie", default="", help="Fichier à écrire. Sans lui, le texte sort à l’écran.")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = options["format"]
        text = en_csv() if kind == "csv" else en_skos(kind)
        if not options["sortie"]:
            self.stdout.write(text, ending="")
            return
        with Path(options["sortie"]).open("w", encoding="utf-8-sig" if kind == "csv" else "utf-8", newline="") as file:
            file.write(text)
