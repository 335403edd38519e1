"""The meetings of the demonstration: facts that every language shares, dates around today, words of each language."""

import datetime
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Model

from evenements.calendrier import Regle, jours, premier_jour
from evenements.models import (
    AgendaPage,
    AnimateurEvenement,
    Evenement,
    EvenementPage,
    OrganisateurEvenement,
    QuotaParticipants,
)
from evenements.models.pages import VOCABULAIRES
from evenements.operations.materialisation import HORIZON_MOIS
from evenements.operations.seances import annuler_seance, materialiser
from home.demo import sources
from home.demo.blocs import Convertisseur, stored
from home.demo.lieux import fermetures, heure, semer_lieux
from home.demo.sources import Data
from socle.dates import months_later
from socle.models import Lieu

# An event keeps its key from one run to the next, whatever the day: it is that of its identifier.
ESPACE = uuid.UUID("6f0c2a5e-8d3b-4e0f-9c51-7a3f2b1e6d40")
UN_JOUR = datetime.timedelta(days=1)
# Days and months when nobody meets, besides the closures of the place.
FERIES = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), *((12, day) for day in range(24, 32))}
TELS_QUELS = (
    *("genre", "mode", "lien_en_ligne", "acces_en_ligne", "capacite", "inscription", "inscription_url"),
    *("cloture_heures", "liste_attente", "offre_heures", "quotas_relaches_jours", "accessibilite"),
    *("gratuit", "prix", "precision_tarif", "langues"),
)
CONTACT = "rencontres@exemple.test"


class Semis:
    """One run: the events by identifier, and those that it has created."""

    def __init__(self, today: datetime.date) -> None:
        self.today = today
        self.evenements: dict[str, Evenement] = {}
        self.crees: dict[str, Evenement] = {}
        # Further than any series of the file goes.
        self.fin = months_later(today, 2 * HORIZON_MOIS)

    def semer(self) -> None:
        """Create the places, the events and the dates that are missing."""
        rows = evenements()
        by_key = {evenement.cle: evenement for evenement in Evenement.objects.filter(cle__in=map(cle, rows))}
        self.evenements = {one: by_key[cle(one)] for one in rows if cle(one) in by_key}
        missing = {one: data["faits"] for one, data in rows.items() if one not in self.evenements}
        if not missing:
            return
        lieux = semer_lieux(self.today)
        annexes: list[Model] = []
        for identifiant, faits in missing.items():
            evenement = self._creer(identifiant, faits, lieux.get(faits.get("lieu", "")))
            self.evenements[identifiant] = self.crees[identifiant] = evenement
            annexes += _annexes(evenement, faits)
        for model in {type(row) for row in annexes}:
            model._default_manager.bulk_create([row for row in annexes if type(row) is model])
        for identifiant, evenement in self.crees.items():
            materialiser(evenement, months_later(self.today, HORIZON_MOIS))
            self._annuler_des_dates(evenement, missing[identifiant])

    def _creer(self, identifiant: str, faits: Data, lieu: Lieu | None) -> Evenement:
        debut, fin = (heure(faits[name]) if name in faits else None for name in ("heure_debut", "heure_fin"))
        evenement = Evenement(
            cle=cle(identifiant),
            nom=evenements()[identifiant]["mots"]["titre"],
            heure_debut=debut,
            heure_fin=fin,
            lieu=lieu,
            statut=faits.get("statut", Evenement._meta.get_field("statut").default),
            motif_statut=faits.get("motif", ""),
            contact_courriel=CONTACT,
            **{name: faits[name] for name in TELS_QUELS if name in faits},
        )
        if "recurrence" in faits:
            self._repeter(evenement, faits)
        else:
            evenement.jour = self._jour(faits)
        dernier = faits.get("duree_jours", 1) - 1 + bool(debut and fin and fin <= debut)
        evenement.jour_fin = evenement.jour + dernier * UN_JOUR
        evenement.save()
        return evenement

    # --- Days ---

    def _jour(self, faits: Data) -> datetime.date:
        """A day that suits, from that many days away: later ones for what is to come, earlier ones for what is past."""
        jour = self.today + faits["dans_jours"] * UN_JOUR
        if faits.get("jour_libre"):
            return jour
        pas = -UN_JOUR if faits["dans_jours"] < 0 else UN_JOUR
        wanted = {faits["jour_semaine"]} if "jour_semaine" in faits else set(range(5))
        while jour.weekday() not in wanted or self._ferme(jour, faits):
            jour += pas
        return jour

    def _ferme(self, jour: datetime.date, faits: Data) -> bool:
        closed = fermetures(sources.lieux().get(faits.get("lieu", ""), {}), self.today)
        return (jour.month, jour.day) in FERIES or any(du <= jour <= au for du, au, _motif in closed)

    def _repeter(self, evenement: Evenement, faits: Data) -> None:
        """Give a series its rule, its first day, and the days when it does not meet."""
        recurrence = faits["recurrence"]
        regle = _regle(recurrence, self.today)
        evenement.recurrence = regle.rrule()
        depuis = self.today + faits["depuis_jours"] * UN_JOUR
        evenement.jour = premier_jour(regle, depuis) or depuis
        suite = list(jours(regle, evenement.jour, jusqu_a=self.fin))
        evenement.dates_exclues = [jour for jour in suite if self._ferme(jour, faits)]
        a_venir = self._a_venir(evenement)
        evenement.dates_exclues += [a_venir[rang - 1] for rang in recurrence.get("dates_exclues_rangs", ())]
        evenement.dates_exclues.sort()

    def _a_venir(self, evenement: Evenement) -> list[datetime.date]:
        suite = jours(evenement.regle, evenement.jour, exclus=evenement.dates_exclues, jusqu_a=self.fin)
        return [jour for jour in suite if jour >= self.today]

    def _annuler_des_dates(self, evenement: Evenement, faits: Data) -> None:
        """Cancel dates of a series, as somebody would: they stay in the agenda."""
        recurrence = faits.get("recurrence", {})
        if rangs := recurrence.get("dates_annulees_rangs"):
            a_venir = self._a_venir(evenement)
            for rang in rangs:
                seance = evenement.seances.get(jour_prevu=a_venir[rang - 1])
                annuler_seance(seance.pk, recurrence["motif_annulation"])


