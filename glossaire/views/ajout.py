"""The form of a new term, with the word that was met."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.create import CreateView

from glossaire.models import TermePage


class MotForm(forms.Form):
    """A word, or an acronym, that a text has and the glossary has not."""

    mot = forms.CharField(required=False, max_length=TermePage._meta.get_field("title").max_length)
    sigle = forms.CharField(required=False, max_length=TermePage._meta.get_field("sigle").max_length)


class AjouterView(CreateView):  # type: ignore[misc]  # Wagtail has no types
    """Wagtail's own, with what the address says of the word in the form already; it is sent to Wagtail's address."""

    def dispatch(self, request: HttpRequest, parent_page_id: int) -> HttpResponse:
        if request.method == "POST":
            raise BadRequest
        response: HttpResponse = super().dispatch(request, "glossaire", "termepage", parent_page_id)
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        form = MotForm(request.GET)
        if form.is_valid():
            given: dict[str, Any] = form.cleaned_data
            self.page.title = given["mot"][:1].upper() + given["mot"][1:]
            self.page.sigle = given["sigle"]
        response: HttpResponse = super().get(request)
        return response
