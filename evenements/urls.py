"""Public addresses of the agenda, under the prefix of each language. The list and the events are pages."""

from django.urls import path

from evenements.views import carte

urlpatterns = [
    path("agenda/points.json", carte.agenda_points, name="agenda_points"),
]
