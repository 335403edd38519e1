"""Public addresses of the agenda, under the prefix of each language. The list and the events are pages."""

from django.urls import path

from evenements.views import carte, enquete, flux, gestion, inscriptions

urlpatterns = [
    path("agenda/agenda.ics", flux.agenda_ics, name="agenda_ics"),
    path("agenda/agenda.atom", flux.agenda_atom, name="agenda_atom"),
    path("agenda/points.json", carte.agenda_points, name="agenda_points"),
    path("agenda/evenement/<uuid:cle>.ics", flux.evenement_ics, name="evenement_ics"),
    path("agenda/seance/<int:pk>.ics", flux.seance_ics, name="seance_ics"),
    path("agenda/inscription/<int:seance_id>/", inscriptions.inscrire, name="inscription"),
    path("agenda/inscription/<int:seance_id>/merci/", inscriptions.merci, name="inscription_merci"),
    path("agenda/inscription/confirmer/<str:lien>/", gestion.confirmer, name="inscription_confirmer"),
    path("agenda/inscription/gerer/<str:lien>/", gestion.gerer, name="inscription_gerer"),
    path("agenda/enquete/merci/", enquete.merci, name="enquete_merci"),
    path("agenda/enquete/<str:jeton>/", enquete.enquete, name="enquete"),
]
