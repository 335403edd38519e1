"""Fields of the forms of the team: days and numbers as people write them."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

JOUR = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
DATES_AU_PLUS = 200


class JourInput(forms.DateInput):
    """The browser's own calendar; the hint of the admin's would hide it."""

    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class HeureInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DatesField(forms.CharField):
    """Several days, one a line or separated by commas; cleaned into dates in order."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=4000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return "\n".join(f"{day:%d/%m/%Y}" for day in value)
        return value

    def clean(self, value: Any) -> list[datetime.date]:
        written = super().clean(value)
        parts = [part.strip() for part in re.split(r"[\n,;]+", written) if part.strip()]
        if len(parts) > DATES_AU_PLUS:
            raise ValidationError(f"{DATES_AU_PLUS} dates au plus.")
        return sorted({_jour(part) for part in parts})


def _jour(part: str) -> datetime.date:
    message = f"« {part[:40]} » n’est pas une date. Écrivez-la ainsi : 14/07/2027."
    found = JOUR.fullmatch(part)
    if found is None:
        raise ValidationError(message)
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    try:
        return datetime.date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
    except ValueError as error:
        raise ValidationError(message) from error


class RappelsField(forms.CharField):
    """Numbers of days before a meeting, "7, 1"; cleaned into numbers, the farthest first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=60, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(each) for each in value) if isinstance(value, (list, tuple)) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> list[int]:
        written = super().clean(value)
        parts = [part for part in re.split(r"[\s,;]+", written) if part]
        if any(not part.isascii() or not part.isdigit() or not 1 <= int(part) <= 60 for part in parts):
            raise ValidationError("Écrivez des nombres de jours, de 1 à 60, séparés par des virgules. Exemple : 7, 1.")
        if len(set(parts)) > 4:
            raise ValidationError("Quatre rappels au plus.")
        return sorted({int(part) for part in parts}, reverse=True)
