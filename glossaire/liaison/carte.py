"""The way back from a text that was made, to the text it was made from."""

from bisect import bisect_right


class Carte:
    """Pieces in order: where each stands in the text made, and what it comes from in the other.

    A piece comes letter by letter, or as a whole ("oe" from "œ", "é" from "&eacute;").
    """

    __slots__ = ("_fins", "_lus", "_places")

    def __init__(self) -> None:
        self._places: list[int] = []
        self._lus: list[int] = []
        self._fins: list[int] = []

    def ajouter(self, place: int, lu: int, fin: int = 0) -> None:
        """Say that what begins at `place` comes from `lu`: letter by letter, or with `fin` from all that ends there."""
        self._places.append(place)
        self._lus.append(lu)
        self._fins.append(fin)

    def debut(self, place: int) -> int:
        """Return where the character at `place` begins in the text it comes from."""
        rang = bisect_right(self._places, place) - 1
        return self._lus[rang] if self._fins[rang] else self._lus[rang] + place - self._places[rang]

    def fin(self, place: int) -> int:
        """Return where the character before `place` ends in the text it comes from."""
        rang = bisect_right(self._places, place - 1) - 1
        return self._fins[rang] or self._lus[rang] + place - self._places[rang]
