"""What the tests of the team's screens share."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from evenements.models import Evenement, Seance
from redaction import roles
from redaction.roles import ROLES, Role
from socle.dates import today
from socle.models import Utilisateur
from tests.factories import UtilisateurFactory
from tests.factories.evenements import EvenementFactory, LieuFactory, agenda
from tests.harness.html import StrictClient

ANONYME, CHEF = Role("anonyme", ""), Role("superutilisateur", "")
PERSONNES = [*ROLES, ANONYME, CHEF]
ANIMENT = {roles.ANIMATION, roles.MODERATION, CHEF}
LISENT = {*ANIMENT, roles.REDACTION}


def connecte(role: Role) -> tuple[StrictClient, Utilisateur | None]:
    client = StrictClient()
    if role is ANONYME:
        return client, None
    user = UtilisateurFactory(superutilisateur=True) if role is CHEF else UtilisateurFactory(groupes=[role.nom])
    client.force_login(user)
    return client, user


def animation() -> tuple[StrictClient, Utilisateur]:
    agenda()
    client, user = connecte(roles.ANIMATION)
    assert user is not None
    return client, user


def url(nom: str, *args: Any) -> str:
    return reverse(f"evenements_equipe:{nom}", args=args)


def refuse(response: HttpResponse) -> bool:
    """Tell whether the admin sent the person away."""
    address = response.headers.get("Location", "")
    return response.status_code == 403 or address == "/admin/" or address.startswith("/admin/login/")


def faits(**autres: Any) -> dict[str, Any]:
    """What the form of the facts sends for a meeting in twenty days, with what is given instead."""
    lieu = autres.pop("lieu", None) or LieuFactory().pk
    vides = {
        f"{name}-{part}_FORMS": "0"
        for name in ("organisateurs", "animateurs", "quotas")
        for part in ("TOTAL", "INITIAL")
    }
    jour = today() + datetime.timedelta(days=20)
    return {
        "nom": "Café du partenariat",
        "genre": "cafe",
        "jour": jour.isoformat(),
        "jour_fin": "",
        "heure_debut": "14:00",
        "heure_fin": "16:00",
        "fuseau": "Europe/Paris",
        "frequence": "",
        "fin": "jamais",
        "mode": "sur_place",
        "lieu": lieu,
        "langues": ["fr"],
        "inscription": "site",
        "cloture_heures": "0",
        "offre_heures": "24",
        "rappels_jours": "7, 1",
        "liste_attente": "on",
        "gratuit": "on",
        **vides,
        **autres,
    }


def serie(nombre: int = 4, **autres: Any) -> Evenement:
    """A weekly series that begins in ten days."""
    from evenements.operations.seances import materialiser

    event = EvenementFactory(seance=False, recurrence="", **autres)
    codes = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    event.recurrence = f"FREQ=WEEKLY;BYDAY={codes[event.jour.weekday()]};COUNT={nombre}"
    event.save()
    materialiser(event)
    return event


def unique(event: Evenement) -> Seance:
    found: Seance = event.seances.get()
    return found
