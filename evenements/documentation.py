"""What the documentation draws from the code."""

from evenements.models import EtatInscription
from evenements.transitions import TRANSITIONS


def diagramme() -> str:
    """Return the states of a registration and what leads from one to another, as Mermaid draws them."""
    order = {str(etat): rang for rang, etat in enumerate(EtatInscription.values)}
    rows: dict[tuple[str, str], list[str]] = {}
    for source, gesture, target in sorted(TRANSITIONS, key=lambda row: (order[row[0]], order[row[2]], row[1])):
        rows.setdefault((str(source), str(target)), []).append(str(gesture))
    lines = [f"    {source} --> {target}: {', '.join(gestures)}" for (source, target), gestures in rows.items()]
    ends = [etat for etat in EtatInscription.values if not any(source == etat for source, _target in rows)]
    return "\n".join(
        [
            "```mermaid",
            "stateDiagram-v2",
            "    [*] --> a_confirmer: demander",
            "    [*] --> confirmee: ajouter sur place",
            *lines,
            *(f"    {etat} --> [*]" for etat in ends),
            "```",
        ]
    )
