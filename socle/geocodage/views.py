"""The search of an address, asked by the form of a place."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from socle.geocodage import LONGUEUR_MAX, LONGUEUR_MIN, GeocodageIndisponibleError, chercher
from socle.rate_limit import allowed

LIMITE, PERIODE = 30, 60


@never_cache
@require_safe
def geocodage(request: HttpRequest) -> JsonResponse:
    """Answer with the places that `q` may mean, for those who write places."""
    if not (request.user.has_perm("socle.add_lieu") or request.user.has_perm("socle.change_lieu")):
        return refus("Vous n’avez pas le droit de modifier les lieux.", 403)
    texte = " ".join(request.GET.get("q", "").split())
    if len(texte) < LONGUEUR_MIN:
        return refus("Écrivez au moins trois lettres de l’adresse.", 400)
    if len(texte) > LONGUEUR_MAX:
        return refus("Cette adresse est trop longue : gardez le numéro, la rue et la commune.", 400)
    if not allowed(request, "geocodage", limit=LIMITE, period=PERIODE, sender=f"compte-{request.user.pk}"):
        return refus("Trop de recherches à la suite. Attendez une minute.", 429)
    try:
        found = chercher(texte)
    except GeocodageIndisponibleError:
        return refus(
            "Le service d’adresses ne répond pas. Écrivez l’adresse et placez le point vous-même, ou réessayez.", 503
        )
    return JsonResponse({"resultats": [asdict(each) for each in found]})


def refus(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
