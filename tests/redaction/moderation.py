"""Someone at the addresses of the operations of the moderation."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from tests.harness.html import StrictClient
from tests.redaction.test_matrice import fresh

MOTIF = "Le numéro d’appel est faux."


class Moderation:
    """Someone at the addresses of the operations."""

    def __init__(self, client: StrictClient) -> None:
        self.client = client

    def url(self, operation: str, page: Page | int) -> str:
        return reverse(f"redaction_{operation}", args=[page if isinstance(page, int) else page.pk])

    def voir(self, operation: str, page: Page | int) -> HttpResponse:
        return self.client.get(self.url(operation, page), follow=True)

    def poster(self, operation: str, page: Page, motif: str = MOTIF, **data: Any) -> HttpResponse:
        if operation == "supprimer":
            data = {"attendues": fresh(page).get_descendant_count() + 1, "compris": "on", **data}
        if operation == "corriger":
            data = {"revision_id": fresh(page).latest_revision_id or 0, **data}
        response = self.client.post(self.url(operation, page), {"motif": motif, **data})
        assert response.status_code in {200, 302, 403}
        return response

    def depublier(self, page: Page) -> bool:
        self.poster("depublier", page)
        return not fresh(page).live

    def restreindre(self, page: Page) -> bool:
        self.poster("restreindre", page, genre="login")
        return PageViewRestriction.objects.filter(page=page).exists()

    def deplacer(self, page: Page, vers: Page) -> bool:
        self.poster("deplacer", page, vers=vers.pk)
        return fresh(page).get_parent().pk == vers.pk

    def supprimer(self, page: Page) -> bool:
        self.poster("supprimer", page)
        return not Page.objects.filter(pk=page.pk).exists()

    def corriger(self, page: Page) -> bool:
        page = fresh(page).specific
        page.title = "Corrigée en urgence"
        page.save_revision(user=None)
        self.poster("corriger", page)
        return fresh(page).title == "Corrigée en urgence"


def erreurs(response: HttpResponse) -> str:
    form = response.context["form"]
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def histoire(page: Page) -> list[tuple[str, str]]:
    """Return what our operations left in the history of a page."""
    entries = PageLogEntry.objects.filter(page_id=page.pk, action__startswith="redaction.").order_by("timestamp")
    return [(entry.message, entry.comment) for entry in entries]
