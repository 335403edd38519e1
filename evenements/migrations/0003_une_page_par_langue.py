from django.db import migrations

# wagtailcore_page has one page of a key in each language: one that has the key of its event is the only one there.
FUNCTION = """
CREATE FUNCTION evenements_verifier_page() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  page_id integer;
BEGIN
  IF TG_TABLE_NAME = 'wagtailcore_page' THEN
    page_id := NEW.id;
  ELSE
    page_id := NEW.page_ptr_id;
  END IF;
  IF EXISTS (
    SELECT 1 FROM evenements_evenementpage p
    JOIN wagtailcore_page w ON w.id = p.page_ptr_id
    JOIN evenements_evenement e ON e.id = p.evenement_id
    WHERE p.page_ptr_id = page_id AND w.translation_key <> e.cle
  ) THEN
    RAISE EXCEPTION 'evenement_une_page_par_langue: a page has the facts of another event'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'evenement_une_page_par_langue',
      TABLE = 'evenements_evenementpage';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER evenement_une_page_par_langue AFTER INSERT OR UPDATE ON evenements_evenementpage
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION evenements_verifier_page();
CREATE CONSTRAINT TRIGGER evenement_une_page_par_langue AFTER UPDATE OF translation_key ON wagtailcore_page
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.translation_key <> NEW.translation_key)
  EXECUTE FUNCTION evenements_verifier_page();
"""
BACK = """
DROP TRIGGER evenement_une_page_par_langue ON wagtailcore_page;
DROP TRIGGER evenement_une_page_par_langue ON evenements_evenementpage;
DROP FUNCTION evenements_verifier_page();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('evenements', '0002_inscriptions_dans_la_capacite'),
    ]

    operations = [
        # migration: safe because no earlier version knows the table
        migrations.RunSQL(FUNCTION, BACK),
    ]
