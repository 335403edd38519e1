"""Questions about who has which role."""

from typing import Any

from django.contrib.auth import get_user_model

from redaction.roles import ROLES, Role


def roles_de(user: Any) -> list[Role]:
    """Return the roles of a person, asked once per request."""
    if not user.is_active or not user.pk:
        return []
    if not hasattr(user, "_roles"):
        names = set(user.groups.values_list("name", flat=True))
        user._roles = [role for role in ROLES if role.nom in names]
    return list(user._roles)


def membres(*groupes: str) -> set[int]:
    """Return the people who can sign in and have one of these roles."""
    people = get_user_model()._default_manager.filter(is_active=True, groups__name__in=groupes)
    return set(people.values_list("pk", flat=True))
