"""The workflows of the site: which steps a page goes through before it is public, by language.

Apps register theirs when they are ready. `sync_roles` makes them in the database and puts each on the home pages of its
languages, and so on all that is below; home pages made later have theirs at once.
"""

from dataclasses import dataclass

from wagtail.models import Task

from redaction.roles import Role


@dataclass(frozen=True)
class Etape:
    """One step: a task of that kind under that name. Two workflows that name the same step share it.

    `groupes` are the roles that decide, for the kinds of task that Wagtail gives to groups.
    """

    nom: str
    genre: type[Task]
    groupes: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Circuit:
    """A workflow, in the order of its steps, for the home pages of these languages."""

    nom: str
    langues: tuple[str, ...]
    etapes: tuple[Etape, ...]


_circuits: dict[str, Circuit] = {}


def register(circuit: Circuit) -> None:
    """Add a workflow; a language has one."""
    if circuit.nom in _circuits:
        raise ValueError(f"there is already a workflow {circuit.nom}")
    taken = {langue: other.nom for other in _circuits.values() for langue in other.langues}
    if both := taken.keys() & set(circuit.langues):
        raise ValueError(f"{', '.join(sorted(both))}: already in the workflow {taken[min(both)]}")
    _circuits[circuit.nom] = circuit


def circuits() -> tuple[Circuit, ...]:
    return tuple(_circuits.values())
