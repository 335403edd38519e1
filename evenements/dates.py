"""What readers read of a date, in their language.

Days are the civil days of the event, never those of an instant seen from elsewhere: an event of 1 June is on 1 June.
Names of days and months, and the order of a date, come from the CLDR; sentences from the catalogues.
"""

import datetime
import re
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_time, get_timezone_name
from babel.lists import format_list
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from evenements.calendrier import DERNIER, Frequence, Moment, Regle, zone
from socle.langues import locale_et_pays

INSECABLE = "\u00a0"
MIDI = datetime.time(12)
MINUIT = datetime.time.min
# Until when on the next morning one still says "the next day" of an evening.
NUIT = datetime.timedelta(hours=16)
# "Tuesday 2 June": the comma that the CLDR writes there is American.
JOUR_EN_ENTIER = {"en": "EEEE d MMMM y"}
# How the hour is said. Everywhere else the day has 24 hours and a colon: nobody takes the morning for the evening.
HEURES = {"fr": (f"H'{INSECABLE}h'", f"H'{INSECABLE}h{INSECABLE}'mm")}
SAMEDI = 5
# As a list of them is said after "every week".
LES_JOURS = (
    gettext_lazy("le lundi"),
    gettext_lazy("le mardi"),
    gettext_lazy("le mercredi"),
    gettext_lazy("le jeudi"),
    gettext_lazy("le vendredi"),
    gettext_lazy("le samedi"),
    gettext_lazy("le dimanche"),
)
HEURE_ORDINAIRE = ("HH:mm", "HH:mm")


def quand(seance: Any) -> str:
    """Say when, in full: "mardi 3 juin 2026, de 14 h à 16 h", "du mardi 3 au jeudi 5 juin 2026"."""
    moment = moment_de(seance)
    if moment.journee_entiere or _du_matin_au_soir(moment):
        return _jours_entiers(moment)
    debut, fin = (heure(instant, moment.fuseau) for instant in (moment.debut, moment.fin))
    if moment.jour == moment.jour_fin:
        dit = _("%(jour)s, de %(debut)s à %(fin)s") % {"jour": jour_long(moment.jour), "debut": debut, "fin": fin}
    elif _nuit(moment):
        dit = _("%(jour)s, de %(debut)s à %(fin)s le lendemain") % {
            "jour": jour_long(moment.jour),
            "debut": debut,
            "fin": fin,
        }
    else:
        premier, dernier = _deux_jours(moment.jour, moment.jour_fin, complet=True)
        # "4 June, 00:00" would be the midnight before.
        fin = "24:00" if fin == "00:00" else fin
        dit = _("du %(premier)s à %(debut)s au %(dernier)s à %(fin)s") % {
            "premier": premier,
            "debut": debut,
            "dernier": dernier,
            "fin": fin,
        }
    return _avec_fuseau(dit, moment)


def quand_court(seance: Any) -> str:
    """Say when, on a card: "mar. 3 juin 2026, 14 h – 16 h". Easy-to-read French abbreviates nothing."""
    if get_language() == settings.FALC_LANGUAGE_CODE:
        return quand(seance)
    moment = moment_de(seance)
    if moment.jour != moment.jour_fin and not _nuit(moment):
        return format_interval(moment.jour, moment.jour_fin, "yMMMd", locale=_locale(get_language()))
    jour = jour_court(moment.jour)
    if moment.journee_entiere or _du_matin_au_soir(moment):
        return jour
    debut, fin = (heure(instant, moment.fuseau) for instant in (moment.debut, moment.fin))
    dit = _("%(jour)s, %(heures)s") % {"jour": jour, "heures": f"{debut} – {fin}"}
    return _avec_fuseau(dit, moment)


def dans_la_case(seance: Any, jour: datetime.date) -> str:
    """Say when, in the cell of one day of a month: "14 h", "jusqu’à 16 h", "journée"."""
    moment = moment_de(seance)
    if moment.journee_entiere or _du_matin_au_soir(moment) or moment.jour < jour < moment.jour_fin:
        return _("journée")
    if jour > moment.jour:
        return _("jusqu’à %(heure)s") % {"heure": heure(moment.fin, moment.fuseau)}
    return heure(moment.debut, moment.fuseau)


