"""Wiring of the places into the admin."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from socle.geocodage.views import geocodage
from socle.lieux.utilisations import decrites
from socle.lieux.viewsets import LieuViewSet
from socle.lieux.widgets import GEOCODAGE
from socle.models import Lieu

register_snippet(LieuViewSet)


@hooks.register("register_admin_urls")
def geocodage_url() -> list[URLPattern]:
    return [path("lieux/geocodage/", geocodage, name=GEOCODAGE)]


# One by one or many together: Wagtail asks here before it deletes.
@hooks.register("before_delete_snippet")
def keep_what_is_used(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    used = [(each, said) for each in instances if isinstance(each, Lieu) and (said := decrites(each))]
    for lieu, said in used:
        messages.error(
            request,
            f"« {lieu} » n’est pas supprimé : il sert à {said}, dont l’histoire serait perdue. Pour ne plus le "
            "proposer, décochez « Proposé aux choix » et enregistrez.",
        )
    if len(used) == 1:
        return redirect(reverse("wagtailsnippets_socle_lieu:edit", args=[used[0][0].pk]))
    return redirect(reverse("wagtailsnippets_socle_lieu:list")) if used else None
