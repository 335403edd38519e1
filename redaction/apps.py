from django.apps import AppConfig


class RedactionConfig(AppConfig):
    name = "redaction"
    verbose_name = "Rédaction"

    def ready(self) -> None:
        from redaction import genres_propositions, signals
        from redaction.permissions import add_shared_rows

        add_shared_rows()
        signals.connect()
        genres_propositions.enregistrer()
