"""Addresses of the admin where a view of ours stands in the place of Wagtail's: they come before it."""

from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from redaction.views.historique import ComparaisonView, HistoriqueView, VersionView

urlpatterns = [
    path("pages/<int:page_id>/history/", HistoriqueView.as_view()),
    path("pages/<int:page_id>/history/results/", HistoriqueView.as_view(results_only=True)),
    path("pages/<int:page_id>/revisions/<int:revision_id>/view/", VersionView.as_view()),
    re_path(r"^pages/(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$", ComparaisonView.as_view()),
]
urlpatterns = decorate_urlpatterns(decorate_urlpatterns(urlpatterns, require_admin_access), never_cache)
