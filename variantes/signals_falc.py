"""What the readings of texts in FALC follow."""

from typing import Any

from redaction.operations.relecture import revision_reprise
from variantes.operations.validation import reprendre


def on_same_text(avant: int, apres: int, **kwargs: Any) -> None:
    reprendre(avant, apres)


def connect() -> None:
    """Called when the app is ready."""
    revision_reprise.connect(on_same_text, dispatch_uid="variantes.falc_same_text")
