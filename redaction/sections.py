"""The sections of the desk that are no step of a workflow.

What was published in a hurry, what is to be refreshed, what the public proposes.
"""

from typing import Any

from django.db.models import Q
from wagtail.models import Page

from redaction.bureau import Section, register
from redaction.queries.bureau import Filtres, ecrit, suit
from redaction.queries.fraicheur import PremieresARevoir, a_revoir, confirmables, noter_confirmables
from redaction.queries.moderation import publications_urgentes
from redaction.queries.propositions import en_attente, peut_voir
from socle.dates import today


def _telles_quelles(rows: Any, user: Any) -> list[Any]:
    return list(rows)


def _urgences(user: Any, filtres: Filtres) -> Any:
    # Of the pages that the person may open to put them in review.
    pages = Page.objects.filter(confirmables(user), filtres.pages)
    rows = publications_urgentes().filter(page__in=pages).order_by("le", "pk")
    return rows.filter(le__lte=filtres.avant) if filtres.avant else rows


def _a_revoir(user: Any, filtres: Filtres) -> Any:
    if filtres.pages:
        return a_revoir(user, today()).filter(filtres.pages).select_related("locale", "owner")
    return PremieresARevoir(user, today())


def _propositions(user: Any, filtres: Filtres) -> Any:
    rows = en_attente(user)
    if filtres.q:
        rows = rows.filter(Q(titre__icontains=filtres.q) | Q(page_titre__icontains=filtres.q))
    if filtres.langue:
        rows = rows.filter(langue=filtres.langue)
    return rows.filter(recue_le__lte=filtres.avant) if filtres.avant else rows


def enregistrer() -> None:
    """Called when the app is ready."""
    register(
        Section(
            "urgences",
            "À relire après coup",
            "warning",
            60,
            visible=suit,
            lignes=_urgences,
            decrire=_telles_quelles,
            gabarit="redaction/bureau/urgence.html",
            filtres=frozenset({"q", "genre", "langue", "age"}),
            vide="Aucune page publiée en urgence n’attend sa relecture.",
        )
    )
    register(
        Section(
            "a-revoir",
            "À revoir",
            "history",
            70,
            visible=ecrit,
            lignes=_a_revoir,
            decrire=noter_confirmables,
            gabarit="redaction/bureau/a_revoir.html",
            gabarit_bref="redaction/accueil/a_revoir.html",
            filtres=frozenset({"q", "genre", "langue"}),
            vide="Aucune page n’est à revoir aujourd’hui.",
            panneau=True,
        )
    )
    register(
        Section(
            "propositions",
            "Propositions",
            "mail",
            80,
            visible=peut_voir,
            lignes=_propositions,
            decrire=_telles_quelles,
            gabarit="redaction/bureau/proposition.html",
            gabarit_bref="redaction/accueil/proposition.html",
            filtres=frozenset({"q", "langue", "age"}),
            vide="Aucune proposition n’attend de réponse.",
            panneau=True,
        )
    )
