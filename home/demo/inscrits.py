"""People of the meetings of the demonstration: registered, waiting, present, and what they thought of it.

Nobody here exists; their addresses are of a domain that cannot. Rows are written at once: no mail is sent.
"""

import datetime
from collections.abc import Iterator
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from evenements.models import BesoinAcces, EtatInscription, Evenement, Inscription, ReponseEnquete, Seance
from evenements.operations import oubli
from evenements.queries.rappels import HEURE
from home.demo.agenda import UN_JOUR, Semis, evenements
from home.demo.sources import Data
from socle.dates import months_later

PRENOMS = (
    *("Aïcha", "Basile", "Chloé", "Driss", "Eva", "Farid", "Gaëlle", "Hugo", "Imane", "Jeanne", "Kofi", "Lina", "Malo"),
    *("Noé", "Ousmane", "Perle", "Quentin", "Rim", "Solal", "Tania", "Ulysse", "Violette", "Wassim", "Xavier", "Yaël"),
)
NOMS = (
    *("Brouillon", "Calque", "Canevas", "Croquis", "Ébauche", "Échantillon", "Esquisse", "Exemple", "Factice"),
    *("Gabarit", "Hypothèse", "Maquette", "Modèle", "Patron", "Prototype", "Pseudonyme", "Scénario", "Simulacre"),
)
GENRES = (
    *("usager", "pro_sante", "aidant", "usager", "association", "pro_social", "usager", "pro_sante"),
    *("representant", "structure", "usager", "recherche", "aidant", "pro_sante"),
)
DEPARTEMENTS = ("75", "93", "94", "92", "91", "95", "78", "77", "93", "75", "94", "")
STRUCTURES = {
    "association": "Association fictive Vivre et Transmettre",
    "pro_sante": "Hôpital fictif des Tilleuls",
    "pro_social": "Foyer fictif des Glycines",
    "structure": "Structure d’appui fictive Les Passeurs",
    "recherche": "Laboratoire fictif Deux Rives",
}
# What one person in eight tells of what she needs.
BESOINS = (
    (["boucle_magnetique"], ""),
    (["plain_pied", "stationnement_reserve"], "Fauteuil roulant électrique."),
    (["transcription"], ""),
    ([], "Être près de la sortie."),
    (["documents_falc", "accueil_accompagne"], ""),
)
# Of the dates of a series after the next one.
ENSUITE = (4, 2)


def semer_inscrits(semis: Semis, responsables: list[Any]) -> None:
    """Give the events of this run their people and those who look after them."""
    lien = Evenement.responsables.through
    lien.objects.bulk_create(
        lien(evenement=evenement, utilisateur=user) for evenement in semis.crees.values() for user in responsables
    )
    run = _Inscrits(semis.today)
    rows = evenements()
    dates: dict[int, list[Seance]] = {}
    for seance in Seance.objects.filter(evenement__in=semis.crees.values()).order_by("debut"):
        dates.setdefault(seance.evenement_id, []).append(seance)
    for identifiant, evenement in semis.crees.items():
        if inscrits := rows[identifiant].get("inscrits"):
            run.remplir(evenement, dates.get(evenement.pk, []), inscrits)
    run.enregistrer()


