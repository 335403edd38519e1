"""What is refused, in words for whoever writes an event."""


class RegleError(ValueError):
    """A recurrence that the platform cannot express, or that contradicts itself."""


class HoraireError(ValueError):
    """A time that cannot be: it ends before it begins, it has half of its hours, its time zone is unknown."""
