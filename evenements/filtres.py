"""The question that an address asks of the agenda."""

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from evenements.forms import LIEU_INCONNU, FiltresForm
from evenements.models import Seance
from evenements.queries.filtres import FiltresAgenda, Periode, Vue
from socle.queries import Reader

__all__ = ["FiltresAgenda", "Periode", "Vue", "lire", "lire_filtres"]


def lire_filtres(query: QueryDict, langue: str) -> tuple[FiltresAgenda, list[str]]:
    """Return what `query` asks of the agenda of that language, and what was not understood: one sentence each.

    Never refuses: what is not understood is ignored. For pages, feeds and map alike.
    """
    _formulaire, filtres, erreurs = lire(query, langue, AnonymousUser())
    return filtres, erreurs


def lire(query: QueryDict, langue: str, user: Reader) -> tuple[FiltresForm, FiltresAgenda, list[str]]:
    """Return the bound form too; `user` may know places that others do not."""
    formulaire = FiltresForm(query, langue=langue)
    erreurs = formulaire.erreurs()
    filtres = formulaire.filtres()
    if filtres.lieu and not Seance.objects.visible_to(user, langue).filter(lieu_id=filtres.lieu).exists():
        filtres = filtres.avec(lieu=None)
        erreurs.append(str(LIEU_INCONNU))
    return formulaire, filtres, erreurs
