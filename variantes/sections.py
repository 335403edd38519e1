"""The sections of the desk about FALC."""

from collections.abc import Sequence
from typing import Any

from redaction import roles
from redaction.bureau import Section, register
from redaction.queries.roles import roles_de
from variantes.queries.falc import a_ecrire


def _telles_quelles(rows: Sequence[Any], user: Any) -> Sequence[Any]:
    return list(rows)


def enregistrer() -> None:
    """Called when the app is ready."""
    register(
        Section(
            "falc-a-ecrire",
            "À écrire en FALC",
            "glasses",
            75,
            visible=lambda user: roles.REDACTION_FALC in roles_de(user),
            lignes=lambda user, filtres: a_ecrire(filtres),
            decrire=_telles_quelles,
            gabarit="variantes/falc/a_ecrire.html",
            filtres=frozenset({"q", "genre"}),
            vide="Toutes les pages publiques ont leur version FALC.",
        )
    )
