"""What follows a change of the pages, one module per concept."""

from variantes.signals import controle, fraicheur, gardes, validation


def connect() -> None:
    """Called when the app is ready."""
    gardes.connect()
    fraicheur.connect()
    controle.connect()
    validation.connect()
