from django.apps import AppConfig
from django.conf import settings


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from wagtail_localize import models
        from wagtail_localize.views import edit_translation

        # wagtail-localize writes the months of its dates in English.
        models.DATE_FORMAT = edit_translation.DATE_FORMAT = settings.WAGTAIL_DATE_FORMAT
