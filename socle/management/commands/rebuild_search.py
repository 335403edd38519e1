"""Rebuilds the index of the public search."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.core.management.base import BaseCommand
from wagtail.models import Page

from socle import generation
from socle.models import BasePage, DocumentRecherche, EntreeRecherche, Fichier
from socle.search import indexer, indexer_document

T = TypeVar("T")
WIDTH = 40


class Command(BaseCommand):
    help = "Reconstruit l’index de la recherche publique."

    def handle(self, *args: Any, **options: Any) -> None:
        self.verbosity: int = options["verbosity"]
        pages = Page.objects.live().filter(depth__gt=1).select_related("locale")
        EntreeRecherche.objects.exclude(page__in=pages).delete()
        number = 0
        for page in self.progress("Pages", pages.specific().iterator(), pages.count()):
            if isinstance(page, BasePage):
                indexer(page)
                number += 1
        fichiers = Fichier.objects.all()
        DocumentRecherche.objects.exclude(document__in=fichiers).delete()
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
