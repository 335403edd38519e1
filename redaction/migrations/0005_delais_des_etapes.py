from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('redaction', '0004_propositions_du_public'),
    ]

    operations = [
        migrations.AddField(
            model_name='relectureenbinome',
            name='delai',
            field=models.PositiveSmallIntegerField(db_default=7, default=7, help_text='Passé ce nombre de jours, la page est en retard.', verbose_name='délai, en jours'),
        ),
        migrations.AddField(
            model_name='validation',
            name='delai',
            field=models.PositiveSmallIntegerField(db_default=3, default=3, help_text='Passé ce nombre de jours, la page est en retard.', verbose_name='délai, en jours'),
        ),
    ]
