"""Sizes of files, in the units that readers know."""

from django.utils.formats import number_format
from django.utils.translation import gettext


def poids(octets: int | None) -> str:
    """Return a size in kilobytes or megabytes (powers of ten), rounded as people say it; empty when unknown."""
    if not octets:
        return ""
    if octets < 1_000_000:
        return gettext("%(nombre)s ko") % {"nombre": number_format(max(1, round(octets / 1000)))}
    return gettext("%(nombre)s Mo") % {"nombre": number_format(round(octets / 1_000_000, 1))}