def evenements() -> dict[str, Data]:
    """The facts and the French words of each event, by identifier."""
    rows: dict[str, Data] = sources.agenda(settings.LANGUAGE_CODE).get("evenements", {})
    return rows


def cle(identifiant: str) -> uuid.UUID:
    return uuid.uuid5(ESPACE, identifiant)


def _annexes(evenement: Evenement, faits: Data) -> Iterator[Model]:
    for ordre, row in enumerate(faits.get("organisateurs") or ()):
        yield OrganisateurEvenement(evenement=evenement, ordre=ordre, **row)
    for ordre, row in enumerate(faits.get("animateurs") or ()):
        yield AnimateurEvenement(evenement=evenement, ordre=ordre, **row)
    for genre, places in (faits.get("quotas") or {}).items():
        yield QuotaParticipants(evenement=evenement, genre=genre, places=places)


def _regle(recurrence: Data, today: datetime.date) -> Regle:
    mois = recurrence.get("duree_mois")
    return Regle(
        recurrence["frequence"],
        jours=tuple(recurrence.get("jours") or ()),
        rang=recurrence.get("rang"),
        jour_du_mois=recurrence.get("jour_du_mois"),
        jusqu_au=today + mois * 30 * UN_JOUR if mois else None,
        nombre=recurrence.get("nombre"),
    )


# --- Words ---


def mots(langue: str) -> dict[str, Data]:
    """The words of a language by identifier; a translation has the drawing and the lists of the French page."""
    if langue == settings.LANGUAGE_CODE:
        return {identifiant: data["mots"] for identifiant, data in evenements().items()}
    francais = mots(settings.LANGUAGE_CODE)
    communs = ("illustration", "fiches", *VOCABULAIRES)
    return {
        identifiant: {**{name: francais[identifiant].get(name) for name in communs}, **data}
        for identifiant, data in sources.agenda(langue).get("evenements", {}).items()
    }


def brouillon(identifiant: str, data: Data, evenement: Evenement) -> EvenementPage:
    """Return a page that has its title and its facts, not saved yet."""
    return EvenementPage(
        title=data["titre"],
        slug=identifiant,
        resume=data["resume"],
        evenement=evenement,
        translation_key=evenement.cle,
    )


def remplir(convertir: Convertisseur, page: EvenementPage, data: Data) -> None:
    """Give a page the rest of its words."""
    if dessin := data.get("illustration"):
        page.illustration = convertir.dessins[dessin]
    page.presentation = convertir.riche(data.get("presentation"))
    page.compte_rendu = convertir.riche(data.get("compte_rendu"))
    page.programme = json.dumps([stored("moment", _moment(convertir, row)) for row in data.get("programme") or ()])
    page.documents = json.dumps(convertir.documents_a_reutiliser(data.get("documents") or []))
    fiches = [f"fiche:{slug}" for slug in data.get("fiches") or ()]
    page.pages_liees = json.dumps([stored("pages", convertir.bloc("pages", {"pages": fiches}))] if fiches else [])
    for name in VOCABULAIRES:
        model = EvenementPage._meta.get_field(name).related_model
        terms = model.objects.filter(locale=page.locale, slug__in=data.get(name) or ())  # type: ignore[union-attr]  # a vocabulary
        setattr(page, name, terms)


def _moment(convertir: Convertisseur, row: Data) -> dict[str, Any]:
    return {"heure": row.get("heure", ""), "titre": row["titre"], "texte": convertir.riche(row.get("texte"))}


def remplir_index(convertir: Convertisseur, page: AgendaPage, data: Data) -> None:
    page.introduction = convertir.riche(data.get("introduction"))