def balises(seance: Any) -> tuple[str, str]:
    """Return the values of `<time datetime>` for the beginning and the end: with the offset, or days alone."""
    moment = moment_de(seance)
    if moment.journee_entiere:
        return moment.jour.isoformat(), moment.jour_fin.isoformat()
    ici = zone(moment.fuseau)
    return moment.debut.astimezone(ici).isoformat(timespec="minutes"), moment.fin.astimezone(ici).isoformat(
        timespec="minutes"
    )


# --- Days, months, hours ---


def jour_long(jour: datetime.date, *, annee: bool = True, semaine: bool = True) -> str:
    """Write a day: "mardi 3 juin 2026", "mardi 3 juin", "3 juin 2026"."""
    locale = _locale(get_language())
    patron = _patron(locale)
    if not annee:
        patron = _sans(patron, "y")
    if not semaine:
        patron = patron.replace("EEEE", "").strip(" ,،")
    return _ecrire(jour, patron, locale)


def jour_court(jour: datetime.date) -> str:
    """Write a day in short: "mar. 3 juin 2026"."""
    locale = _locale(get_language())
    return _ecrire(jour, _patron(locale).replace("EEEE", "EEE").replace("MMMM", "MMM"), locale)


def mois_annee(jour: datetime.date) -> str:
    """Write a month: "juin 2026"."""
    locale = _locale(get_language())
    patron = locale.datetime_skeletons.get("yMMMM")
    return format_date(jour, str(patron) if patron else "LLLL y", locale)


def jours_de_la_semaine() -> list[tuple[str, str]]:
    """Return the names of the days and what to write above a narrow column, Monday first."""
    locale = _locale(get_language())
    noms, courts = locale.days["stand-alone"]["wide"], locale.days["stand-alone"]["abbreviated"]
    return [(noms[jour], courts[jour]) for jour in range(7)]


def heure(instant: datetime.datetime, fuseau: str) -> str:
    """Write an hour: "14 h", "9 h 05", "minuit"; "14:00" elsewhere."""
    locale = _locale(get_language())
    mur = instant.astimezone(zone(fuseau))
    if locale.language == "fr" and mur.time() == MINUIT:
        return "minuit"
    ronde, precise = HEURES.get(locale.language, HEURE_ORDINAIRE)
    return format_time(mur.time(), precise if mur.minute else ronde, locale=locale)


# --- Recurrences ---


def decrire(regle: Regle) -> str:
    """Say how often: "le premier mardi de chaque mois, jusqu’au 30 juin 2027"."""
    dit = _frequence(regle)
    if regle.jusqu_au is not None:
        jour = jour_long(regle.jusqu_au, semaine=False)
        return _("%(frequence)s, jusqu’au %(jour)s") % {"frequence": dit, "jour": jour}
    if regle.nombre is not None:
        valeurs = {"frequence": dit, "nombre": regle.nombre}
        return ngettext("%(frequence)s, %(nombre)d fois", "%(frequence)s, %(nombre)d fois", regle.nombre) % valeurs
    return dit


def _frequence(regle: Regle) -> str:
    if regle.frequence is Frequence.MENSUELLE_JOUR:
        if regle.jour_du_mois == DERNIER:
            return _("le dernier jour de chaque mois")
        if regle.jour_du_mois == 1:
            return _("le premier jour de chaque mois")
        return _("le %(jour)d de chaque mois") % {"jour": regle.jour_du_mois}
    locale = _locale(get_language())
    if regle.frequence is Frequence.MENSUELLE_RANG:
        jour = regle.jours[0]
        return _rang(regle.rang, samedi=jour >= SAMEDI) % {"jour": locale.days["format"]["wide"][jour]}
    jours = format_list([str(LES_JOURS[jour]) for jour in regle.jours], locale=locale)
    if regle.frequence is Frequence.QUINZAINE:
        return _("toutes les deux semaines, %(jours)s") % {"jours": jours}
    return _("chaque semaine, %(jours)s") % {"jours": jours}


