"""Django's "ar" has no format for a moment: the American one would show."""

DATETIME_FORMAT = "j F Y، H:i"
