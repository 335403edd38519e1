"""The life of a translation: taken again from the French, made an ordinary page, never a copy."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource, get_edit_url

from redaction.forms_admin.moderation import RaisonForm
from variantes.langues import nom_de_langue
from variantes.operations import gardes as operations
from variantes.queries.gardes import peut_arreter, peut_modifier, traduction_de


def titre_de(instance: Any) -> str:
    return str(instance.get_admin_display_title() if isinstance(instance, Page) else instance)


def etapes(view: Any, instance: Any) -> list[dict[str, Any]]:
    """Return the way to a screen about a page or a term."""
    home = WagtailAdminTemplateMixin.breadcrumbs_items
    title = titre_de(instance)
    return [*home, {"url": get_edit_url(instance), "label": title}, {"url": "", "label": view.page_title}]


class SynchroniserView(WagtailAdminTemplateMixin, TemplateView):
    """Take the French text again. Nothing is published, and no box offers it."""

    page_title = "Reprendre le texte français"
    header_icon = "resubmit"
    template_name = "variantes/gardes/synchroniser.html"

    @cached_property
    def source(self) -> TranslationSource:
        return get_object_or_404(
            TranslationSource.objects.select_related("locale", "specific_content_type"),
            pk=self.kwargs["translation_source_id"],
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.original = operations.verifier_synchronisation(self.source, request.user)
        except ValidationError as reason:
            messages.error(request, " ".join(reason.messages))
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return titre_de(self.original)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return etapes(self, self.original)

    @property
    def retour(self) -> str:
        return get_valid_next_url_from_request(self.request) or str(get_edit_url(self.original))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = [
            {
                "titre": titre_de(cible),
                "langue": nom_de_langue(translation.target_locale.language_code),
                "url": get_edit_url(cible) if peut_modifier(self.request.user, cible) else "",
                "en_relecture": getattr(cible, "workflow_in_progress", False),
            }
            for translation, cible in operations.versions_synchronisees(self.source)
        ]
        return super().get_context_data(
            **kwargs,
            versions=versions,
            publique=getattr(self.original, "live", True),
            dernier=self.source.last_updated_at,
            suite=get_valid_next_url_from_request(self.request),
            retour=self.retour,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            count = operations.synchroniser(self.source, request.user)
        except ValidationError as reason:
            messages.error(request, " ".join(reason.messages))
        else:
            which = "la version qui le suit" if count == 1 else f"les {count} versions qui le suivent"
            messages.success(
                request,
                f"Le texte français est repris : {which} montre{'' if count == 1 else 'nt'} ce qui reste à traduire.",
            )
        return redirect(self.retour)


class ArreterView(WagtailAdminTemplateMixin, FormView):  # type: ignore[misc]  # both know the context's page title
    """Make a version an ordinary page, with a reason. The button of wagtail-localize sends none: it leads here."""

    page_title = "Traduire autrement"
    header_icon = "cross"
    template_name = "variantes/gardes/arreter.html"
    form_class = RaisonForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.translation = get_object_or_404(
            Translation.objects.select_related("source__locale", "source__specific_content_type", "target_locale"),
            pk=kwargs["translation_id"],
        )
        self.cible = cible_ou_404(self.translation)
        if not isinstance(self.cible, Page):
            if not peut_modifier(request.user, self.cible):
                raise PermissionDenied
            messages.error(request, operations.TERME_ORDINAIRE)
            return redirect(get_edit_url(self.cible))
        if not peut_arreter(request.user, self.cible):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if "motif" not in self.request.POST:
            kwargs.pop("data", None)
            kwargs.pop("files", None)
        return kwargs

    def get_page_subtitle(self) -> str:
        return titre_de(self.cible)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return etapes(self, self.cible)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "action_url": self.request.path,
            "langue": nom_de_langue(self.translation.target_locale.language_code),
            "submit_button_label": "Ne plus traduire phrase par phrase",
            "submit_button_active_label": "En cours…",
        }

    def form_valid(self, form: RaisonForm) -> HttpResponse:
        try:
            operations.arreter(self.translation, self.request.user, form.cleaned_data["motif"])
        except ValidationError as reason:
            form.add_error(None, ValidationError(reason.messages))
            return self.form_invalid(form)
        messages.success(self.request, f"« {titre_de(self.cible)} » s’écrit maintenant comme une page ordinaire.")
        return redirect(get_edit_url(self.cible))


def cible_ou_404(translation: Translation) -> Any:
    model = translation.source.specific_content_type.model_class()
    return get_object_or_404(
        model, translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    )


def convertir_en_copie(request: HttpRequest, page_id: int) -> HttpResponse:
    """Refuse to everybody: a copy shows French text under another language, at once and unread."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not peut_modifier(request.user, page):
        raise PermissionDenied
    messages.error(
        request,
        "Une version ne redevient pas une copie : elle montrerait du français dans une autre langue. Si elle ne doit"
        " plus être lue, la modération la dépublie.",
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def reprendre(request: HttpRequest, page: Page) -> HttpResponse:
    """Answer the button of the editor that has a version translated phrase by phrase again."""
    translation = traduction_de(page, active=False)
    if translation is None:
        messages.error(request, "Cette page ne vient pas d’une traduction.")
        return redirect("wagtailadmin_pages:edit", page.pk)
    try:
        operations.reprendre(translation, request.user)
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
    else:
        messages.success(request, "Cette version est de nouveau traduite phrase par phrase.")
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
