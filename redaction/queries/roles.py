"""Questions about who has which role."""

from typing import Any

from redaction.roles import ROLES, Role


def roles_de(user: Any) -> list[Role]:
    """Return the roles of a person, asked once per request."""
    if not user.is_active or not user.pk:
        return []
    if not hasattr(user, "_roles"):
        names = set(user.groups.values_list("name", flat=True))
        user._roles = [role for role in ROLES if role.nom in names]
    return list(user._roles)
