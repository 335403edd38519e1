"""What follows a change of the pages, one module per concept."""

from variantes.signals import controle


def connect() -> None:
    """Called when the app is ready."""
    controle.connect()
