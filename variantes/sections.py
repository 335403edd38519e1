"""The sections of the desk about FALC."""

from collections.abc import Sequence
from typing import Any

from redaction import roles
from redaction.bureau import Section, register
from redaction.queries.bureau import Filtres
from redaction.queries.roles import roles_de
from variantes.queries.falc import a_ecrire


def _a_ecrire(user: Any, filtres: Filtres) -> Any:
    return a_ecrire(filtres)


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
            lignes=_a_ecrire,
            decrire=_telles_quelles,
            gabarit="variantes/falc/a_ecrire.html",
            filtres=frozenset({"q", "genre"}),
            vide="Toutes les pages publiques ont leur version FALC.",
        )
    )
