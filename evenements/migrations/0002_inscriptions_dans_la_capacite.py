from django.db import migrations, models

# Whoever comes by the site never takes a seat that is not there, whatever the code does. The team and the day itself may
# go beyond; a capacity that is lowered takes no seat away.
FUNCTIONS = """
CREATE FUNCTION evenements_verifier_places(dates bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(dates) = 0 THEN
    RETURN;
  END IF;
  -- Two transactions could each take the last seat: they take turns. The operations hold the date already.
  PERFORM 1 FROM evenements_seance WHERE id = ANY(dates) AND capacite IS NOT NULL ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT 1 FROM evenements_seance s
    WHERE s.id = ANY(dates) AND s.capacite < (
      SELECT count(*) FROM evenements_inscription i WHERE i.seance_id = s.id AND i.etat IN ('confirmee', 'offre')
    )
  ) THEN
    RAISE EXCEPTION 'inscription_dans_la_capacite: there is no seat left'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'inscription_dans_la_capacite', TABLE = 'evenements_inscription';
  END IF;
END
$$;
CREATE FUNCTION evenements_places_prises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM evenements_verifier_places(ARRAY(
    SELECT DISTINCT seance_id FROM apres WHERE etat IN ('confirmee', 'offre') AND source = 'site'
  ));
  RETURN NULL;
END
$$;
CREATE FUNCTION evenements_places_changees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM evenements_verifier_places(ARRAY(
    SELECT DISTINCT apres.seance_id FROM apres JOIN avant ON avant.id = apres.id
    WHERE apres.etat IN ('confirmee', 'offre') AND apres.source = 'site'
      AND (avant.etat NOT IN ('confirmee', 'offre') OR avant.seance_id <> apres.seance_id)
  ));
  RETURN NULL;
END
$$;
CREATE TRIGGER evenements_places_prises AFTER INSERT ON evenements_inscription
  REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION evenements_places_prises();
CREATE TRIGGER evenements_places_changees AFTER UPDATE ON evenements_inscription
  REFERENCING OLD TABLE AS avant NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION evenements_places_changees();
"""
BACK = """
DROP TRIGGER evenements_places_changees ON evenements_inscription;
DROP TRIGGER evenements_places_prises ON evenements_inscription;
DROP FUNCTION evenements_places_changees();
DROP FUNCTION evenements_places_prises();
DROP FUNCTION evenements_verifier_places(bigint[]);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('evenements', '0001_initial'),
    ]

    operations = [
        # migration: safe because no earlier version knows the table
        migrations.RemoveConstraint(
            model_name='inscription',
            name='inscription_a_une_adresse',
        ),
        # migration: safe because no earlier version knows the table
        migrations.AddConstraint(
            model_name='inscription',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ('source__in', ['sur_place', 'equipe']),
                    ('anonyme_le__isnull', False),
                    models.Q(('courriel', ''), _negated=True),
                    _connector='OR',
                ),
                name='inscription_a_une_adresse',
            ),
        ),
        # migration: safe because no earlier version knows the table
        migrations.RunSQL(FUNCTIONS, BACK),
    ]
