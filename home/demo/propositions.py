"""Proposals of the demonstration, in several states. No mail is sent: their authors do not exist."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from fiches.models import FichePage
from home.demo import sources
from redaction.models import ContactProposition, MessageProposition, Proposition
from redaction.propositions import CONSENTEMENT

Nature = MessageProposition.Nature


@transaction.atomic
def semer_propositions(moderation: Any) -> int:
    """Create the proposals unless there are some already; return how many."""
    if Proposition.objects.exists():
        return 0
    rows = sources.propositions()
    for row in rows:
        _semer(row, moderation)
    return len(rows)


def _semer(row: sources.Data, moderation: Any) -> None:
    le = timezone.now() - datetime.timedelta(days=row["il_y_a"])
    page = FichePage.objects.filter(slug=row.get("page", ""), locale__language_code="fr").first()
    handled = row["etat"] != "recue"
    proposition = Proposition.objects.create(
        genre=row["genre"],
        etat=row["etat"],
        langue="fr",
        titre=row.get("titre", ""),
        texte=row["texte"],
        details=row["details"],
        page=page,
        page_titre=page.title if page else "",
        page_adresse=(page.get_url() or "") if page else "",
        recue_le=le,
        close_le=le + datetime.timedelta(days=2) if "motif" in row else None,
        motif=row.get("motif", ""),
        traitee_par=moderation if handled else None,
    )
    if courriel := row.get("courriel"):
        ContactProposition.objects.create(
            proposition=proposition,
            nom=row["nom"],
            courriel=courriel,
            signature=row.get("signature", False),
            consentement=CONSENTEMENT,
            consenti_le=le,
            confirme_le=le,
        )
    for name, nature in (("question", Nature.QUESTION), ("note", Nature.NOTE), ("motif", Nature.DECISION)):
        if texte := row.get(name):
            proposition.messages.create(nature=nature, texte=texte, auteur=moderation)
