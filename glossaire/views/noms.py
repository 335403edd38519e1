"""The screen where those who translate a term write its names in their language."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from glossaire.forms_admin.noms import NomsForm
from glossaire.models import TermePage
from glossaire.operations.noms_traduits import nommer
from variantes.langues import nom_de_langue
from variantes.queries.gardes import traduction_de
from variantes.queries.traductions import peut_traduire

NOMS = "glossaire_noms"


def lien_des_noms(page: Page, user: Any) -> tuple[str, str] | None:
    """The way from the editor of translations, on a term."""
    if page.specific_class is not TermePage or not peut_traduire(user, page):
        return None
    return "Noms dans cette langue", reverse(NOMS, args=[page.pk])


class NomsView(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]  # both know the context's page title
    template_name = "glossaire/admin/noms.html"
    form_class = NomsForm
    page_title = "Noms dans cette langue"
    header_icon = "glossaire-mot"
    page: TermePage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(TermePage.objects.select_related("locale"), pk=kwargs["page_id"])
        if not peut_traduire(request.user, self.page):
            raise PermissionDenied
        if traduction_de(self.page, active=True) is None:
            messages.info(request, "Les noms de ce mot s’écrivent ici, avec le reste de la page.")
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        draft = self.page.get_latest_revision_as_object()
        return {**super().get_form_kwargs(), "terme": draft, "francais": self.francais}

    @property
    def francais(self) -> TermePage | None:
        translation = traduction_de(self.page, active=True)
        found: TermePage | None = translation.source.get_source_instance() if translation else None
        return found

    def form_valid(self, form: NomsForm) -> HttpResponse:
        try:
            changed = nommer(self.page, self.request.user, form.noms, form.cleaned_data["revision"])
        except ValidationError as refusal:
            found = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
            for name, errors in found.items():
                for error in errors:
                    form.add_error(name if name in form.fields else None, error)
            return self.form_invalid(form)
        if changed:
            messages.success(
                self.request,
                "Les noms sont enregistrés dans le brouillon. Ils seront publics après la relecture : "
                "soumettez la traduction.",
            )
        else:
            messages.info(self.request, "Rien n’a changé.")
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def get_page_subtitle(self) -> str:
        langue = nom_de_langue(self.page.locale.language_code)
        return f"{self.page.get_admin_display_title()} ({langue})"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "page": self.page}
