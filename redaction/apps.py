from django.apps import AppConfig


class RedactionConfig(AppConfig):
    name = "redaction"
    verbose_name = "Rédaction"

    def ready(self) -> None:
        # Registers the first buttons of the welcome panel.
        import redaction.bienvenue  # noqa: F401
        from redaction import signals
        from redaction.permissions import add_shared_rows

        add_shared_rows()
        signals.connect()
