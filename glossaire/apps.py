from django.apps import AppConfig


class GlossaireConfig(AppConfig):
    name = "glossaire"
    verbose_name = "Glossaire"
