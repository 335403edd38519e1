"""What follows a change of the pages, one module per concept."""

from variantes.signals import controle, fraicheur


def connect() -> None:
    """Called when the app is ready."""
    fraicheur.connect()
    controle.connect()
