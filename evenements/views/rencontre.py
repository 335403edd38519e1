"""What the pages of a registration say of the meeting that it is about."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction

from evenements.calendrier import zone
from evenements.dates import heure, jour_long, quand
from evenements.models import EvenementPage, Mode, Seance
from evenements.queries.titres import Titre
from socle.queries import dans_sa_langue
from socle.sites import url_of


def titre_lisible(request: HttpRequest, evenement_id: int) -> Titre | None:
    """Return the title that the reader may read, in the language of the page or else in French; None without one.

    Lists leave out the pages that a password opens; whoever gave it may register.
    """
    langues = (get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE)
    pages = EvenementPage.objects.filter(evenement_id=evenement_id, locale__language_code__in=langues)
    readable = pages.visible_to(request.user).order_by().select_related("locale")
    found = {page.locale.language_code: page for page in readable}
    if not found and settings.SESSION_COOKIE_NAME in request.COOKIES:
        closed = pages.filter(dans_sa_langue(), live=True).order_by().select_related("locale")
        found = {page.locale.language_code: page for page in closed if _ouverte(request, page)}
    page = next((found[langue] for langue in langues if langue in found), None)
    return Titre(page.title, page.locale.language_code, url_of(page)) if page else None


def _ouverte(request: HttpRequest, page: EvenementPage) -> bool:
    """Whether the reader has given the password of a page."""
    restrictions: list[PageViewRestriction] = list(page.get_view_restrictions())
    return all(restriction.accept_request(request) for restriction in restrictions)


def rencontre(seance: Seance, titre: Titre) -> dict[str, Any]:
    """What reminds of the meeting: its title, when, where."""
    return {"rencontre": titre, "quand": quand(seance), "ou": ou(seance)}


def ou(seance: Seance) -> str:
    """Where one goes, on one line."""
    place = seance.lieu
    if place is None:
        return str(Mode(seance.mode).label)
    town = f"{place.code_postal} {place.commune}".strip()
    address = _(", ").join(part for part in (place.nom, place.adresse, place.complement, town) if part.strip())
    if seance.mode == Mode.MIXTE:
        return _("%(adresse)s, ou en ligne") % {"adresse": address}
    return address


def dire_le_moment(moment: datetime.datetime | None, fuseau: str) -> str:
    """Say a moment by the clock of the meeting."""
    if moment is None:
        return ""
    jour = jour_long(moment.astimezone(zone(fuseau)).date())
    return _("%(jour)s, à %(heure)s") % {"jour": jour, "heure": heure(moment, fuseau)}
