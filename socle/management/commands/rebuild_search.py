"""Rebuilds the index of the public search."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from socle.models import BasePage, EntreeRecherche
from socle.search import indexer


class Command(BaseCommand):
    help = "Reconstruit l’index de la recherche publique."

    def handle(self, *args: Any, **options: Any) -> None:
        pages = Page.objects.live().filter(depth__gt=1).select_related("locale")
        EntreeRecherche.objects.exclude(page__in=pages).delete()
        number = 0
        for page in pages.specific().iterator():
            if isinstance(page, BasePage):
                indexer(page)
                number += 1
        self.stdout.write(f"{number} pages indexées.")
