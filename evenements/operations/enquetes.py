"""The survey of the day after. Nothing that is kept ties an answer to who gave it.

- A link is drawn at random; only its hash is stored, without a moment, and it is deleted by the answer.
- The mail that holds the link forgets its text and its address when it leaves (`a_effacer`). Its key names the
  registration, from which the link cannot be found.
- The hashes of a date are written together, in their own order: that of the mails tells nothing about them.
- An answer has neither moment nor order (`ReponseEnquete`).
"""

import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from evenements.adresses import de_l_enquete, langue_connue
from evenements.dates import quand
from evenements.jetons import empreinte, nouveau_jeton_d_enquete
from evenements.models import Inscription, JetonEnquete, ReponseEnquete
from evenements.queries.enquetes import CLE, CONSERVATION, a_inviter, jetons_bons, jetons_perimes
from evenements.queries.titres import titre_de
from socle.dates import today as this_day
from socle.sortie import deposer

# Nobody is written to in the night: an hour of Paris.
PREMIERE_HEURE = 9
TEXTE = "evenements/courriels/enquete.txt"


def inviter(now: datetime.datetime | None = None) -> int:
    """Mail, from the day after a date, those who were there; return how many mails were written. Nobody gets two."""
    moment = timezone.localtime(now, timezone.get_default_timezone())
    if moment.hour < PREMIERE_HEURE:
        return 0
    people = list(a_inviter(moment.date()))
    if not people:
        return 0
    by_date = groupby(people, key=lambda person: person.seance_id)
    return sum(_inviter(list(those)) for _date, those in by_date)


@transaction.atomic
def _inviter(people: list[Inscription]) -> int:
    """Write the mails of one date and keep the hashes of their links."""
    seance = people[0].seance
    said: dict[str, dict[str, Any]] = {}
    kept = []
    for person in people:
        link, langue = nouveau_jeton_d_enquete(), langue_connue(person.langue)
        with override(langue):
            if langue not in said:
                said[langue] = {"titre": titre_de(seance.evenement_id, langue).texte, "quand": quand(seance)}
            context = {
                **said[langue],
                "lien": de_l_enquete(link, langue),
                "site": settings.WAGTAIL_SITE_NAME,
                "jours": CONSERVATION.days,
            }
            corps = render_to_string(TEXTE, context)
            sujet = _("Votre avis sur la rencontre")
        if deposer(f"{CLE}{person.pk}", person.courriel, sujet, corps, a_effacer=True):
            kept.append(JetonEnquete(seance=seance, empreinte=empreinte(link)))
    JetonEnquete.objects.bulk_create(sorted(kept, key=lambda token: token.empreinte))
    return len(kept)


@transaction.atomic
def repondre(jeton: str, *, satisfaction: int | None, place: int | None, commentaire: str = "") -> bool:
    """Keep an answer and delete the link; false when it was used already, is too old, or never was."""
    found = jetons_bons(this_day()).select_for_update(of=("self",)).filter(pk=empreinte(jeton)).first()
    if found is None:
        return False
    ReponseEnquete.objects.create(
        seance_id=found.seance_id, satisfaction=satisfaction, place=place, commentaire=commentaire
    )
    found.delete()
    return True


def oublier_les_jetons(today: datetime.date | None = None) -> int:
    """Delete the links that nobody used in `CONSERVATION` days."""
    return jetons_perimes(today or this_day()).delete()[0]
