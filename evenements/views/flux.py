"""The agenda for calendars and readers of feeds: public, the same for everyone, kept until something changes."""

import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from evenements.filtres import lire_filtres
from evenements.flux import atom, ics
from evenements.flux.selection import Annonce, annonces, seances_du_flux, seances_publiques
from evenements.models import AgendaPage
from socle import generation, page_cache
from socle.dates import today
from socle.sites import absolue, full_url_of, reglages_of

ICS = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"


@require_safe
@conditional_page
def agenda_ics(request: HttpRequest) -> HttpResponse:
    """The whole agenda, or what the filters keep of it, to subscribe to."""
    agenda, langue = _agenda(), get_language() or ""
    filtres, erreurs = lire_filtres(request.GET, langue)
    content = ics.calendrier(
        annonces(seances_du_flux(filtres), langue),
        nom=_nom(request, agenda),
        langue=langue,
        url=full_url_of(agenda),
        description=" ".join(erreurs),
    )
    return _fichier(content, ICS, "agenda.ics")


@require_safe
@conditional_page
def evenement_ics(request: HttpRequest, cle: UUID) -> HttpResponse:
    """One event, with all its dates."""
    annonce = _annonce(seances_publiques(get_language() or "").filter(evenement__cle=cle).order_by("debut"))
    mots = annonce.mots
    content = ics.calendrier([annonce], nom=mots.titre, langue=get_language() or "", url=mots.url)
    return _fichier(content, ICS, ics.nom_de_fichier(mots.titre))


@require_safe
@conditional_page
def seance_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """One date, for somebody who comes that day."""
    annonce = _annonce(seances_publiques(get_language() or "").filter(pk=pk))
    mots, [seance] = annonce.mots, annonce.seances
    content = ics.une_date(annonce, nom=mots.titre, langue=get_language() or "", url=mots.url)
    return _fichier(content, ICS, ics.nom_de_fichier(f"{mots.titre} {seance.jour}"))


@require_safe
@conditional_page
def agenda_atom(request: HttpRequest) -> HttpResponse:
    """What was announced last, with the same filters."""
    agenda, langue = _agenda(), get_language() or ""
    filtres, erreurs = lire_filtres(request.GET, langue)
    query = f"?{request.META['QUERY_STRING']}" if request.GET else ""
    content = atom.flux(
        annonces(seances_du_flux(filtres), langue),
        titre=_nom(request, agenda),
        sous_titre=" ".join(erreurs) or agenda.resume,
        langue=langue,
        url=full_url_of(agenda) + query,
        url_du_flux=absolue(reverse("agenda_atom") + query),
        editeur=reglages_of(request).nom or _("Partenariat en santé"),
        depuis=agenda.last_published_at or datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC),
    )
    return _fichier(content.encode(), ATOM, "")


def _agenda() -> AgendaPage:
    """Return the agenda of the language; feeds of one that nobody may read do not exist."""
    pages = AgendaPage.objects.visible_to(AnonymousUser()).in_language(get_language() or "")
    found: AgendaPage | None = pages.order_by("pk").first()
    if found is None:
        raise Http404
    return found


def _annonce(seances: Any) -> Annonce:
    found = annonces(seances, get_language() or "")
    if not found:
        raise Http404
    return found[0]


def _nom(request: HttpRequest, agenda: AgendaPage) -> str:
    return " – ".join(filter(None, (agenda.title, reglages_of(request).nom)))


def _fichier(content: bytes, kind: str, nom: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    if nom:
        response["Content-Disposition"] = f'attachment; filename="{nom}"'
    # Calendars on other sites may read it: it is public, and says nothing of who asks.
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    response["Last-Modified"] = http_date(_change_le())
    return page_cache.allow(response)


def _change_le() -> float:
    """Return when a feed may last have become another: a change of content, or midnight, when dates leave it."""
    midnight = datetime.datetime.combine(today(), datetime.time.min, timezone.get_default_timezone())
    return max(generation.current() / 1_000_000, midnight.timestamp())
