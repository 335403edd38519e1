from django.apps import AppConfig
from django.conf import settings


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from wagtail_localize import models
        from wagtail_localize.views import edit_translation

        from redaction.circuits import Circuit, Etape, register
        from redaction.roles import TRADUCTIONS
        from variantes.models import RelectureTraduction

        # wagtail-localize writes the months of its dates in English.
        models.DATE_FORMAT = edit_translation.DATE_FORMAT = settings.WAGTAIL_DATE_FORMAT
        languages = tuple(code for role in TRADUCTIONS for code in role.langues)
        register(Circuit("Traduction", languages, (Etape("Relecture de la traduction", RelectureTraduction),)))
