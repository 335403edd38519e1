"""Wiring of the review of translations into the admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from variantes.queries.traductions import relecture_en_cours
from variantes.views import traductions as views
from variantes.views.relecture_traduction import ApercuView, RelectureView, commenter


@hooks.register("register_admin_urls")
def review_urls() -> list[Any]:
    review = "traductions/<int:page_id>/relecture/"
    return [
        path(review, RelectureView.as_view(), name="variantes_relecture"),
        path(f"{review}commenter/", commenter, name="variantes_commenter"),
        path(f"{review}reprendre/", views.reprendre, name="variantes_reprendre"),
        path(f"{review}apercu/<int:revision_id>/", ApercuView.as_view(), name="variantes_apercu"),
        path("traductions/commentaires/<int:commentaire_id>/traiter/", views.traiter, name="variantes_traiter"),
        path("traductions/pages/<int:page_id>/", views.page_choisie, name="variantes_page_choisie"),
        path("traductions/textes/<int:translation_id>/soumettre/", views.soumettre, name="variantes_soumettre"),
        path("traductions/textes/<int:translation_id>/memoire/", views.reprendre_souvenirs, name="variantes_memoire"),
        path("traductions/textes/<int:translation_id>/barre/", views.fragment, name="variantes_barre"),
        path(
            "traductions/textes/<int:translation_id>/automatiques/",
            views.AutomatiquesView.as_view(),
            name="variantes_automatiques",
        ),
    ]


# Before wagtail-localize, whose editor would let its strings be changed while they are read.
@hooks.register("before_edit_page", order=-1)
def read_side_by_side(request: HttpRequest, page: Page) -> HttpResponse | None:
    if relecture_en_cours(page) is None:
        return None
    if request.method == "POST":
        messages.error(request, "Cette page est en relecture : rien n’a été changé.")
        return redirect("variantes_relecture", page.pk)
    response: HttpResponse = RelectureView.as_view()(request, page_id=page.pk)
    return response
