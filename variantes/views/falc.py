"""The screen that makes the version in FALC of a French page."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from redaction.views.sur_une_page import SurUnePageView
from variantes.forms_admin.falc import CreerVersionForm
from variantes.operations.falc import DejaCreee, creer_version_falc, verifier
from variantes.queries.falc import Place, ecrit_en_falc


class CreerVersionView(SurUnePageView):
    """Asks what to start from, and says which pages above will be made too. What exists already is opened."""

    template_name = "variantes/falc/creer.html"
    form_class = CreerVersionForm
    page_title = "Créer la version FALC"
    submit_label = "Créer le brouillon"
    header_icon = "glasses"
    place: Place

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not ecrit_en_falc(request.user):
            raise PermissionDenied
        page = Page.objects.filter(pk=kwargs["page_id"], depth__gt=1).select_related("locale").first()
        if page is None:
            messages.error(request, "Cette page n’existe plus.")
            return redirect("wagtailadmin_explore_root")
        self.page = page.specific
        try:
            self.place = verifier(self.page, request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("wagtailadmin_explore", self.page.pk)
        if self.place.existante is not None:
            return self.ouvrir(self.place.existante, "La version FALC de cette page existe déjà : la voici.")
        return super().dispatch(request, *args, **kwargs)

    def ouvrir(self, page: Page, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect("wagtailadmin_pages:edit", page.pk)

    def form_valid(self, form: CreerVersionForm) -> HttpResponse:
        try:
            made = creer_version_falc(self.page, self.request.user, form.cleaned_data["depart"])
        except DejaCreee as found:
            return self.ouvrir(found.page, "La version FALC de cette page existe déjà : la voici.")
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        except IntegrityError:
            form.add_error(None, "Quelqu’un a changé les pages en FALC au même moment. Recommencez.")
            return self.form_invalid(form)
        return self.ouvrir(made, "La version FALC est créée. C’est un brouillon : personne d’autre ne la lit encore.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "place": self.place}
