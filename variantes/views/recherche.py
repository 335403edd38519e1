"""The search among all pages, in the admin."""

from typing import Any

from wagtail.admin.views.pages.search import SearchView
from wagtail.models import Page

from variantes.queries.controle import avec_controle


class RechercheView(SearchView):
    """Wagtail's, with what the checker found in each page in FALC, as in the lists of pages: no hook reaches it."""

    # Wagtail's own says "None".
    verbose_name = Page._meta.verbose_name
    verbose_name_plural = Page._meta.verbose_name_plural

    def annotate_queryset(self, pages: Any) -> Any:
        return avec_controle(super().annotate_queryset(pages))
