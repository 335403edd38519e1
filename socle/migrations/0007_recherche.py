"""Titles by trigram, facets of the index, documents, searches without result. Ends with `manage.py rebuild_search`."""

from typing import ClassVar

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# The threshold belongs to the function: with PostgreSQL's own, a short word with two letters swapped is like no other.
PROCHES = """
CREATE FUNCTION recherche_proches(langue_voulue text, mots text[]) RETURNS TABLE (page_id integer)
LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.4 AS $$
  SELECT proche.page_id FROM unnest(mots) AS mot
  CROSS JOIN LATERAL (
    SELECT entree.page_id FROM socle_entreerecherche AS entree
    WHERE entree.langue = langue_voulue AND mot <% entree.libelle
    ORDER BY word_similarity(mot, entree.libelle) DESC LIMIT 100
  ) AS proche
$$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("socle", "0006_cache_partage")]

    operations: ClassVar = [
        # migration: safe because no version that writes this table has been deployed yet
        migrations.AddField("entreerecherche", "libelle", models.CharField(default="", max_length=255)),
        # migration: safe because no version that writes this table has been deployed yet
        migrations.AddField(
            "entreerecherche",
            "termes",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=90), default=list, size=None
            ),
        ),
        # migration: safe because the table holds one short row a page: the lock lasts milliseconds
        migrations.AddIndex(
            "entreerecherche",
            django.contrib.postgres.indexes.GinIndex(
                fields=["libelle"], name="recherche_libelle", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.CreateModel(
            "DocumentRecherche",
            [
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="socle.fichier",
                    ),
                ),
                ("vecteur", django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
            options={
                "verbose_name": "document de la recherche",
                "verbose_name_plural": "documents de la recherche",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vecteur"], name="recherche_document_vecteur")
                ],
            },
        ),
        migrations.CreateModel(
            "RechercheSansResultat",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("langue", models.CharField(max_length=20, verbose_name="langue")),
                ("mots", models.CharField(max_length=60, verbose_name="mots cherchés")),
                ("jour", models.DateField(db_index=True, verbose_name="jour")),
                ("nombre", models.PositiveIntegerField(default=1, verbose_name="nombre")),
            ],
            options={
                "verbose_name": "recherche sans résultat",
                "verbose_name_plural": "recherches sans résultat",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("langue", "mots", "jour"), name="recherche_sans_resultat_unique"
                    )
                ],
            },
        ),
        # migration: safe because it adds a function that no earlier version knows
        migrations.RunSQL(PROCHES, "DROP FUNCTION recherche_proches(text, text[]);"),
    ]
