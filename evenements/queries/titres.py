"""What an event is called by those who do not see the team's name of it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from evenements.models import EvenementPage
from socle.queries import Reader
from socle.sites import url_of


@dataclass(frozen=True)
class Titre:
    """A title, the language in which it is written, and the page that carries it where the reader may open it."""

    texte: str
    langue: str
    url: str = ""


def titre_de(evenement_id: int, langue: str, reader: Reader | None = None) -> Titre:
    """Return the title in that language, in French where there is none, for somebody who knows of the event."""
    live = EvenementPage.objects.filter(evenement_id=evenement_id, live=True).order_by().select_related("locale")
    wanted = live.filter(locale__language_code__in={langue, settings.LANGUAGE_CODE})
    pages = {page.locale.language_code: page for page in wanted}
    page = pages.get(langue) or pages.get(settings.LANGUAGE_CODE)
    if page is None:
        return Titre(_("Rencontre"), langue)
    readable = EvenementPage.objects.visible_to(reader or AnonymousUser()).filter(pk=page.pk).exists()
    return Titre(page.title, page.locale.language_code, url_of(page) if readable else "")
