"""The recurrences that an event may have, and how RFC 5545 (§3.3.10, §3.8.5.3) writes them.

Only what the form of events can express is read: whatever else a rule may hold is refused, never guessed nor dropped.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from evenements.calendrier.erreurs import RegleError

# The last of its kind in the month.
DERNIER = -1
RANGS = (1, 2, 3, 4, DERNIER)
# A daily meeting for three years has no more dates.
NOMBRE_MAXIMUM = 1000
# Monday first, as `datetime.date.weekday` counts; weeks begin on Monday (WKST=MO, the default).
CODES_JOURS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTIES = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "WKST"}
LONGUEUR_MAXIMALE = 200


class Frequence(StrEnum):
    """How often an event comes back."""

    HEBDOMADAIRE = "hebdomadaire"
    QUINZAINE = "quinzaine"
    MENSUELLE_JOUR = "mensuelle_jour"
    MENSUELLE_RANG = "mensuelle_rang"


@dataclass(frozen=True)
class Regle:
    """One recurrence, without its first day.

    - `hebdomadaire`, `quinzaine`: on each of `jours` (0 is Monday), every week or every second week;
    - `mensuelle_jour`: on `jour_du_mois`; a month without that day has no date (§3.3.10: "invalid dates […] MUST be
      ignored"); −1 is the last day of the month, which every month has;
    - `mensuelle_rang`: on the first to fourth, or last (−1), of the one day of the week that `jours` holds.

    It ends on the day `jusqu_au` at the latest, or after `nombre` dates (excluded ones are counted), or never.
    """

    frequence: Frequence
    jours: tuple[int, ...] = ()
    rang: int | None = None
    jour_du_mois: int | None = None
    jusqu_au: datetime.date | None = None
    nombre: int | None = None

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "frequence", Frequence(self.frequence))
        except ValueError as error:
            raise RegleError(f"La fréquence « {self.frequence} » n’existe pas.") from error
        object.__setattr__(self, "jours", tuple(sorted(self.jours)))
        _verifier_jours(self)
        _verifier_mois(self)
        _verifier_fin(self)

    @classmethod
    def depuis_rrule(cls, texte: str) -> "Regle":
        """Read the value of an RRULE property. Raises `RegleError` for all that `rrule()` does not write."""
        parties = _parties(texte)
        jusqu_au, nombre = _jour(parties.get("UNTIL")), _nombre(parties, "COUNT")
        if parties.get("WKST", "MO") != "MO":
            raise RegleError("Les semaines commencent le lundi (WKST=MO).")
        intervalle = _nombre(parties, "INTERVAL") or 1
        lire = _LECTURES.get((parties["FREQ"], intervalle))
        if lire is None:
            raise RegleError("Un événement revient chaque semaine, toutes les deux semaines ou chaque mois.")
        return lire(parties, partial(cls, jusqu_au=jusqu_au, nombre=nombre))

    def rrule(self) -> str:
        """Return the value of the RRULE property. `UNTIL` is a civil day: see `parties`."""
        return ";".join(f"{nom}={valeur}" for nom, valeur in self.parties().items())

    def parties(self, jusqu_a: datetime.datetime | None = None) -> dict[str, str]:
        """Return the parts of the rule in the order of the RFC.

        `UNTIL` has the type of DTSTART: a day for a whole day, an instant in UTC for an hour in a time zone
        (§3.3.10). What is stored has no hour, so a feed gives the instant `jusqu_a` in its place.
        """
        parties = {"FREQ": "WEEKLY"}
        if self.frequence is Frequence.QUINZAINE:
            parties["INTERVAL"] = "2"
        if self.frequence is Frequence.MENSUELLE_JOUR:
            parties = {"FREQ": "MONTHLY", "BYMONTHDAY": str(self.jour_du_mois)}
        elif self.frequence is Frequence.MENSUELLE_RANG:
            parties = {"FREQ": "MONTHLY", "BYDAY": f"{self.rang}{CODES_JOURS[self.jours[0]]}"}
        else:
            parties["BYDAY"] = ",".join(CODES_JOURS[jour] for jour in self.jours)
        if self.jusqu_au is not None:
            parties["UNTIL"] = f"{jusqu_a:%Y%m%dT%H%M%SZ}" if jusqu_a else self.jusqu_au.strftime("%Y%m%d")
        if self.nombre is not None:
            parties["COUNT"] = str(self.nombre)
        return parties


def _verifier_jours(regle: Regle) -> None:
    if len(set(regle.jours)) != len(regle.jours):
        raise RegleError("Un jour de la semaine est donné deux fois.")
    if any(jour not in range(7) for jour in regle.jours):
        raise RegleError("Les jours de la semaine vont de 0 (lundi) à 6 (dimanche).")
    if regle.frequence is Frequence.MENSUELLE_JOUR:
        if regle.jours:
            raise RegleError("Une date du mois ne dépend pas du jour de la semaine.")
    elif not regle.jours:
        raise RegleError("Choisissez au moins un jour de la semaine.")
    elif regle.frequence is Frequence.MENSUELLE_RANG and len(regle.jours) > 1:
        raise RegleError("Choisissez un seul jour de la semaine.")


def _verifier_mois(regle: Regle) -> None:
    if regle.frequence is Frequence.MENSUELLE_RANG:
        if regle.rang not in RANGS:
            raise RegleError("Choisissez le premier, le deuxième, le troisième, le quatrième ou le dernier.")
    elif regle.rang is not None:
        raise RegleError("Un rang ne vaut que pour un jour de la semaine dans le mois.")
    if regle.frequence is Frequence.MENSUELLE_JOUR:
        if regle.jour_du_mois is None or regle.jour_du_mois not in (*range(1, 32), DERNIER):
            raise RegleError("Choisissez un jour du mois, de 1 à 31, ou le dernier.")
    elif regle.jour_du_mois is not None:
        raise RegleError("Un jour du mois ne vaut que pour une date du mois.")


def _verifier_fin(regle: Regle) -> None:
    if regle.jusqu_au is not None and regle.nombre is not None:
        raise RegleError("La répétition finit à une date ou après un nombre de fois : choisissez.")
    if regle.nombre is not None and not 1 <= regle.nombre <= NOMBRE_MAXIMUM:
        raise RegleError(f"Le nombre de fois va de 1 à {NOMBRE_MAXIMUM}.")


# --- Reading ---

Fabrique = Callable[..., Regle]


def _parties(texte: str) -> dict[str, str]:
    """Split a rule into its parts (§3.3.10: names and values have no case, no part comes twice)."""
    if len(texte) > LONGUEUR_MAXIMALE:
        raise RegleError("La règle de répétition est trop longue.")
    parties: dict[str, str] = {}
    for partie in texte.upper().removeprefix("RRULE:").split(";"):
        nom, egal, valeur = partie.partition("=")
        if not (nom and egal and valeur):
            raise RegleError(f"La règle de répétition « {texte} » n’est pas lisible.")
        if nom not in PARTIES:
            raise RegleError(f"La règle de répétition contient « {nom} », que l’agenda ne sait pas exprimer.")
        if nom in parties:
            raise RegleError(f"La règle de répétition contient « {nom} » deux fois.")
        parties[nom] = valeur
    if "FREQ" not in parties:
        raise RegleError("La règle de répétition ne dit pas sa fréquence (FREQ).")
    return parties


def _entier(texte: str) -> int:
    """Read a number as the RFC writes it: figures of ASCII, a sign, nothing else that `int` would take."""
    if not (texte.isascii() and texte.removeprefix("-").isdigit()):
        raise RegleError(f"« {texte} » n’est pas un nombre.")
    return int(texte)


def _nombre(parties: dict[str, str], nom: str) -> int | None:
    if nom not in parties:
        return None
    nombre = _entier(parties[nom])
    if nombre < 1:
        raise RegleError(f"{nom} commence à 1.")
    return nombre


def _jour(texte: str | None) -> datetime.date | None:
    if texte is None:
        return None
    if not (texte.isascii() and texte.isdigit() and len(texte) == 8):
        raise RegleError("La dernière date (UNTIL) est un jour, écrit AAAAMMJJ.")
    try:
        return datetime.date(int(texte[:4]), int(texte[4:6]), int(texte[6:]))
    except ValueError as error:
        raise RegleError("La dernière date (UNTIL) n’existe pas.") from error


def _jours(codes: Iterable[str]) -> tuple[int, ...]:
    try:
        return tuple(CODES_JOURS.index(code) for code in codes)
    except ValueError as error:
        raise RegleError("Les jours de la semaine (BYDAY) sont MO, TU, WE, TH, FR, SA et SU.") from error


def _lire_semaine(frequence: Frequence, parties: dict[str, str], fabrique: Fabrique) -> Regle:
    if "BYMONTHDAY" in parties:
        raise RegleError("Une répétition par semaine n’a pas de jour du mois (BYMONTHDAY).")
    if "BYDAY" not in parties:
        raise RegleError("La règle de répétition ne dit pas ses jours de la semaine (BYDAY).")
    return fabrique(frequence, jours=_jours(parties["BYDAY"].split(",")))


def _lire_mois(parties: dict[str, str], fabrique: Fabrique) -> Regle:
    if ("BYDAY" in parties) == ("BYMONTHDAY" in parties):
        raise RegleError("Une répétition par mois a un jour du mois (BYMONTHDAY) ou un jour de la semaine (BYDAY).")
    if "BYMONTHDAY" in parties:
        return fabrique(Frequence.MENSUELLE_JOUR, jour_du_mois=_entier(parties["BYMONTHDAY"]))
    rang, code = parties["BYDAY"][:-2].removeprefix("+"), parties["BYDAY"][-2:]
    return fabrique(Frequence.MENSUELLE_RANG, jours=_jours([code]), rang=_entier(rang))


_LECTURES: dict[tuple[str, int], Callable[[dict[str, str], Fabrique], Regle]] = {
    ("WEEKLY", 1): partial(_lire_semaine, Frequence.HEBDOMADAIRE),
    ("WEEKLY", 2): partial(_lire_semaine, Frequence.QUINZAINE),
    ("MONTHLY", 1): _lire_mois,
}
