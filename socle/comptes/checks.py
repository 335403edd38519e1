"""A misspelt group would silently ask nobody for a second factor."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.database)
def groups_exist(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.Warning]:
    """Warn about each group of `MFA_REQUIRED_GROUPS` that does not exist."""
    from django.contrib.auth.models import Group

    wanted = settings.MFA_REQUIRED_GROUPS
    if not wanted or not kwargs.get("databases"):
        return []
    known = set(Group.objects.filter(name__in=wanted).values_list("name", flat=True))
    return [
        checks.Warning(
            f"MFA_REQUIRED_GROUPS names a group that does not exist: {name}.",
            hint="Its members sign in without a second factor. Write the name as the administration shows it.",
            id="socle.W001",
        )
        for name in wanted
        if name not in known
    ]
