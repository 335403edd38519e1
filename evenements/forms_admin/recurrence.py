"""How often a meeting comes back, asked in words and kept as a rule of RFC 5545."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evenements.calendrier import DERNIER, Frequence, Regle, RegleError, jours, premier_jour
from evenements.dates import jour_long
from evenements.forms_admin.champs import DatesField, JourInput

UNE_FOIS, DERNIER_DU_MOIS = "", "mensuelle_dernier"
FREQUENCES = (
    (UNE_FOIS, "Une seule fois"),
    (Frequence.HEBDOMADAIRE.value, "Chaque semaine"),
    (Frequence.QUINZAINE.value, "Toutes les deux semaines"),
    (Frequence.MENSUELLE_RANG.value, "Chaque mois, le même jour de la semaine : le premier mardi, le dernier jeudi…"),
    (Frequence.MENSUELLE_JOUR.value, "Chaque mois, le même jour du mois : le 12…"),
    (DERNIER_DU_MOIS, "Chaque mois, le dernier jour du mois"),
)
SEMAINE = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
JOURS = tuple((str(rank), name.capitalize()) for rank, name in enumerate(SEMAINE))
COMME_LE_PREMIER = ("", "Comme la première rencontre")
RANGS = (
    COMME_LE_PREMIER,
    ("1", "Le premier"),
    ("2", "Le deuxième"),
    ("3", "Le troisième"),
    ("4", "Le quatrième"),
    (str(DERNIER), "Le dernier"),
)
SANS_FIN, JUSQU_AU, NOMBRE = "jamais", "date", "nombre"
FINS = (
    (SANS_FIN, "Sans fin prévue"),
    (JUSQU_AU, "Jusqu’à une date"),
    (NOMBRE, "Après un nombre de rencontres"),
)
# More would be no plan but a habit.
NOMBRE_AU_PLUS = 500
LOIN = datetime.timedelta(days=366 * 12)


class RecurrenceForm(forms.Form):
    """The part of the facts about recurrence; `regle_de` reads it once the first day is known."""

    frequence = forms.ChoiceField(
        label="Revient", choices=FREQUENCES, required=False, widget=forms.RadioSelect, initial=UNE_FOIS
    )
    jours_semaine = forms.MultipleChoiceField(
        label="Jours de la semaine",
        choices=JOURS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché : le même jour que la première rencontre.",
    )
    rang = forms.ChoiceField(label="Quel rang dans le mois", choices=RANGS, required=False)
    jour_rang = forms.ChoiceField(label="Quel jour de la semaine", choices=(COMME_LE_PREMIER, *JOURS), required=False)
    fin = forms.ChoiceField(
        label="Se termine", choices=FINS, required=False, widget=forms.RadioSelect, initial=SANS_FIN
    )
    jusqu_au = forms.DateField(label="Jusqu’au", required=False, widget=JourInput)
    nombre = forms.IntegerField(
        label="Nombre de rencontres",
        required=False,
        min_value=1,
        max_value=NOMBRE_AU_PLUS,
        help_text="Celles que vous retirez plus bas comptent aussi.",
    )
    dates_exclues = DatesField(
        label="Dates sans rencontre",
        help_text="Vacances, jours fériés : une date par ligne. Exemple : 14/07/2027.",
    )


def depuis_la_regle(texte: str) -> dict[str, Any]:
    """Return what the form shows for a rule that is stored; one that cannot be read is asked again."""
    if not texte:
        return {"frequence": UNE_FOIS, "fin": SANS_FIN}
    try:
        regle = Regle.depuis_rrule(texte)
    except RegleError:
        return {"frequence": UNE_FOIS, "fin": SANS_FIN}
    shown: dict[str, Any] = {"frequence": regle.frequence.value, "jusqu_au": regle.jusqu_au, "nombre": regle.nombre}
    shown["fin"] = JUSQU_AU if regle.jusqu_au else NOMBRE if regle.nombre else SANS_FIN
    if regle.frequence is Frequence.MENSUELLE_JOUR and regle.jour_du_mois == DERNIER:
        shown["frequence"] = DERNIER_DU_MOIS
    elif regle.frequence is Frequence.MENSUELLE_RANG:
        shown |= {"rang": str(regle.rang), "jour_rang": str(regle.jours[0])}
    elif regle.frequence is not Frequence.MENSUELLE_JOUR:
        shown["jours_semaine"] = [str(jour) for jour in regle.jours]
    return shown


@dataclass(frozen=True)
class Lecture:
    """A rule that was read, and what is wrong with it by field."""

    regle: Regle | None
    erreurs: dict[str, str]


def regle_de(donnees: dict[str, Any], premier: datetime.date) -> Lecture:
    """Read the rule that the form describes, for a series whose first meeting is on `premier`."""
    frequence = donnees.get("frequence", UNE_FOIS)
    if frequence == UNE_FOIS:
        unused = "Une rencontre qui n’a lieu qu’une fois n’en a pas. Videz, ou choisissez une répétition."
        return Lecture(None, {"dates_exclues": unused} if donnees.get("dates_exclues") else {})
    fin, erreurs = _fin(donnees, premier)
    if erreurs:
        return Lecture(None, erreurs)
    try:
        regle = Regle(**_quoi(frequence, donnees, premier), **fin)
    except RegleError as error:
        return Lecture(None, {"frequence": str(error)})
    first = premier_jour(regle, premier)
    if first is None:
        return Lecture(regle, {"jusqu_au" if regle.jusqu_au else "frequence": "Cette série n’a aucune rencontre."})
    if first != premier:
        said = f"Le {jour_long(premier)} n’est pas un jour de cette série : elle commencerait le {jour_long(first)}."
        return Lecture(regle, {"jour": f"{said} Changez le premier jour, ou la répétition."})
    return Lecture(regle, _exclues(regle, premier, donnees.get("dates_exclues") or []))


def _quoi(frequence: str, donnees: dict[str, Any], premier: datetime.date) -> dict[str, Any]:
    if frequence == DERNIER_DU_MOIS:
        return {"frequence": Frequence.MENSUELLE_JOUR, "jour_du_mois": DERNIER}
    if frequence == Frequence.MENSUELLE_JOUR:
        return {"frequence": Frequence.MENSUELLE_JOUR, "jour_du_mois": premier.day}
    if frequence == Frequence.MENSUELLE_RANG:
        fifth = (premier.day - 1) // 7 + 1
        rang = int(donnees["rang"]) if donnees.get("rang") else fifth if fifth <= 4 else DERNIER
        jour = int(donnees["jour_rang"]) if donnees.get("jour_rang") else premier.weekday()
        return {"frequence": Frequence.MENSUELLE_RANG, "jours": (jour,), "rang": rang}
    chosen = tuple(int(jour) for jour in donnees.get("jours_semaine") or ())
    return {"frequence": Frequence(frequence), "jours": chosen or (premier.weekday(),)}


def _fin(donnees: dict[str, Any], premier: datetime.date) -> tuple[dict[str, Any], dict[str, str]]:
    fin, jusqu_au, nombre = donnees.get("fin"), donnees.get("jusqu_au"), donnees.get("nombre")
    if fin == JUSQU_AU:
        if jusqu_au is None:
            return {}, {"jusqu_au": "Donnez la date de la dernière rencontre."}
        if jusqu_au < premier:
            return {}, {"jusqu_au": "La série finirait avant sa première rencontre."}
        if jusqu_au - premier > LOIN:
            return {}, {"jusqu_au": "C’est trop loin : une série dure douze ans au plus."}
        return {"jusqu_au": jusqu_au}, {}
    if fin == NOMBRE:
        return ({"nombre": nombre}, {}) if nombre else ({}, {"nombre": "Donnez le nombre de rencontres."})
    return {}, {}


def _exclues(regle: Regle, premier: datetime.date, exclues: list[datetime.date]) -> dict[str, str]:
    if not exclues:
        return {}
    dernier = min(max(exclues), premier + LOIN)
    given = set(jours(regle, premier, jusqu_a=dernier))
    if unknown := [jour_long(jour) for jour in exclues if jour not in given]:
        return {"dates_exclues": f"Pas de rencontre prévue ce jour-là : {', '.join(unknown)}. Retirez cette date."}
    after = next(iter(jours(regle, premier, exclus=set(exclues), jusqu_a=dernier + LOIN)), None)
    return {} if after else {"dates_exclues": "Il ne resterait aucune rencontre."}


def valider(form: forms.Form, premier: datetime.date) -> Regle | None:
    """Put what is wrong with the rule beside its fields, and return the rule."""
    read = regle_de(form.cleaned_data, premier)
    for name, message in read.erreurs.items():
        form.add_error(name, ValidationError(message))
    return read.regle
