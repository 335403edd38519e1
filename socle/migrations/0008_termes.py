"""Lists filter and count by the values that the index keeps; entries say which version of the index wrote them."""

from typing import ClassVar

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("socle", "0007_recherche")]

    operations: ClassVar = [
        # migration: safe because only the name of the relation seen from a page changes, nothing in the database
        migrations.AlterField(
            "entreerecherche",
            "page",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="entree_recherche",
                serialize=False,
                to="wagtailcore.page",
            ),
        ),
        migrations.AddField("entreerecherche", "version", models.PositiveSmallIntegerField(db_default=0)),
        # migration: safe because the table holds one short row a page: the lock lasts milliseconds
        migrations.AddIndex(
            "entreerecherche",
            django.contrib.postgres.indexes.GinIndex(fields=["termes"], name="recherche_termes"),
        ),
    ]
