"""The facts of an event in one form: when, how often, where, who, how many, for how much."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.models import formfield_for_dbfield

from evenements.calendrier import HoraireError, Moment, Regle, jours, moment
from evenements.dates import decrire, jour_long, quand
from evenements.forms_admin.champs import HeureInput, JourInput, MomentInput, RappelsField
from evenements.forms_admin.recurrence import RecurrenceForm, depuis_la_regle, valider
from evenements.models import Cote, Evenement, Mode, ModeInscription
from evenements.queries.droits import responsables_possibles
from socle.dates import today
from socle.models import Lieu

APERCU = 12
LIGNES_VIDES = 2
LIGNES_AU_PLUS = 30
LIGNES: dict[str, Any] = {
    "extra": LIGNES_VIDES,
    "max_num": LIGNES_AU_PLUS,
    "validate_max": True,
    "formfield_callback": formfield_for_dbfield,
}
TROP_LONG = datetime.timedelta(days=366)
# What the next dates depend on.
QUAND = (
    *("jour", "jour_fin", "heure_debut", "heure_fin", "fuseau"),
    *("frequence", "jours_semaine", "rang", "jour_rang", "fin", "jusqu_au", "nombre", "dates_exclues"),
)
CHAMPS = [
    *("nom", "genre", "jour", "jour_fin", "heure_debut", "heure_fin", "fuseau", "dates_exclues"),
    *("mode", "lieu", "lien_en_ligne", "acces_en_ligne", "lien_public"),
    *("responsables", "contact_courriel", "langues"),
    *("inscription", "inscription_url", "inscriptions_ouvrent_le", "inscriptions_fermees", "cloture_heures"),
    *("capacite", "quotas_relaches_jours", "liste_attente", "offre_heures", "rappels_jours"),
    *("accessibilite", "gratuit", "prix", "precision_tarif"),
]


class FaitsForm(RecurrenceForm, WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail has no types
    """Each constraint of the database is said here beside its field, before anything is written."""

    rappels_jours = RappelsField(
        label="Rappels, en jours avant",
        help_text="Un e-mail part ces jours-là aux personnes inscrites. Exemple : 7, 1. Vide : aucun rappel.",
    )
    # The facts that were on the screen: somebody else's change is not undone.
    sequence = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Evenement
        fields = CHAMPS
        formsets: ClassVar = {
            "organisateurs": {"fields": ["nom", "url"], **LIGNES},
            "animateurs": {"fields": ["nom", "cote", "fonction"], **LIGNES},
            "quotas": {"fields": ["genre", "places"], **LIGNES},
        }
        widgets: ClassVar = {
            **dict.fromkeys(("jour", "jour_fin"), JourInput),
            **dict.fromkeys(("heure_debut", "heure_fin"), HeureInput),
            "inscriptions_ouvrent_le": MomentInput,
            **dict.fromkeys(("mode", "inscription"), forms.RadioSelect),
            "responsables": forms.CheckboxSelectMultiple,
            "acces_en_ligne": forms.Textarea(attrs={"rows": 3}),
        }
        labels: ClassVar = {
            "nom": "Nom de la rencontre",
            "jour": "Premier jour",
            "heure_debut": "De (heure)",
            "heure_fin": "À (heure)",
            "mode": "On se retrouve",
            "gratuit": "C’est gratuit",
            "inscription": "Pour venir",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = self.instance
        if event.pk is None:
            self.fields["nom"].help_text = "Ce sera aussi le titre de la page en français : vous pourrez le changer."
        for name, value in depuis_la_regle(event.recurrence).items():
            self.initial.setdefault(name, value)
        self.initial["sequence"] = event.sequence
        self.fields["jour_fin"].required = False
        self.fields["jour_fin"].help_text = "Vide : le même jour. À remplir quand elle dure plusieurs jours."
        fields: dict[str, Any] = self.fields
        fields["lieu"].queryset = Lieu.objects.actifs() | Lieu.objects.filter(pk=event.lieu_id)
        fields["lieu"].empty_label = "Choisissez un lieu"
        fields["responsables"].queryset = responsables_possibles(event)
        fields["responsables"].label_from_instance = str

    # --- What is checked ---

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("jour") and not data.get("jour_fin") and "jour_fin" not in self.errors:
            data["jour_fin"] = self.instance.jour_fin = data["jour"]
        self._verifier_quand(data)
        self._verifier_ou(data)
        self._verifier_inscriptions(data)
        self._verifier_prix(data)
        return data

    def _dire(self, champ: str, message: str) -> None:
        if champ not in self.errors:
            self.add_error(champ, ValidationError(message))

    def _verifier_quand(self, data: dict[str, Any]) -> None:
        jour, jour_fin = data.get("jour"), data.get("jour_fin")
        debut, fin = data.get("heure_debut"), data.get("heure_fin")
        hours = not {"heure_debut", "heure_fin"} & set(self.errors)
        if hours and (debut is None) != (fin is None):
            missing = "heure_debut" if debut is None else "heure_fin"
            self._dire(missing, "Donnez l’heure du début et celle de la fin, ou aucune des deux.")
        if jour is None or jour_fin is None:
            return
        if jour_fin < jour:
            self._dire("jour_fin", "Le dernier jour vient après le premier.")
        elif jour_fin - jour > TROP_LONG:
            self._dire("jour_fin", "Une rencontre dure un an au plus. Pour une série, choisissez une répétition.")
        elif hours and jour == jour_fin and debut and fin and fin <= debut:
            self._dire("heure_fin", "L’heure de fin vient après celle du début. Après minuit, changez le dernier jour.")
        if not set(QUAND[5:]) & set(self.errors):
            regle = valider(self, jour)  # type: ignore[arg-type]  # Wagtail has no types
            self.instance.recurrence = regle.rrule() if regle else ""
        if not {"jour", "jour_fin"} & set(self.errors):
            try:
                self._moment(jour)
            except HoraireError as error:
                self._dire("jour", str(error))

    def _verifier_ou(self, data: dict[str, Any]) -> None:
        mode = data.get("mode")
        if mode == Mode.EN_LIGNE and data.get("lieu"):
            self._dire("lieu", "Une rencontre en ligne n’a pas de lieu : retirez-le, ou choisissez « sur place ».")
        if mode == Mode.SUR_PLACE and data.get("lien_en_ligne"):
            self._dire("lien_en_ligne", "Une rencontre sur place n’a pas d’adresse en ligne : retirez-la.")
        if data.get("lien_public") and data.get("inscription") not in (ModeInscription.AUCUNE, None):
            self._dire("lien_public", "L’adresse en ligne n’est montrée à tout le monde que sans inscription.")

    def _verifier_inscriptions(self, data: dict[str, Any]) -> None:
        externe = data.get("inscription") == ModeInscription.EXTERNE
        if externe and not data.get("inscription_url"):
            self._dire("inscription_url", "Donnez l’adresse de la page où l’on s’inscrit.")
        if data.get("inscription") and not externe and data.get("inscription_url"):
            self._dire("inscription_url", "Elle ne sert que pour une inscription sur un autre site : retirez-la.")
        if data.get("capacite") == 0:
            self._dire("capacite", "Il faut au moins une place. Laissez vide s’il n’y a pas de limite.")
        reserved = self.places_reservees
        if reserved and data.get("capacite") and reserved > data["capacite"]:
            self._dire("capacite", f"{reserved} places sont réservées plus bas : c’est plus que ce nombre.")
        elif reserved and data.get("capacite") is None and "capacite" not in self.errors:
            self._dire("capacite", "Des places réservées demandent un nombre de places en tout.")

    def _verifier_prix(self, data: dict[str, Any]) -> None:
        if "prix" in self.errors:
            return
        if data.get("gratuit") and data.get("prix") is not None:
            self._dire("prix", "Une rencontre gratuite n’a pas de prix : videz-le, ou décochez « gratuit ».")
        if not data.get("gratuit") and not data.get("prix"):
            self._dire("prix", "Donnez le prix, ou cochez « gratuit ».")
        if data.get("prix") is not None and data["prix"] < 0:
            self._dire("prix", "Un prix est plus grand que zéro.")

    @property
    def places_reservees(self) -> int:
        """How many seats the quotas that were typed reserve; those of a form in error count for nothing."""
        formset = self.formsets["quotas"]
        formset.is_valid()
        rows = (each.cleaned_data for each in formset.forms if hasattr(each, "cleaned_data") and each.is_valid())
        return sum(row.get("places") or 0 for row in rows if not row.get("DELETE"))

    # --- What is shown ---

    def _moment(self, jour: datetime.date) -> Moment:
        data = self.cleaned_data
        span = data["jour_fin"] - data["jour"]
        fuseau = data.get("fuseau") or self.instance.fuseau
        debut, fin = data.get("heure_debut"), data.get("heure_fin")
        whole = debut is None or fin is None
        return moment(jour, span, None if whole else debut, None if whole else fin, fuseau)

    @cached_property
    def apercu(self) -> dict[str, Any] | None:
        """The next dates in words; None while they cannot be told."""
        if not self.is_bound or set(QUAND) & set(self.errors) or not self.cleaned_data.get("jour"):
            return None
        regle = Regle.depuis_rrule(self.instance.recurrence) if self.instance.recurrence else None
        exclues = self.cleaned_data.get("dates_exclues") or []
        horizon = self.cleaned_data["jour"] + datetime.timedelta(days=366 * 12)
        found = []
        for jour in jours(regle, self.cleaned_data["jour"], exclus=set(exclues), jusqu_a=horizon):
            found.append(self._moment(jour))
            if len(found) > APERCU:
                break
        return {
            "regle": decrire(regle) if regle else "",
            "dates": [{"quand": quand(each), "passee": each.jour_fin < today()} for each in found[:APERCU]],
            "suite": len(found) > APERCU,
            "exclues": [jour_long(jour) for jour in exclues],
        }

    def taire(self, *sauf: str) -> None:
        """Forget what is wrong, but for these fields: nothing is being saved yet."""
        for name in set(self.errors) - set(sauf):
            del self.errors[name]
        for formset in self.formsets.values():
            formset.non_form_errors().clear()
            for each in formset.forms:
                each.errors.clear()

    @property
    def manque_un_cote(self) -> str:
        """Which side of the pair nobody leads from, when the other has somebody."""
        sides = {each["cote"].value() for each in self.formsets["animateurs"].forms if each["nom"].value()} - {"", None}
        missing = set(Cote.values) - sides
        return Cote(missing.pop()).label.lower() if sides and len(missing) == 1 else ""


def plus_de_lignes(donnees: Any, quoi: str) -> Any:
    """Return what was sent, with empty rows more in one of the tables; nothing else changes."""
    sent = donnees.copy()
    name = f"{quoi}-TOTAL_FORMS"
    number = sent.get(name, "")
    if number.isascii() and number.isdigit() and int(number) < LIGNES_AU_PLUS:
        sent[name] = str(int(number) + LIGNES_VIDES)
    return sent
