"""The desk: its sections, and the buttons of the welcome panel.

Other modules and apps add theirs with `register` and `register_bouton` when they are ready.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from redaction.queries import bureau
from redaction.queries.bureau import Filtres
from redaction.queries.lignes import lignes_d_envois, lignes_d_etats, lignes_de_brouillons

FILTRES = frozenset({"q", "genre", "langue", "etape", "age"})


@dataclass(frozen=True)
class Section:
    """A list of the desk, at /admin/moderation/<cle>/.

    `lignes` returns everything, in the order of the list: a QuerySet, a list, or what has `count()` and can be sliced.
    `decrire` receives one page of it and returns what `gabarit` shows under the name `ligne`, in as many queries
    whatever the number. Who is not `visible` is refused its address. `filtres` names those of `Filtres` that `lignes`
    knows. With a `panneau`, its first rows are on the admin's first screen, through `gabarit_bref`; without rows there,
    only with `toujours`.
    """

    cle: str
    titre: str
    icone: str
    ordre: int  # the sections of this module take 10 to 50
    visible: Callable[[Any], bool]
    lignes: Callable[[Any, Filtres], Any]
    vide: str  # what an empty list says
    decrire: Callable[[Sequence[Any], Any], Sequence[Any]]
    gabarit: str = "redaction/bureau/ligne.html"
    filtres: frozenset[str] = FILTRES
    panneau: bool = False
    gabarit_bref: str = "redaction/accueil/ligne.html"
    decrire_bref: Callable[[Sequence[Any], Any], Sequence[Any]] | None = None  # for the panel; else as in the list
    toujours: bool = False

    def compter(self, user: Any) -> int:
        return nombre_de(self.lignes(user, Filtres()))


def nombre_de(rows: Any) -> int:
    """Return how many rows `Section.lignes` gave."""
    return len(rows) if isinstance(rows, Sequence) else int(rows.count())


@dataclass(frozen=True)
class Bouton:
    """A button of the welcome panel; an empty address hides it from a person."""

    libelle: str
    icone: str
    ordre: int
    adresse: Callable[[Any], str]


_sections: dict[str, Section] = {}
_boutons: list[Bouton] = []


def register(section: Section) -> None:
    """Add a section to the desk."""
    if section.cle in _sections:
        raise ValueError(f"the desk already has a section {section.cle}")
    _sections[section.cle] = section


def register_bouton(bouton: Bouton) -> None:
    """Add a button to the welcome panel."""
    _boutons.append(bouton)


def sections_de(user: Any) -> list[Section]:
    """Return the sections of a person, in their order; asked once per request."""
    if not hasattr(user, "_sections"):
        user._sections = sorted((one for one in _sections.values() if one.visible(user)), key=lambda one: one.ordre)
    return list(user._sections)


def boutons_de(user: Any) -> list[tuple[Bouton, str]]:
    """Return the buttons of a person with their addresses."""
    found = [(bouton, bouton.adresse(user)) for bouton in sorted(_boutons, key=lambda bouton: bouton.ordre)]
    return [(bouton, adresse) for bouton, adresse in found if adresse]


def _etats(states: Any, filtres: Filtres) -> Any:
    return filtres.etats(states).select_related("workflow_state", "workflow_state__requested_by", "task", "finished_by")


register(
    Section(
        "attend",
        "Ce qui m’attend",
        "clipboard-list",
        10,
        visible=bureau.relit,
        lignes=lambda user, filtres: _etats(bureau.attend_de(user), filtres),
        decrire=lignes_d_etats,
        decrire_bref=partial(lignes_d_etats, breves=True),
        vide="Rien ne vous attend.",
        panneau=True,
        toujours=True,
    )
)
register(
    Section(
        "envois",
        "Mes envois",
        "upload",
        20,
        visible=bureau.ecrit,
        lignes=lambda user, filtres: bureau.envoyees_par(user, filtres).select_related(
            "requested_by", "current_task_state__task", "current_task_state__finished_by"
        ),
        decrire=lignes_d_envois,
        decrire_bref=partial(lignes_d_envois, breves=True),
        vide="Vous n’avez rien envoyé en relecture ces trente derniers jours.",
        panneau=True,
    )
)
register(
    Section(
        "brouillons",
        "Mes brouillons",
        "draft",
        30,
        visible=bureau.ecrit,
        lignes=bureau.brouillons_de,
        decrire=lignes_de_brouillons,
        vide="Vous n’avez pas de brouillon.",
        filtres=FILTRES - {"etape"},
    )
)
register(
    Section(
        "en-cours",
        "En relecture",
        "tasks",
        40,
        visible=bureau.suit,
        lignes=lambda user, filtres: _etats(bureau.en_cours(user), filtres),
        decrire=lignes_d_etats,
        vide="Aucune page n’est en relecture.",
    )
)
register(
    Section(
        "en-retard",
        "En retard",
        "warning",
        50,
        visible=bureau.suit,
        lignes=lambda user, filtres: _etats(bureau.en_retard(user), filtres),
        decrire=lignes_d_etats,
        decrire_bref=partial(lignes_d_etats, breves=True),
        vide="Aucune page n’est en retard.",
        panneau=True,
    )
)