def _rang(rang: int | None, *, samedi: bool) -> str:
    """Return the sentence of a rank. In some languages the days from Monday to Friday have another gender."""
    if samedi:
        return {
            1: pgettext("samedi ou dimanche", "le premier %(jour)s de chaque mois"),
            2: pgettext("samedi ou dimanche", "le deuxième %(jour)s de chaque mois"),
            3: pgettext("samedi ou dimanche", "le troisième %(jour)s de chaque mois"),
            4: pgettext("samedi ou dimanche", "le quatrième %(jour)s de chaque mois"),
        }.get(rang or DERNIER, pgettext("samedi ou dimanche", "le dernier %(jour)s de chaque mois"))
    return {
        1: pgettext("lundi à vendredi", "le premier %(jour)s de chaque mois"),
        2: pgettext("lundi à vendredi", "le deuxième %(jour)s de chaque mois"),
        3: pgettext("lundi à vendredi", "le troisième %(jour)s de chaque mois"),
        4: pgettext("lundi à vendredi", "le quatrième %(jour)s de chaque mois"),
    }.get(rang or DERNIER, pgettext("lundi à vendredi", "le dernier %(jour)s de chaque mois"))


# --- How it is made ---


def moment_de(seance: Any) -> Moment:
    """Return when a date takes place, in the time zone of its event."""
    if isinstance(seance, Moment):
        return seance
    return Moment(
        seance.debut, seance.fin, seance.jour, seance.jour_fin, seance.journee_entiere, seance.evenement.fuseau
    )


def _du_matin_au_soir(moment: Moment) -> bool:
    """Tell an event that was written "00:00 to 23:59" for want of a box "whole day"."""
    ici = zone(moment.fuseau)
    debut, fin = moment.debut.astimezone(ici), moment.fin.astimezone(ici)
    return debut.time() == MINUIT and (fin.time() == MINUIT or (fin.hour, fin.minute) == (23, 59))


def _nuit(moment: Moment) -> bool:
    ici = zone(moment.fuseau)
    return (
        not moment.journee_entiere
        and moment.jour_fin - moment.jour == datetime.timedelta(days=1)
        and moment.fin - moment.debut < NUIT
        and moment.fin.astimezone(ici).time() <= MIDI
    )


def _jours_entiers(moment: Moment) -> str:
    if moment.jour == moment.jour_fin:
        return _("%(jour)s, toute la journée") % {"jour": jour_long(moment.jour)}
    premier, dernier = _deux_jours(moment.jour, moment.jour_fin)
    return _("du %(premier)s au %(dernier)s") % {"premier": premier, "dernier": dernier}


def _deux_jours(premier: datetime.date, dernier: datetime.date, *, complet: bool = False) -> tuple[str, str]:
    """Return two days of one sentence; the first leaves out what the second says, but for the month if `complet`."""
    locale = _locale(get_language())
    # Between two days, the comma that some languages write after the name of the day reads as a list.
    entier = re.sub("[,،]", "", _patron(locale))
    patron = entier
    if premier.year == dernier.year:
        patron = _sans(patron, "y")
        if premier.month == dernier.month and not complet:
            patron = _sans(patron, "MMMM")
    return _ecrire(premier, patron, locale), _ecrire(dernier, entier, locale)


def _avec_fuseau(dit: str, moment: Moment) -> str:
    """Add whose hour it is, where it is not that of the site."""
    ici = zone(moment.fuseau)
    debut = moment.debut.astimezone(ici)
    if debut.utcoffset() == moment.debut.astimezone(zone(settings.TIME_ZONE)).utcoffset():
        return dit
    return f"{dit} ({get_timezone_name(debut, locale=_locale(get_language()))})"


@lru_cache
def _locale(language_code: str | None) -> Locale:
    code = language_code or settings.LANGUAGE_CODE
    for name in (locale_et_pays(code), code.partition("-")[0]):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(settings.LANGUAGE_CODE)


def _patron(locale: Locale) -> str:
    return JOUR_EN_ENTIER.get(locale.language) or str(locale.date_formats["full"].pattern)


def _sans(patron: str, champ: str) -> str:
    """Take the last field off a pattern, with the word that ties it ("de"); other orders of fields are left whole."""
    return re.sub(rf"(?:\s+'[^']+')?\s+{champ}$", "", patron)


def _ecrire(jour: datetime.date, patron: str, locale: Locale) -> str:
    if locale.language == "fr" and jour.day == 1:
        patron = re.sub(r"\bd\b", "d'er'", patron)
    return format_date(jour, patron, locale)
