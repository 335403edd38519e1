"""Addresses of the admin where a view of ours stands in the place of Wagtail's: they come before it."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from variantes.views.recherche import RechercheView

urlpatterns = [
    path("pages/search/", RechercheView.as_view()),
    path("pages/search/results/", RechercheView.as_view(results_only=True)),
]
urlpatterns = decorate_urlpatterns(decorate_urlpatterns(urlpatterns, require_admin_access), never_cache)
