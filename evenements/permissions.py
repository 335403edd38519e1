"""Who in the team may change facts of the agenda."""

from typing import Any

from django.core.exceptions import PermissionDenied

CHANGER = "evenements.change_evenement"


def peut_animer(user: Any) -> bool:
    """Tell whether somebody may change events and their dates."""
    return bool(user.has_perm(CHANGER))


def exiger_animation(user: Any) -> None:
    """Refuse a change asked by somebody who may not; None is the platform itself."""
    if user is not None and not peut_animer(user):
        raise PermissionDenied
