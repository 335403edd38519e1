"""Questions about events."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from evenements.models import Evenement  # noqa: F401 -- named in annotations


class EvenementQuerySet(models.QuerySet["Evenement"]):
    """Events as the team sees them; the public sees their dates (`SeanceQuerySet.visible_to`)."""
