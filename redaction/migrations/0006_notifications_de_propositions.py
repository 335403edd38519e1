import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('redaction', '0005_delais_des_etapes'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        # migration: safe because no released version has this table
        migrations.RemoveConstraint(
            model_name='notification',
            name='notification_genre_connu',
        ),
        migrations.AddField(
            model_name='notification',
            name='proposition',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='redaction.proposition'),
        ),
        migrations.AlterField(
            model_name='notification',
            name='genre',
            field=models.CharField(choices=[('relecture', 'Une page attend votre relecture'), ('validation', 'Une page attend votre validation'), ('a_modifier', 'Des modifications vous sont demandées'), ('approuvee', 'Votre page est approuvée'), ('publiee', 'Votre page est publique'), ('a_revoir', 'Une page est à revoir'), ('proposition', 'Une proposition attend l’équipe')], max_length=20),
        ),
        migrations.AlterField(
            model_name='notification',
            name='page',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page'),
        ),
        migrations.AlterField(
            model_name='preferencenotification',
            name='rythme',
            field=models.CharField(choices=[('immediat', 'Tout de suite'), ('quotidien', 'Une fois par jour, le matin'), ('jamais', 'Jamais')], default='immediat', max_length=20, verbose_name='M’écrire quand une page ou une proposition m’attend ou change d’état'),
        ),
        # migration: safe because no released version has this table
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(fields=('user', 'genre', 'proposition', 'cle'), name='notification_une_fois_par_proposition'),
        ),
        # migration: safe because no released version has this table
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('genre__in', ['relecture', 'validation', 'a_modifier', 'approuvee', 'publiee', 'a_revoir', 'proposition'])), name='notification_genre_connu'),
        ),
        # migration: safe because no released version has this table
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('page', None), ('proposition', None), _connector='XOR'), name='notification_d_une_chose'),
        ),
    ]
