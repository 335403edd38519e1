"""Civil dates, as readers count them: those of Paris, whatever the time zone of whoever is signed in."""

import calendar
import datetime

from django.utils import timezone


def today() -> datetime.date:
    return timezone.localdate(timezone=timezone.get_default_timezone())


def day_of(moment: datetime.datetime | None) -> datetime.date | None:
    """Return the day on which something happened."""
    return moment and timezone.localdate(moment, timezone.get_default_timezone())


def months_later(day: datetime.date, months: int) -> datetime.date:
    """Return the same day of a later month, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
