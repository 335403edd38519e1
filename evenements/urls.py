"""Public addresses of the agenda, under the prefix of each language. The list and the events are pages."""

from django.urls import include, path

from evenements.views import flux

urlpatterns = [
    path("agenda/", include("evenements.urls_inscriptions")),
    path("agenda/agenda.ics", flux.agenda_ics, name="agenda_ics"),
    path("agenda/agenda.atom", flux.agenda_atom, name="agenda_atom"),
    path("agenda/evenement/<uuid:cle>.ics", flux.evenement_ics, name="evenement_ics"),
    path("agenda/seance/<int:pk>.ics", flux.seance_ics, name="seance_ics"),
]
