"""One Wagtail locale for each language of the settings."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import migrations


def create_locales(apps: Any, schema_editor: Any) -> None:
    Locale = apps.get_model("wagtailcore", "Locale")
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("socle", "0003_text_search")]

    operations: ClassVar = [
        # migration: safe because it adds a few rows that no earlier version reads
        migrations.RunPython(create_locales, migrations.RunPython.noop),
    ]
