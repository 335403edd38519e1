"""What a search finds, in one call that reads nothing but indexes."""

from typing import ClassVar

from django.db import migrations

# Words of titles alone, read from the vector of the page: the weights of an index on the whole vector would make
# PostgreSQL read every vector found.
TITRES = "CREATE INDEX recherche_titres ON socle_entreerecherche USING gin (ts_filter(vecteur, '{a}'));"

# The planner does not know that a vector is kept apart from its row: where a word is frequent it would read them all,
# by the table or by the order asked for, rather than the index of words.
TROUVEES = """
CREATE FUNCTION recherche_trouvees(langue_voulue text, question tsquery, nombre integer)
RETURNS TABLE (pages integer[], titres integer[], presque integer[], documents integer[])
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
  SELECT
    ARRAY(
      SELECT page_id FROM socle_entreerecherche
      WHERE vecteur @@ question AND langue = langue_voulue ORDER BY page_id DESC
    ),
    ARRAY(
      SELECT page_id FROM socle_entreerecherche
      WHERE ts_filter(vecteur, '{a}') @@ question AND langue = langue_voulue ORDER BY page_id DESC LIMIT nombre
    ),
    ARRAY(
      SELECT page_id FROM socle_entreerecherche
      WHERE ts_filter(vecteur, '{a}') @@ replace(question::text, ' & ', ' | ')::tsquery AND langue = langue_voulue
      ORDER BY page_id DESC LIMIT nombre
    ),
    ARRAY(SELECT document_id FROM socle_documentrecherche WHERE vecteur @@ question)
$$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("socle", "0008_termes")]

    operations: ClassVar = [
        # migration: safe because the table holds one row a page: the lock lasts milliseconds
        migrations.RunSQL(TITRES, "DROP INDEX recherche_titres;"),
        # migration: safe because it adds a function that no earlier version knows
        migrations.RunSQL(TROUVEES, "DROP FUNCTION recherche_trouvees(text, tsquery, integer);"),
    ]