class _Inscrits:
    """One run: everyone is another person."""

    def __init__(self, today: datetime.date) -> None:
        self.today = today
        self.maintenant = timezone.now()
        self.rang = count()
        self.inscriptions: list[Inscription] = []
        self.besoins: list[BesoinAcces] = []
        self.reponses: list[ReponseEnquete] = []

    def remplir(self, evenement: Evenement, dates: list[Seance], inscrits: Data) -> None:
        past = [seance for seance in dates if seance.jour_fin < self.today]
        coming = [seance for seance in dates if seance.jour_fin >= self.today]
        for seance in past:
            self._passee(evenement, seance, inscrits)
        for seance, nombre in zip(coming, (inscrits["confirmes"], *ENSUITE), strict=False):
            for _rang in range(nombre):
                self._inscrire(evenement, seance, inscrits, EtatInscription.CONFIRMEE)
        if coming:
            for _rang in range(inscrits.get("attente", 0)):
                self._inscrire(evenement, coming[0], inscrits, EtatInscription.EN_ATTENTE)

    def _passee(self, evenement: Evenement, seance: Seance, inscrits: Data) -> None:
        presents = inscrits.get("presents", 0)
        nombre = presents + 2 if evenement.recurrence else inscrits["confirmes"]
        for rang in range(nombre):
            self._inscrire(evenement, seance, inscrits, EtatInscription.CONFIRMEE, present=rang < presents)
        for _rang in range(inscrits.get("annules", 0)):
            self._inscrire(evenement, seance, inscrits, EtatInscription.ANNULEE)
        self.reponses += _reponses(seance, inscrits)

    def _inscrire(
        self,
        evenement: Evenement,
        seance: Seance,
        inscrits: Data,
        etat: EtatInscription,
        *,
        present: bool | None = None,
    ) -> None:
        rang = next(self.rang)
        genres = inscrits.get("genres") or GENRES
        prenom, nom = PRENOMS[rang % len(PRENOMS)], NOMS[rang * 7 % len(NOMS)]
        le = self._quand(evenement, seance, rang)
        genre = genres[rang % len(genres)]
        inscription = Inscription(
            seance=seance,
            etat=etat,
            nom=f"{prenom} {nom}",
            courriel=f"{slugify(prenom)}.{slugify(nom)}.{rang}@exemple.test",
            genre=genre,
            departement=evenement.lieu.departement if evenement.lieu and rang % 2 else DEPARTEMENTS[rang % 12],
            structure=STRUCTURES.get(genre, ""),
            langue=evenement.langues[rang % len(evenement.langues)] if "ar" in evenement.langues else "fr",
            remboursement_demande=genre == "usager" and "transport_rembourse" in evenement.accessibilite,
            confirmee_le=le if etat != EtatInscription.EN_ATTENTE else None,
            attend_depuis=le if etat == EtatInscription.EN_ATTENTE else None,
            close_le=le + UN_JOUR if etat == EtatInscription.ANNULEE else None,
            present=present,
        )
        if months_later(seance.jour_fin, oubli.MOIS) <= self.today:
            inscription.nom = inscription.courriel = inscription.structure = ""
            inscription.anonyme_le = self.today
        self.inscriptions.append(inscription)
        if rang % 8 == 0 and seance.jour_fin >= self.today:
            besoins, texte = BESOINS[rang // 8 % len(BESOINS)]
            self.besoins.append(BesoinAcces(inscription=inscription, besoins=besoins, texte=texte))

    def _quand(self, evenement: Evenement, seance: Seance, rang: int) -> datetime.datetime:
        """When somebody registered: in the three weeks before, and after the last reminder, which is for others."""
        fin = min(seance.debut, self.maintenant)
        matin = datetime.datetime.combine(seance.jour, HEURE, ZoneInfo(evenement.fuseau))
        rappels = [matin - jours * UN_JOUR for jours in evenement.rappels_jours]
        depuis = max([fin - 21 * UN_JOUR, *(moment for moment in rappels if moment < fin == self.maintenant)])
        return depuis + (fin - depuis) * (rang % 40 + 1) / 41

    def enregistrer(self) -> None:
        Inscription.objects.bulk_create(self.inscriptions)
        keys = [inscription.pk for inscription in self.inscriptions]
        # They asked a little before their address was confirmed; the column dates itself.
        new = Inscription.objects.filter(pk__in=keys)
        new.filter(attend_depuis=None).update(cree_le=F("confirmee_le") - datetime.timedelta(minutes=4))
        new.exclude(attend_depuis=None).update(cree_le=F("attend_depuis") - datetime.timedelta(minutes=4))
        BesoinAcces.objects.bulk_create(self.besoins)
        ReponseEnquete.objects.bulk_create(self.reponses)


def _reponses(seance: Seance, inscrits: Data) -> Iterator[ReponseEnquete]:
    """Answers whose mean is the one told, between two neighbouring marks."""
    nombre = inscrits.get("reponses", 0)
    total = round(inscrits.get("satisfaction", 0) * nombre)
    commentaires = inscrits.get("commentaires") or ()
    for rang in range(nombre):
        note = total // nombre + (rang < total % nombre)
        yield ReponseEnquete(
            seance=seance,
            satisfaction=note,
            place=max(1, note - (rang % 3 == 0)),
            commentaire=commentaires[rang] if rang < len(commentaires) else "",
        )
