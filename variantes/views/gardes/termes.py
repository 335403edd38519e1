"""Translating a term or a menu: the language, then every text at once."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import TranslatableMixin
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.models import get_edit_url

from variantes.forms_admin.gardes import TraduireTermeForm
from variantes.langues import est_source, nom_de_langue
from variantes.operations import termes as operations
from variantes.queries.gardes import peut_modifier, sans_brouillon
from variantes.views.gardes.cycle import etapes


class TraduireTermeView(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]  # both know the context's page title
    """One language at a time. Nothing half translated is ever shown: terms and menus have no drafts."""

    page_title = "Traduire"
    header_icon = "wagtail-localize-language"
    template_name = "variantes/gardes/terme.html"
    form_class = TraduireTermeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.instance = self._instance()
        if not peut_modifier(request.user, self.instance):
            raise PermissionDenied
        self.langues = operations.langues_manquantes(self.instance)
        refusal = ""
        if not est_source(self.instance):
            refusal = operations.PAS_LE_FRANCAIS
        elif not self.langues:
            refusal = "Ce contenu existe déjà dans toutes les langues."
        elif not operations.phrases(self.instance):
            refusal = "Ce contenu n’a aucun texte à traduire."
        if refusal:
            messages.error(request, refusal)
            return redirect(get_edit_url(self.instance))
        wanted = request.GET.get("langue", "")
        self.locale = next((each for each in self.langues if each.language_code == wanted), self.langues[0])
        return super().dispatch(request, *args, **kwargs)

    def _instance(self) -> Any:
        model = get_snippet_model_from_url_params(self.kwargs["app_label"], self.kwargs["model_name"])
        if not issubclass(model, TranslatableMixin):
            raise Http404
        try:
            found = model._default_manager.filter(pk=unquote(self.kwargs["pk"])).first()
        except (ValueError, ValidationError) as error:
            raise Http404 from error
        if found is None:
            raise Http404
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "locale": self.locale,
            "segments": operations.phrases(self.instance),
            "entier": sans_brouillon(self.instance),
        }

    def get_page_subtitle(self) -> str:
        return str(self.instance)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return etapes(self, self.instance)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "action_url": f"?langue={self.locale.language_code}",
            "langues": [(each, nom_de_langue(each.language_code)) for each in self.langues],
            "locale": self.locale,
            "langue": nom_de_langue(self.locale.language_code),
            "direct": sans_brouillon(self.instance),
            "submit_button_label": "Enregistrer la traduction",
            "submit_button_active_label": "En cours…",
        }

    def form_valid(self, form: TraduireTermeForm) -> HttpResponse:
        try:
            version = operations.traduire(self.instance, self.locale, form.textes(), self.request.user)
        except ValidationError as reason:
            form.add_error(None, ValidationError(reason.messages))
            return self.form_invalid(form)
        messages.success(self.request, f"« {version} » est enregistré.")
        return redirect(get_edit_url(version))
