from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('redaction', '0006_notifications_de_propositions'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        # migration: safe because no released version has this table
        migrations.RemoveConstraint(
            model_name='notification',
            name='notification_genre_connu',
        ),
        migrations.AlterField(
            model_name='notification',
            name='genre',
            field=models.CharField(choices=[('relecture', 'Une page attend votre relecture'), ('validation', 'Une page attend votre validation'), ('a_modifier', 'Des modifications vous sont demandées'), ('approuvee', 'Votre page est approuvée'), ('publiee', 'Votre page est publique'), ('a_revoir', 'Une page est à revoir'), ('proposition', 'Une proposition attend l’équipe'), ('retard', 'La page en français a changé')], max_length=20),
        ),
        # migration: safe because no released version has this table
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('genre__in', ['relecture', 'validation', 'a_modifier', 'approuvee', 'publiee', 'a_revoir', 'proposition', 'retard'])), name='notification_genre_connu'),
        ),
    ]
