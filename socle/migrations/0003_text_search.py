"""Text search configurations: the stemmer of each language behind `unaccent`, so that "accordeon" finds "accordéon"."""

from typing import ClassVar

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

LANGUAGES = ("french", "english", "arabic", "spanish", "portuguese", "simple")


def create(name: str) -> str:
    stemmer = "simple" if name == "simple" else f"{name}_stem"
    return (
        f"CREATE TEXT SEARCH CONFIGURATION plateforme_{name} (COPY = pg_catalog.{name});"
        f"ALTER TEXT SEARCH CONFIGURATION plateforme_{name}"
        " ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part"
        f" WITH unaccent, {stemmer};"
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("socle", "0002_initial")]

    operations: ClassVar = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        # migration: safe because nothing uses these configurations before this version
        migrations.RunSQL(
            sql=[create(name) for name in LANGUAGES],
            reverse_sql=[f"DROP TEXT SEARCH CONFIGURATION plateforme_{name};" for name in LANGUAGES],
        ),
    ]
