"""Questions about the dates of events."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from socle.queries import Reader

if TYPE_CHECKING:
    from evenements.models import Seance  # noqa: F401 -- named in annotations


class SeanceQuerySet(models.QuerySet["Seance"]):
    """Dates; every public list, feed and map starts from `visible_to`."""

    def visible_to(self, user: Reader, language_code: str) -> Self:
        """Those of events that have a page in that language which `user` may read."""
        from evenements.models import EvenementPage

        pages = EvenementPage.objects.visible_to(user).in_language(language_code)
        return self.filter(evenement_id__in=pages.order_by().values("evenement_id"))

    def a_venir(self, today: datetime.date) -> Self:
        """Those that are not over: a date is either to come, today included, or past."""
        return self.filter(jour_fin__gte=today)

    def passees(self, today: datetime.date) -> Self:
        return self.filter(jour_fin__lt=today)

    def du_jour(self, day: datetime.date) -> Self:
        """Those that take place on that day, in part or in whole."""
        return self.filter(jour__lte=day, jour_fin__gte=day)

    def entre(self, first: datetime.date, last: datetime.date) -> Self:
        """Those that take place between two days, both included, in part or in whole."""
        return self.filter(jour__lte=last, jour_fin__gte=first)
