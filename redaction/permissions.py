"""The permission matrix: role × action × kind of content. Apps add their rows when they are ready.

A right on a kind of page holds on the pages of that kind and on all those below them, as in Wagtail. Nobody has
`publish`: the last approval of the workflow publishes (`redaction.publication`). What else Wagtail gives with
`publish`, the moderation does by operations of its own (`redaction.operations.moderation`), each on one kind of page.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from redaction import roles
from redaction.roles import ROLES, Role
from socle.models import VOCABULAIRES, Lieu, Menu, ReglagesSite

Lignes = Mapping[Role, str]

# How each action reads in the printed matrix.
ACTIONS_PAGE = {
    "add": "écrire les siennes",
    "change": "modifier toutes",
    "lock": "verrouiller",
    "unlock": "déverrouiller",
    "bulk_delete": "supprimer des branches de brouillons",
}
ACTIONS_COLLECTION = {"add": "ajouter, modifier les siens", "change": "modifier tous", "choose": "choisir"}
ACTIONS_MODELE = {"add": "ajouter", "change": "modifier", "delete": "supprimer", "view": "voir"}
# What is done to public pages, each time with a reason.
OPERATIONS = {
    "depublier": "dépublier",
    "restreindre": "restreindre l’accès",
    "deplacer": "déplacer",
    "supprimer": "supprimer",
    "corriger": "publier en urgence",
}
OPERATIONS_COURANTES: Lignes = {roles.MODERATION: " ".join(OPERATIONS)}


class Matrice:
    """Who may do what. A row gives to each role its actions, separated by spaces."""

    def __init__(self) -> None:
        self.pages: dict[type[Page], dict[Role, frozenset[str]]] = {}
        self.collections: dict[type[Model], dict[Role, frozenset[str]]] = {}
        self.modeles: dict[type[Model], dict[Role, frozenset[str]]] = {}
        self.operations: dict[type[Page], dict[Role, frozenset[str]]] = {}

    def add_pages(
        self, kind: type[Page], lignes: Lignes | None = None, operations: Lignes = OPERATIONS_COURANTES
    ) -> None:
        """Add the rights on the pages of a kind and below; without rows, the kind has those of what is above it.

        `operations` holds on the pages of that kind alone.
        """
        self.pages[kind] = _parsed(lignes or {}, ACTIONS_PAGE)
        self.operations[kind] = _parsed(operations, OPERATIONS)

    def add_collections(self, model: type[Model], lignes: Lignes) -> None:
        """Add the rights on pictures or documents, in every collection."""
        self.collections[model] = _parsed(lignes, ACTIONS_COLLECTION)

    def add_modeles(self, models: Iterable[type[Model]], lignes: Lignes) -> None:
        """Add the rights on models that are edited outside the pages."""
        for model in models:
            self.modeles[model] = _parsed(lignes, ACTIONS_MODELE)

    def sur_page(self, role: Role, kind: type[Page]) -> frozenset[str]:
        """Return the actions of a role on the pages of a kind, what they inherit included."""
        above = {kind, *_kinds_above(kind)}
        granted = (self.pages[each].get(role, frozenset()) for each in above if each in self.pages)
        return frozenset().union(*granted)

    def operations_sur(self, role: Role, kind: type[Page]) -> frozenset[str]:
        return self.operations.get(kind, {}).get(role, frozenset())

    def sur_modele(self, role: Role, model: type[Model]) -> frozenset[str]:
        return self.modeles.get(model, {}).get(role, frozenset())

    def sur_collection(self, role: Role, model: type[Model]) -> frozenset[str]:
        return self.collections.get(model, {}).get(role, frozenset())


def _parsed(lignes: Lignes, known: Mapping[str, str]) -> dict[Role, frozenset[str]]:
    parsed = {role: frozenset(actions.split()) for role, actions in lignes.items()}
    for role, actions in parsed.items():
        if unknown := actions - known.keys():
            raise ValueError(f"{role.nom}: no such action: {', '.join(sorted(unknown))}")
    return parsed


def _kinds_above(kind: type[Page], seen: frozenset[type[Page]] = frozenset()) -> set[type[Page]]:
    parents = set(kind.allowed_parent_page_models()) - seen - {kind}
    return parents.union(*(_kinds_above(parent, seen | parents | {kind}) for parent in parents))


matrice = Matrice()


def add_shared_rows() -> None:
    """Add the rows of the foundation and of Wagtail itself, which do not know this app."""
    ecrivent = (roles.REDACTION, roles.MODERATION, roles.REDACTION_FALC, roles.ANIMATION, roles.OUTILTHEQUE)
    # Wagtail keeps the rights on its own models, whatever the models of the site.
    for model in (Image, Document):
        matrice.add_collections(
            model,
            {
                roles.CONTRIBUTION: "add choose",
                **dict.fromkeys(ecrivent, "add change choose"),
                **dict.fromkeys(roles.TRADUCTIONS, "add choose"),
                roles.ADMINISTRATION: "add change choose",
            },
        )
    matrice.add_modeles((*VOCABULAIRES, Menu, Redirect), {roles.ADMINISTRATION: "add change delete"})
    matrice.add_modeles((ReglagesSite,), {roles.ADMINISTRATION: "change"})
    # The agenda and the tool library share the places.
    tiennent = dict.fromkeys((roles.ANIMATION, roles.OUTILTHEQUE, roles.MODERATION), "add change")
    matrice.add_modeles((Lieu,), {**tiennent, roles.ADMINISTRATION: "add change delete"})


def table(titre: str, rows: Mapping[Any, Any], words: Mapping[str, str], get: Any) -> list[str]:
    """Return one part of the matrix as the lines of a Markdown table."""
    lines = [f"| {titre} | " + " | ".join(str(model._meta.verbose_name).lower() for model in rows) + " |"]
    lines.append("|---" * (len(rows) + 1) + "|")
    for role in ROLES:
        cells = [", ".join(words[name] for name in words if name in get(role, model)) or "–" for model in rows]
        if any(cell != "–" for cell in cells):
            lines.append(f"| {role.nom} | " + " | ".join(cells) + " |")
    return lines


def permissions_de(rights: Iterable[tuple[type[Model], str]]) -> dict[tuple[type[Model], str], Permission]:
    """Return Django's permission for each action on a model, all read at once; KeyError when one is missing."""
    keys = {(model, action): _key(model, action) for model, action in rights}
    found = {
        permission.natural_key(): permission
        for permission in Permission.objects.select_related("content_type").filter(
            codename__in={key[0] for key in keys.values()}
        )
    }
    return {right: found[key] for right, key in keys.items()}


def _key(model: type[Model], action: str) -> tuple[str, str, str]:
    options = model._meta
    return f"{action}_{options.model_name}", options.app_label, str(options.model_name)
