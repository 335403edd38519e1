"""Entries of Wagtail's menus that only some roles need. They hide what is of no use; rights are in the matrix.

An entry that is not here is shown to whoever has a right on it. Superusers have them all, and so does whoever has
another group than those of the team.
"""

import re
from typing import Any

from redaction import roles
from redaction.roles import ROLES, Role

ECRITURE = (roles.REDACTION, roles.MODERATION, roles.REDACTION_FALC, *roles.TRADUCTIONS)

MENUS: dict[str, dict[str, tuple[Role, ...]]] = {
    "main": {
        "reports": (*ECRITURE, roles.RELECTURE_FALC, roles.ANIMATION, roles.ADMINISTRATION),
        "settings": (roles.ADMINISTRATION,),
    },
    "reports": {
        "locked-pages": (roles.MODERATION,),
        "page-types-usage": (roles.ADMINISTRATION,),
        "recherches-sans-resultat": (roles.REDACTION, roles.MODERATION, roles.ADMINISTRATION),
        "site-history": (roles.MODERATION, roles.ADMINISTRATION),
        # "À revoir" and the desk say it better.
        "aging-pages": (),
        "workflow-tasks": (),
        "workflows": (),
    },
    "settings": {
        "styleguide": (),
    },
    # In English, and on another site.
    "help": {
        "editor-guide": (),
        "whats-new-in-wagtail": (),
    },
}
_CONNUS = {role.nom for role in ROLES}


def noms_des_groupes(user: Any) -> frozenset[str]:
    """Return the groups of a person, asked once per request."""
    if not hasattr(user, "_noms_des_groupes"):
        user._noms_des_groupes = frozenset(user.groups.values_list("name", flat=True))
    found: frozenset[str] = user._noms_des_groupes
    return found


def roles_de(user: Any) -> list[Role]:
    """Return the roles of a person, in the order of the matrix."""
    names = noms_des_groupes(user)
    return [role for role in ROLES if role.nom in names]


def utile(menu: str, entry: str, user: Any) -> bool:
    """Tell whether an entry of a menu is of use to a person."""
    # Wagtail writes its version at the end of a name.
    needed = MENUS[menu].get(re.sub(r"-[\d.]+$", "", entry))
    if needed is None or user.is_superuser or not noms_des_groupes(user) <= _CONNUS:
        return True
    return any(role in needed for role in roles_de(user))
