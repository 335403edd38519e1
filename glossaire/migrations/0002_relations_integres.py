from django.db import migrations

# What stands above a concept, at any distance, and what stands below it.
FUNCTION = """
CREATE FUNCTION glossaire_verifier_relation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Two transactions could each add half of a circle: they take turns.
  PERFORM pg_advisory_xact_lock(hashtext('glossaire_relations'));
  IF NEW.genre NOT IN ('plus_large', 'associe') THEN
    RETURN NULL;
  END IF;
  IF NEW.genre = 'plus_large' AND EXISTS (
    WITH RECURSIVE haut(id) AS (
      SELECT NEW.vers_id
      UNION
      SELECT r.vers_id FROM glossaire_relation r JOIN haut ON r.de_id = haut.id WHERE r.genre = 'plus_large'
    )
    SELECT 1 FROM haut WHERE id = NEW.de_id
  ) THEN
    RAISE EXCEPTION 'glossaire_relation_sans_cycle: a concept would be broader than itself'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'glossaire_relation_sans_cycle', TABLE = 'glossaire_relation';
  END IF;
  IF EXISTS (
    WITH RECURSIVE
    bas(id) AS (
      SELECT NEW.de_id
      UNION
      SELECT r.de_id FROM glossaire_relation r JOIN bas ON r.vers_id = bas.id
      WHERE r.genre = 'plus_large' AND NEW.genre = 'plus_large'
    ),
    haut(id) AS (
      SELECT NEW.vers_id
      UNION
      SELECT r.vers_id FROM glossaire_relation r JOIN haut ON r.de_id = haut.id
      WHERE r.genre = 'plus_large' AND NEW.genre = 'plus_large'
    ),
    -- Above each of the two concepts that are said to be associated.
    dessus(depart, id) AS (
      SELECT d.id, d.id FROM (VALUES (NEW.de_id), (NEW.vers_id)) AS d(id) WHERE NEW.genre = 'associe'
      UNION
      SELECT dessus.depart, r.vers_id FROM glossaire_relation r JOIN dessus ON r.de_id = dessus.id
      WHERE r.genre = 'plus_large'
    )
    SELECT 1 FROM dessus
    WHERE depart <> id AND id IN (NEW.de_id, NEW.vers_id)
    UNION ALL
    SELECT 1 FROM glossaire_relation r
    WHERE NEW.genre = 'plus_large' AND r.genre = 'associe' AND (
      (r.de_id IN (SELECT id FROM bas) AND r.vers_id IN (SELECT id FROM haut))
      OR (r.vers_id IN (SELECT id FROM bas) AND r.de_id IN (SELECT id FROM haut))
    )
  ) THEN
    RAISE EXCEPTION 'glossaire_relation_associe_ou_plus_large: a concept would be both associated with another and above it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'glossaire_relation_associe_ou_plus_large',
      TABLE = 'glossaire_relation';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER glossaire_relation_integre AFTER INSERT OR UPDATE ON glossaire_relation
  FOR EACH ROW EXECUTE FUNCTION glossaire_verifier_relation();
"""
BACK = """
DROP TRIGGER glossaire_relation_integre ON glossaire_relation;
DROP FUNCTION glossaire_verifier_relation();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('glossaire', '0001_initial'),
    ]

    operations = [
        # migration: safe because no earlier version knows the table
        migrations.RunSQL(FUNCTION, BACK),
    ]
