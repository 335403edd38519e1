"""Public addresses of the proposals, under the prefix of each language."""

from django.urls import path

from redaction.views import propositions as views

urlpatterns = [
    path("proposer/", views.proposer, name="proposer"),
    path("proposer/merci/", views.merci, name="proposition_merci"),
    path("proposer/confirmer/<str:jeton>/", views.confirmer_adresse, name="proposition_confirmer"),
    path("proposer/completer/<str:jeton>/", views.completer_proposition, name="proposition_completer"),
    path("proposer/<slug:cle>/", views.proposer_genre, name="proposer_genre"),
    path("signaler/", views.signaler, name="signaler"),
    path("signaler/merci/", views.signaler_merci, name="signaler_merci"),
]
