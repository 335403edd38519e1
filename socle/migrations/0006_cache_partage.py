"""The cache that the processes share where there is no Redis: unlogged, since nothing in it is worth a recovery."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("socle", "0005_generation")]

    operations: ClassVar = [
        # migration: safe because it makes a table that no earlier version knows
        migrations.RunSQL(
            sql=[
                "CREATE UNLOGGED TABLE plateforme_cache ("
                "cache_key varchar(255) NOT NULL PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);",
                "CREATE INDEX plateforme_cache_expires ON plateforme_cache (expires);",
            ],
            reverse_sql=["DROP TABLE plateforme_cache;"],
        ),
    ]
