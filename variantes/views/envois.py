"""Sending pages to translation, and following what becomes of them."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page

from variantes.forms_admin.envois import EnvoyerForm
from variantes.langues import est_source
from variantes.models.envois import Envoi, Resultat
from variantes.operations import envois as operations
from variantes.queries.envois import envois_de, lignes_de
from variantes.queries.gardes import langues_ouvertes, suit_les_traductions
from variantes.views.gardes.cycle import etapes

PAR_PAGE = 50
TITRE = "Envois en traduction"


class EnvoyerPageView(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]  # both know the context's page title
    """Choose the languages. Each page becomes a draft to translate; nothing is published."""

    page_title = "Traduire"
    header_icon = "wagtail-localize-language"
    template_name = "variantes/envois/envoyer.html"
    form_class = EnvoyerForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page: Any = get_object_or_404(Page.objects.filter(depth__gt=1), pk=kwargs["page_id"]).specific
        editable = self.page.permissions_for_user(request.user).can_edit()
        if not est_source(self.page):
            if not editable:
                raise PermissionDenied
            return self.refuser("On traduit à partir du français : ouvrez la page française.")
        if not langues_ouvertes(request.user, self.page):
            raise PermissionDenied
        # The same for every language: a draft, a copy.
        for locale in langues_ouvertes(request.user, self.page)[:1]:
            if reason := operations.refus(self.page, locale):
                return self.refuser(reason)
        return super().dispatch(request, *args, **kwargs)

    def refuser(self, reason: str) -> HttpResponse:
        messages.error(self.request, reason)
        return redirect("wagtailadmin_explore", self.page.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "page": self.page, "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("select_locale", "").replace("\x00", "")
        return {"locales": Locale.objects.filter(language_code=wanted)} if wanted else {}

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return etapes(self, self.page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "action_url": self.request.get_full_path(),
            "submit_button_label": "Créer les brouillons à traduire",
            "submit_button_active_label": "En cours…",
            "suite": get_valid_next_url_from_request(self.request),
        }

    def form_valid(self, form: EnvoyerForm) -> HttpResponse:
        locales = list(form.cleaned_data["locales"])
        below = bool(form.cleaned_data.get("avec_dessous"))
        try:
            envoi = operations.preparer(self.page, self.request.user, locales, avec_dessous=below)
        except ValidationError as reason:
            form.add_error(None, ValidationError(reason.messages))
            return self.form_invalid(form)
        if len(locales) > 1 or below:
            return redirect(envoi.url_admin)
        # One page in one language: whoever asks wants to translate it now.
        operations.executer(envoi.pk)
        ligne = envoi.lignes.filter(au_dessus=False).select_related("version").get()
        if ligne.version is None:
            messages.error(self.request, ligne.raison)
            return redirect(envoi.url_admin)
        messages.success(self.request, f"« {ligne.titre} » attend sa traduction : {envoi.langues}.")
        return redirect(
            get_valid_next_url_from_request(self.request) or reverse("wagtailadmin_pages:edit", args=[ligne.version.pk])
        )


class EnvoisView(WagtailAdminTemplateMixin, TemplateView):
    """The sendings of a person, or all of them for the moderation."""

    page_title = TITRE
    header_icon = "wagtail-localize-language"
    template_name = "variantes/envois/liste.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not suit_les_traductions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": TITRE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = Paginator(envois_de(self.request.user), PAR_PAGE)
        return super().get_context_data(**kwargs, envois=pages.get_page(self.request.GET.get("p")))


class EnvoiView(WagtailAdminTemplateMixin, TemplateView):
    """One sending: how far it is, and what became of each page. It follows itself until it is finished."""

    page_title = "Envoi en traduction"
    header_icon = "wagtail-localize-language"
    template_name = "variantes/envois/envoi.html"

    @cached_property
    def envoi(self) -> Any:
        return get_object_or_404(envois_de(self.request.user), pk=self.kwargs["envoi_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not suit_les_traductions(request.user) and self.envoi.user_id != request.user.pk:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "etat" in request.GET:
            state = {"faites": self.envoi.faites, "total": self.envoi.total, "fini": bool(self.envoi.fini_le)}
            return JsonResponse({**state, "interrompu": self.envoi.interrompu()})
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_page_subtitle(self) -> str:
        return str(self.envoi.titre)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("variantes_envois"), "label": TITRE},
            {"url": "", "label": self.envoi.titre},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.request.GET.get("resultat", "")
        resultat = wanted if wanted in Resultat.values else ""
        lignes = Paginator(lignes_de(self.envoi, resultat), PAR_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            **kwargs,
            envoi=self.envoi,
            interrompu=self.envoi.interrompu(),
            lignes=lignes,
            resultat=resultat,
            resultats=[(value, label) for value, label in Resultat.choices],
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Start again what has stopped."""
        envoi: Envoi = self.envoi
        try:
            operations.relancer(envoi, request.user)
        except ValidationError as reason:
            messages.error(request, " ".join(reason.messages))
        else:
            messages.success(request, "L’envoi reprend là où il s’était arrêté.")
        return redirect(envoi.url_admin)
