import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Subquery, Value, When


def count_from_dates(apps, schema_editor):
    """Give the pages that are there already the versions that their dates tell.

    What is public in French is version 1. A variant that was published since was made from it; another from none.
    """
    Page = apps.get_model("wagtailcore", "Page")
    VersionSource = apps.get_model("variantes", "VersionSource")
    FraicheurPage = apps.get_model("variantes", "FraicheurPage")
    published = Page.objects.filter(depth__gt=1, alias_of=None).exclude(last_published_at=None)
    french = published.filter(locale__language_code=settings.LANGUAGE_CODE)
    VersionSource.objects.bulk_create(
        (
            VersionSource(translation_key=key, numero=1, majeure_le=le, revision_id=revision)
            for key, le, revision in french.values_list("translation_key", "last_published_at", "live_revision_id")
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )
    source = VersionSource.objects.filter(translation_key=OuterRef("translation_key")).values("majeure_le")
    variants = (
        published.exclude(locale__language_code=settings.LANGUAGE_CODE)
        .annotate(source_le=Subquery(source))
        .exclude(source_le=None)
        .annotate(version=Case(When(last_published_at__gte=F("source_le"), then=Value(1)), default=Value(0)))
    )
    FraicheurPage.objects.bulk_create(
        (
            FraicheurPage(page_id=pk, version_brouillon=version, version_publique=version if live else None)
            for pk, version, live in variants.values_list("pk", "version", "live")
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VersionDeRevision',
            fields=[
                ('revision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='version_de_source', serialize=False, to='wagtailcore.revision')),
                ('version', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'version d’une révision',
                'verbose_name_plural': 'versions des révisions',
            },
        ),
        migrations.CreateModel(
            name='AvancementTraduction',
            fields=[
                ('translation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='wagtail_localize.translation')),
                ('chaines', models.PositiveIntegerField(default=0)),
                ('manquantes', models.PositiveIntegerField(default=0)),
                ('perimee', models.BooleanField(default=True)),
                ('comptee_le', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'avancement d’une traduction',
                'verbose_name_plural': 'avancement des traductions',
                'constraints': [models.CheckConstraint(condition=models.Q(('manquantes__lte', models.F('chaines'))), name='avancement_traduction_possible')],
            },
        ),
        migrations.CreateModel(
            name='FraicheurPage',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='fraicheur', serialize=False, to='wagtailcore.page')),
                ('version_publique', models.PositiveIntegerField(null=True)),
                ('version_brouillon', models.PositiveIntegerField()),
                ('annoncee', models.PositiveIntegerField(null=True)),
                ('verifiee_le', models.DateTimeField(null=True)),
                ('verifiee_par_nom', models.CharField(blank=True, max_length=255)),
                ('verifiee_par', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'fraîcheur d’une variante',
                'verbose_name_plural': 'fraîcheur des variantes',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verifiee_le', None), ('verifiee_par', None), ('verifiee_par_nom', '')), models.Q(('verifiee_le__isnull', False), models.Q(('verifiee_par_nom', ''), _negated=True)), _connector='OR'), name='fraicheur_page_verification_signee')],
            },
        ),
        migrations.CreateModel(
            name='VersionSource',
            fields=[
                ('translation_key', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('numero', models.PositiveIntegerField(default=0)),
                ('majeure_le', models.DateTimeField(null=True)),
                ('synchronisee', models.PositiveIntegerField(null=True)),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'verbose_name': 'version de la page en français',
                'verbose_name_plural': 'versions des pages en français',
                'constraints': [models.CheckConstraint(condition=models.Q(('numero', 0), ('majeure_le__isnull', False), _connector='XOR'), name='version_source_datee'), models.CheckConstraint(condition=models.Q(('synchronisee', None), ('synchronisee__lte', models.F('numero')), _connector='OR'), name='version_source_synchronisee_connue')],
            },
        ),
        # migration: safe because the tables it fills are new, and the version that runs does not know them
        migrations.RunPython(count_from_dates, migrations.RunPython.noop),
    ]
