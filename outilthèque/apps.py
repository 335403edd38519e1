from django.apps import AppConfig


class OutilthequeConfig(AppConfig):
    name = "outilthèque"
    # Tables, permissions and addresses stay ASCII.
    label = "outiltheque"
    verbose_name = "Outilthèque"
