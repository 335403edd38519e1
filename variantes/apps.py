from django.apps import AppConfig
from django.conf import settings


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from django.db.models import Exists, OuterRef
        from wagtail_localize import models
        from wagtail_localize.views import edit_translation

        from redaction import circuits, roles
        from redaction.circuits import Circuit, Etape
        from redaction.models import Validation
        from redaction.queries.moderation import compter_comme_lue
        from socle.revisions import figer
        from variantes import sections, signals, signals_falc
        from variantes.models import LectureFalc, RelectureTraduction, ValidationFalc

        signals.connect()
        signals_falc.connect()
        sections.enregistrer()
        lecture = Etape("Lecture par le groupe FALC", LectureFalc)
        validation = Etape("Validation", Validation, (roles.MODERATION,))
        circuits.register(Circuit("Publication FALC", roles.FALC, (lecture, validation)))
        languages = tuple(code for role in roles.TRADUCTIONS for code in role.langues)
        relecture = Etape("Relecture de la traduction", RelectureTraduction)
        circuits.register(Circuit("Traduction", languages, (relecture,)))
        compter_comme_lue(lambda: Exists(ValidationFalc.objects.filter(revision_id=OuterRef("revision_id"))))
        figer(lambda revision: ValidationFalc.objects.filter(revision=revision).exists())
        # wagtail-localize writes the months of its dates in English.
        models.DATE_FORMAT = edit_translation.DATE_FORMAT = settings.WAGTAIL_DATE_FORMAT
