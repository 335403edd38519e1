from django.apps import AppConfig


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from django.db.models import Exists, OuterRef

        from redaction import circuits, roles
        from redaction.circuits import Circuit, Etape
        from redaction.models import Validation
        from redaction.queries.moderation import compter_comme_lue
        from socle.revisions import figer
        from variantes import sections, signals, signals_falc
        from variantes.models import LectureFalc, ValidationFalc

        signals.connect()
        signals_falc.connect()
        sections.enregistrer()
        lecture = Etape("Lecture par le groupe FALC", LectureFalc)
        validation = Etape("Validation", Validation, (roles.MODERATION,))
        circuits.register(Circuit("Publication FALC", roles.FALC, (lecture, validation)))
        compter_comme_lue(lambda: Exists(ValidationFalc.objects.filter(revision_id=OuterRef("revision_id"))))
        figer(lambda revision: ValidationFalc.objects.filter(revision=revision).exists())
