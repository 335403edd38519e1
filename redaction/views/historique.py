"""The history of a page: the roles that people had at the time, and versions that reviewers may read too.

Wagtail shows versions to whoever has some right on some page. Reviewers have none, and open pages through their review:
what each of these views checks on the page itself is enough.
"""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.views.pages.revisions import RevisionsCompare, RevisionsView


def roles_alors(entry: Any) -> str:
    return ", ".join(entry.data.get("roles", ()))


class HistoriqueView(PageHistoryView):
    """Wagtail's, with one column more."""

    any_permission_required = None

    @cached_property
    def columns(self) -> list[Column]:
        *columns, date = super().columns
        return [*columns, Column("roles", label="Rôles à ce moment", accessor=roles_alors, width="20%"), date]


class VersionView(RevisionsView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super(RevisionsView, self).dispatch(request, *args, **kwargs)


class ComparaisonView(RevisionsCompare):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super(RevisionsCompare, self).dispatch(request, *args, **kwargs)
