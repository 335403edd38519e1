"""Addresses of the registrations and of the survey, below that of the agenda."""

from django.urls import path

from evenements.views import enquete

urlpatterns = [
    path("enquete/merci/", enquete.merci, name="enquete_merci"),
    path("enquete/<str:jeton>/", enquete.enquete, name="enquete"),
]
