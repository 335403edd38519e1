"""Rebuilds the index of the public search."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandParser
from wagtail.models import Page

from socle import generation
from socle.models import BasePage, DocumentRecherche, EntreeRecherche, Fichier
from socle.search import indexer, indexer_document
from socle.search.index import VERSION

T = TypeVar("T")
WIDTH = 40


class Command(BaseCommand):
    help = "Reconstruit l’index de la recherche publique, d’où viennent aussi les filtres des listes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stale", action="store_true", help="Seulement ce qui manque, ou qu’une version plus ancienne a écrit."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.verbosity: int = options["verbosity"]
        pages = Page.objects.live().filter(depth__gt=1).select_related("locale")
        EntreeRecherche.objects.exclude(page__in=pages).delete()
        if options["stale"]:
            pages = pages.exclude(entree_recherche__version=VERSION)
        number = 0
        for page in self.progress("Pages", pages.specific().iterator(), pages.count()):
            if isinstance(page, BasePage):
                indexer(page)
                number += 1
        fichiers = Fichier.objects.all()
        DocumentRecherche.objects.exclude(document__in=fichiers).delete()
        if options["stale"]:
            fichiers = fichiers.exclude(pk__in=DocumentRecherche.objects.values("pk"))
        for document in self.progress("Documents", fichiers.iterator(), fichiers.count()):
            indexer_document(document)
        generation.increment()
        if self.verbosity:
            self.stdout.write(f"{number} pages indexées.")

    def progress(self, label: str, things: Iterable[T], total: int) -> Iterator[T]:
        """Show how far it is, on a terminal."""
        shown = self.verbosity > 0 and self.stdout.isatty()
        for number, thing in enumerate(things, start=1):
            yield thing
            if shown:
                done = WIDTH * number // max(total, number)
                bar = "█" * done + "·" * (WIDTH - done)
                self.stdout.write(f"\r{label:<10} {bar} {number}/{total}", ending="")
        if shown and total:
            self.stdout.write("")
