"""Addresses of the registrations and of the survey, below that of the agenda."""

from django.urls import path

from evenements.views import enquete, gestion, inscriptions

urlpatterns = [
    path("inscription/<int:seance_id>/", inscriptions.inscrire, name="inscription"),
    path("inscription/<int:seance_id>/merci/", inscriptions.merci, name="inscription_merci"),
    path("inscription/confirmer/<str:lien>/", gestion.confirmer, name="inscription_confirmer"),
    path("inscription/gerer/<str:lien>/", gestion.gerer, name="inscription_gerer"),
    path("enquete/merci/", enquete.merci, name="enquete_merci"),
    path("enquete/<str:jeton>/", enquete.enquete, name="enquete"),
]
