"""Proposals from outside."""

from typing import Any

from django.utils import timezone

from redaction.models import ContactProposition, Proposition

TEXTES = {
    "langue": "fr",
    "titre": "Accueillir à deux",
    "texte": "Choisir un lieu calme.",
    "details": {"resume": "Bien commencer."},
}


def proposer(genre: str = "correction", etat: str = "recue", courriel: str = "lou@exemple.test", **values: Any) -> Any:
    """Return a proposal, received and with a confirmed address unless told otherwise."""
    now = timezone.now()
    dates = {"recue_le": None if etat == "a_confirmer" else now}
    if etat in {"acceptee", "refusee"}:
        dates["close_le"] = now
        values.setdefault("motif", "Nous l’avons déjà.")
    made = Proposition.objects.create(genre=genre, etat=etat, **{**TEXTES, **dates, **values})
    if courriel:
        ContactProposition.objects.create(
            proposition=made,
            nom="Lou Exemple",
            courriel=courriel,
            consentement="1",
            consenti_le=now,
            confirme_le=dates["recue_le"],
        )
    return made
