"""`manage.py compile_catalogues`: write the binary catalogues Django reads."""

from typing import Any

from django.core.management.base import BaseCommand

from socle.catalogues import catalogue_path, compile_catalogue, translated_languages


class Command(BaseCommand):
    help = "Compile the interface strings of locale/ (no GNU gettext needed)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        paths = [catalogue_path(language) for language in translated_languages()]
        changed = [path for path in paths if path.exists() and compile_catalogue(path)]
        if changed and options["verbosity"] > 0:
            self.stdout.write(f"{len(changed)} catalogues compiled")
