"""What the team does for people: registering them, welcoming them, ticking the sheet."""

import datetime
from collections.abc import Collection
from typing import Any

from django.utils import timezone

from evenements.calendrier import zone
from evenements.courriels import Courrier, oublier
from evenements.erreurs import ImpossibleError
from evenements.models import EtatInscription, Inscription, Seance
from evenements.operations.placement import exiger_l_equipe, noter_au_journal, noter_besoins, placer
from evenements.operations.verrous import inscription_sous_verrou, passer, sous_verrou
from evenements.transitions import Geste


def inscrire_par_equipe(
    seance: Seance,
    *,
    nom: str,
    genre: str,
    par: Any,
    courriel: str = "",
    departement: str = "",
    structure: str = "",
    langue: str = "fr",
    remboursement: bool = False,
    besoins: Collection[str] = (),
    besoins_texte: str = "",
    au_dela: bool = False,
    maintenant: datetime.datetime | None = None,
) -> Inscription:
    """Register somebody who called or wrote: a seat, else a rank on the list. They are told by mail if they have one.

    `au_dela` gives a seat whatever is left and whoever waits: the team knows its room.
    """
    exiger_l_equipe(par)
    details = {
        "nom": nom.strip(),
        "courriel": courriel.strip(),
        "genre": genre,
        "departement": departement,
        "structure": structure.strip(),
        "langue": langue,
        "remboursement_demande": remboursement,
        "source": Inscription.Source.EQUIPE,
    }
    with sous_verrou(seance.pk) as date:
        now = maintenant or timezone.now()
        if date.annulee:
            raise ImpossibleError("Cette date est annulée.")
        if now >= date.fin:
            raise ImpossibleError("Cette date est passée.")
        found = _deja_la(date, details["courriel"])
        if found is None:
            found = Inscription(seance=date, **details)
        elif found.etat == EtatInscription.CONFIRMEE or (found.etat != EtatInscription.A_CONFIRMER and not au_dela):
            raise ImpossibleError("Cette adresse est déjà inscrite à cette date, ou sur sa liste d’attente.")
        else:
            for name, value in details.items():
                setattr(found, name, value)
        found.save()
        found.seance = date
        if besoins or besoins_texte:
            noter_besoins(found, besoins, besoins_texte)
        if au_dela:
            oublier(found)
            passer(found, Geste.INSCRIRE, EtatInscription.CONFIRMEE, confirmee_le=now)
            Courrier(date).ecrire(found, "inscrite")
        else:
            placer(found, Geste.INSCRIRE, now)
        noter_au_journal(found, "inscrire", par)
        return found


def ajouter_sur_place(
    seance: Seance,
    *,
    nom: str,
    genre: str,
    par: Any,
    departement: str = "",
    courriel: str = "",
    maintenant: datetime.datetime | None = None,
) -> Inscription:
    """Write down somebody who came: they are there, whatever the number of seats."""
    exiger_l_equipe(par)
    with sous_verrou(seance.pk) as date:
        now = maintenant or timezone.now()
        _exiger_le_jour_meme(date, now)
        known = _deja_la(date, courriel.strip())
        if known is not None:
            known.seance = date
            _pointer(known, True, now)
            noter_au_journal(known, "pointer", par)
            return known
        found = Inscription.objects.create(
            seance=date,
            nom=nom.strip(),
            courriel=courriel.strip(),
            genre=genre,
            departement=departement,
            etat=EtatInscription.CONFIRMEE,
            source=Inscription.Source.SUR_PLACE,
            confirmee_le=now,
            present=True,
        )
        noter_au_journal(found, "ajouter", par)
        return found


def pointer(
    inscription_id: int, present: bool | None, par: Any, maintenant: datetime.datetime | None = None
) -> Inscription:
    """Tick somebody as present or absent, or take the tick back (None). Who waited and came in is registered."""
    exiger_l_equipe(par)
    with inscription_sous_verrou(inscription_id) as found:
        now = maintenant or timezone.now()
        _exiger_le_jour_meme(found.seance, now)
        if _pointer(found, present, now):
            noter_au_journal(found, "pointer", par)
        return found


def _pointer(inscription: Inscription, present: bool | None, now: datetime.datetime) -> bool:
    if inscription.etat in {EtatInscription.ANNULEE, EtatInscription.EXPIREE}:
        raise ImpossibleError("Cette inscription est close. Ajoutez la personne comme venue le jour même.")
    if inscription.etat != EtatInscription.CONFIRMEE:
        if not present:
            raise ImpossibleError("Cette personne n’est pas inscrite : elle ne peut pas être absente.")
        held = inscription.etat == EtatInscription.OFFRE
        oublier(inscription)
        source = inscription.source if held else Inscription.Source.SUR_PLACE
        passer(inscription, Geste.ADMETTRE, EtatInscription.CONFIRMEE, confirmee_le=now, source=source)
    if inscription.present is present:
        return False
    inscription.present = present
    inscription.save(update_fields=["present"])
    return True


def _deja_la(date: Seance, courriel: str) -> Inscription | None:
    if not courriel:
        return None
    found: Inscription | None = Inscription.objects.filter(seance=date).ouvertes().d_adresse(courriel).first()
    return found


def _exiger_le_jour_meme(date: Seance, now: datetime.datetime) -> None:
    if now.astimezone(zone(date.evenement.fuseau)).date() < date.jour:
        raise ImpossibleError("La feuille de présence se remplit à partir du jour même.")
