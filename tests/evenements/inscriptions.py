"""What the tests of registrations share."""

import datetime
import re
from typing import Any

from django.contrib.auth.models import Permission
from django.utils import timezone

from evenements.models import Inscription, Seance
from evenements.operations import inscriptions as operations
from socle.models import CourrielASortir, Utilisateur
from tests.factories import EvenementFactory, UtilisateurFactory

_rang = iter(range(1, 10**9))


def date(**facts: Any) -> Seance:
    """Return the date of a new event; `capacite`, `quotas`, `dans` and other facts."""
    found: Seance = EvenementFactory(**facts).seances.get()
    return found


def demander(seance: Seance, genre: str = "usager", **details: Any) -> Inscription:
    """Ask for a seat as the form does."""
    rang = next(_rang)
    defaults = {"nom": f"Personne {rang}", "courriel": f"p{rang}@exemple.test", "genre": genre, "langue": "fr"}
    return operations.demander(seance, **{**defaults, **details})


def inscrire(seance: Seance, genre: str = "usager", **details: Any) -> Inscription:
    """Ask for a seat and confirm the address."""
    found = demander(seance, genre, **details)
    return operations.confirmer(found.pk, details.get("maintenant"))


def equipe() -> Utilisateur:
    """Somebody of the team who handles registrations."""
    user: Utilisateur = UtilisateurFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_inscription"))
    return Utilisateur.objects.get(pk=user.pk)


def etats(*inscriptions: Inscription) -> list[str]:
    found = dict(Inscription.objects.values_list("pk", "etat"))
    return [found[one.pk] for one in inscriptions]


def ecrits(inscription: Inscription) -> list[str]:
    """Return what somebody was told, in order, without what makes a key unique."""
    keys = CourrielASortir.objects.filter(cle__startswith=f"inscription:{inscription.pk}:").order_by("pk")
    return [re.sub(r"^inscription:\d+:", "", key) for key in keys.values_list("cle", flat=True)]


def heures(nombre: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(hours=nombre)


def jours(nombre: float) -> datetime.datetime:
    return heures(24 * nombre)
