"""Addresses given to people by mail, in their language. `evenements/urls.py` answers them."""

from django.conf import settings
from wagtail.models import Site

from evenements.jetons import CONFIRMER, GERER, jeton
from evenements.models import Inscription, Seance


def langue_connue(langue: str) -> str:
    """Return a language that the site still has."""
    return langue if langue in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _agenda(chemin: str, langue: str) -> str:
    site = Site.objects.get(is_default_site=True)
    return f"{site.root_url}/{langue_connue(langue)}/agenda/{chemin}"


def pour_confirmer(inscription: Inscription) -> str:
    return _agenda(f"inscription/confirmer/{jeton(inscription, CONFIRMER)}/", inscription.langue)


def pour_gerer(inscription: Inscription) -> str:
    """Where somebody cancels, accepts a seat, finds the online link: theirs alone."""
    return _agenda(f"inscription/gerer/{jeton(inscription, GERER)}/", inscription.langue)


def pour_s_inscrire(seance: Seance, langue: str) -> str:
    return _agenda(f"inscription/{seance.pk}/", langue)


def du_calendrier(seance: Seance, langue: str) -> str:
    """The file that adds a date to one's calendar."""
    return _agenda(f"seance/{seance.pk}.ics", langue)


def de_l_enquete(jeton_d_enquete: str, langue: str) -> str:
    return _agenda(f"enquete/{jeton_d_enquete}/", langue)
