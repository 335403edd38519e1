"""`manage.py messages`: bring the catalogues up to date with the templates and the code."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template import engines

from socle.catalogues import (
    catalogue_path,
    extract_messages,
    hijacked,
    inactive_languages,
    merge,
    problems,
    read_catalogue,
    translated_languages,
)


class Command(BaseCommand):
    help = "Extract the public interface strings and merge them into the catalogues of locale/."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if anything is stale or missing")

    def handle(self, *args: Any, **options: Any) -> None:
        messages = extract_messages(settings.BASE_DIR, self.template_dirs(), self.python_dirs())
        found = [*hijacked(messages), *inactive_languages()]
        for language in translated_languages():
            path = catalogue_path(language)
            existing = read_catalogue(path)
            merged = merge(language, messages, existing)
            text = f"{merged}\n"
            stale = not path.exists() or path.read_text(encoding="utf-8") != text
            if options["check"]:
                found += [f"{language}: the catalogue is stale, run `make messages`"] * stale
                found += problems(merged, language)
                continue
            if stale:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            kept = {(entry.msgctxt, entry.msgid) for entry in merged}
            for entry in existing:
                if entry.translated() and (entry.msgctxt, entry.msgid) not in kept:
                    self.stdout.write(f"{language}: dropped “{entry.msgid}” = “{entry.msgstr}”")
            missing = sum(not entry.translated() for entry in merged)
            self.stdout.write(f"{language}: {len(merged)} strings, {missing} to translate")
        if options["check"] and found:
            raise CommandError("\n".join(found))
        for problem in found:
            self.stderr.write(problem)

    def template_dirs(self) -> list[Path]:
        return [Path(folder) for folder in engines["django"].dirs]

    def python_dirs(self) -> list[Path]:
        ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
        return [*ours, settings.BASE_DIR / "site" / "plateforme"]
