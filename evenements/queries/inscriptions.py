"""Questions about registrations."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from evenements.models import Inscription  # noqa: F401 -- named in annotations


class InscriptionQuerySet(models.QuerySet["Inscription"]):
    """Registrations, for the team alone."""
