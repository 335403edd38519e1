"""The chooser of pictograms: those that fit the line first, then the whole bank by theme."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.images.permissions import permission_policy

from socle.models import Illustration
from variantes.forms_admin.pictogrammes import ChoixForm
from variantes.pictogrammes.banque import themes
from variantes.pictogrammes.mots import classer
from variantes.queries.pictogrammes import COLLECTION, candidats, images_de, pictogrammes_pour

PROPOSES = 8
TROUVES = 60
# The whole of our own bank stands on one page.
PAR_PAGE = 180
AUTRES = "Autres pictogrammes"


@dataclass(frozen=True)
class Rayon:
    """Pictures under one heading."""

    titre: str
    images: list[Illustration]


class PictogrammesView(View):
    """What both answers show: the modal, and its results alone while one types."""

    http_method_names = ("get", "head")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permission_policy.user_has_permission(request.user, "choose"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]  # a plain view
        return response

    @cached_property
    def form(self) -> ChoixForm:
        return ChoixForm(self.request.GET)

    def get_context(self) -> dict[str, Any]:
        context: dict[str, Any] = {
            "form": self.form,
            "adresse_resultats": reverse("pictogrammes_resultats"),
            "adresse_images": reverse("wagtailimages_chooser:choose"),
        }
        if not self.form.is_valid():
            return context | {"erreurs": self.form.erreurs(), "rayons": [], "trouves": None, "proposes": None}
        q, mots = self.form.cleaned_data["q"], self.form.cleaned_data["mots"]
        known = candidats(pictogrammes_pour(self.request.user))
        words = [candidat for candidat, _theme, _collection in known]
        found = classer(q, words, debuts=True)[:TROUVES] if q else []
        proposed = classer(mots, words)[:PROPOSES] if mots and not q else []
        # What answers a search stands alone; everything else comes back with an empty field.
        page = Paginator([] if found else _ranges(known), PAR_PAGE).get_page(self.form.cleaned_data["p"])
        pictures = {image.pk: image for image in images_de([*found, *proposed, *(pk for _titre, pk in page)])}
        return context | {
            "q": q,
            "trouves": _presentes(found, pictures) if q else None,
            "proposes": _presentes(proposed, pictures) if mots and not q else None,
            "rayons": _rayons(list(page), pictures),
            "page": page,
            "vide": not known,
        }


class ChoisirView(PictogrammesView):
    def get(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = render_modal_workflow(
            request, "variantes/pictogrammes/choisir.html", None, self.get_context(), json_data={"step": "choose"}
        )
        return response


class ResultatsView(PictogrammesView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, "variantes/pictogrammes/resultats.html", self.get_context())


def _ranges(known: list[Any]) -> list[tuple[str, int]]:
    """Every picture with its heading: the themes of the bank in their order, then the collections filed under it."""
    by_heading: dict[str, list[int]] = defaultdict(list)
    names = themes()
    for candidat, theme, collection in known:
        heading = names.get(theme) or (collection if collection != COLLECTION else AUTRES)
        by_heading[heading].append(candidat.pk)
    ours = list(names.values())
    order = [*ours, *sorted(by_heading.keys() - {*ours, AUTRES}), AUTRES]
    return [(heading, pk) for heading in order for pk in by_heading.get(heading, ())]


def _rayons(rows: list[tuple[str, int]], pictures: dict[int, Illustration]) -> list[Rayon]:
    by_heading: dict[str, list[int]] = defaultdict(list)
    for heading, pk in rows:
        by_heading[heading].append(pk)
    return [Rayon(heading, _presentes(pks, pictures)) for heading, pks in by_heading.items()]


def _presentes(pks: list[int], pictures: dict[int, Illustration]) -> list[Illustration]:
    return [pictures[pk] for pk in pks if pk in pictures]
