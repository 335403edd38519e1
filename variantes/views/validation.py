"""Writing down what a reading group said, and the sheet on which it says it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, Revision

from variantes.forms_admin.validation import LecteursFormSet, LectureForm, initial_des_lecteurs, lecture_de
from variantes.models.falc import PageAvecFalc
from variantes.models.validation import ValidationFalc, enregistre
from variantes.operations.validation import enregistrer_lecture, verifier
from variantes.queries.lignes_falc import lignes_lues
from variantes.queries.validation import derniere_du_meme_texte


class _SurUneRevision(TemplateView):
    """A screen about one revision of a page in FALC, for those who may open the page."""

    page: Any
    revision: Revision

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = Page.objects.filter(pk=kwargs["page_id"], depth__gt=1).select_related("locale").first()
        revision = page and Revision.objects.for_instance(page).filter(pk=kwargs["revision_id"]).first()
        if page is None or revision is None:
            if not enregistre(request.user):
                raise PermissionDenied
            messages.error(request, "Cette version de la page n’existe plus.")
            return redirect("bureau")
        self.page, self.revision = page.specific, revision
        if not (enregistre(request.user) and self.page.permissions_for_user(request.user).can_edit()):
            raise PermissionDenied
        if not isinstance(self.page, PageAvecFalc) or not self.page.en_falc:
            return self.refuser("Seule une page en FALC est lue par le groupe.")
        return super().dispatch(request, *args, **kwargs)

    def refuser(self, reason: str) -> HttpResponse:
        messages.error(self.request, reason)
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class LectureView(WagtailAdminTemplateMixin, _SurUneRevision):  # type: ignore[misc]  # both know the context's page title
    """What a group said of the text, written down by the group or on its behalf."""

    template_name = "variantes/falc/lecture.html"
    page_title = "Enregistrer la lecture"
    header_icon = "glasses"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.form: LectureForm | None = None
        self.lecteurs: Any = None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            verifier(Page.objects.get(pk=self.page.pk), self.revision, request.user)
        except ValidationError as refusal:
            return self.refuser(refusal.messages[0])
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form, self.lecteurs = LectureForm(request.POST), LecteursFormSet(request.POST, prefix="lecteurs")
        both = [self.form.is_valid(), self.lecteurs.is_valid()]
        if all(both) and self._enregistrer(self.form):
            messages.success(request, f"La lecture de « {self.page.get_admin_display_title()} » est enregistrée.")
            return redirect("bureau")
        messages.error(request, "Rien n’est enregistré : voyez ci-dessous ce qui l’empêche.")
        return self.render_to_response(self.get_context_data(**kwargs))

    def _enregistrer(self, form: LectureForm) -> bool:
        lecture = lecture_de(form, self.lecteurs)
        try:
            enregistrer_lecture(self.page, self.revision.pk, self.request.user, lecture)
        except ValidationError as refusal:
            found = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
            for name, errors in found.items():
                for error in errors:
                    form.add_error(name if name in form.fields else None, error)
            return False
        return True

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("bureau"), "label": "Modération"},
            {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = ValidationFalc.objects.filter(revision=self.revision).first()
        again = None if known else derniere_du_meme_texte(self.revision)
        start = known or again
        form = self.form or LectureForm(initial=LectureForm.initial_de(start))
        lecteurs = self.lecteurs or LecteursFormSet(initial=initial_des_lecteurs(start), prefix="lecteurs")
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "lecteurs": lecteurs,
            "media": form.media,
            "connue": known,
            "reprise": again,
            "page": self.page,
            "revision": self.revision,
        }


class FicheView(_SurUneRevision):
    """The sheet to print: a line a row, three faces, room to write."""

    template_name = "variantes/falc/fiche.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.revision.as_object()
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "revision": self.revision,
            "lignes": lignes_lues(page),
        }
