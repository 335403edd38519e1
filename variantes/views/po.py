"""PO files: out as they are, in after a look at what they would change."""

import base64
import binascii
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation, get_edit_url

from variantes.langues import nom_de_langue
from variantes.operations import po as operations
from variantes.operations.gardes import tenir_cible
from variantes.views.gardes.cycle import cible_ou_404, etapes, titre_de

IMPORT = operations.IMPORT


class FichierForm(forms.Form):
    """The file, the first time; what it held, when what it would change has been seen."""

    file = forms.FileField(
        label="Fichier PO",
        help_text="Un fichier exporté de cette traduction, en UTF-8, 2 Mo au plus.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
        widget=forms.FileInput(attrs={"accept": ".po"}),
    )


def _traduction(pk: int) -> Translation:
    return get_object_or_404(
        Translation.objects.select_related("source__locale", "source__specific_content_type", "target_locale"), pk=pk
    )


@require_GET
def exporter(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Give the file to translate."""
    translation = _traduction(translation_id)
    cible = cible_ou_404(translation)
    try:
        name, text = operations.exporter(translation, request.user)
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
        return redirect(get_edit_url(cible))
    return HttpResponse(
        text,
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


class ImporterView(WagtailAdminTemplateMixin, TemplateView):
    """A file is looked at first, then taken: the second time, everything is checked again."""

    page_title = "Importer un fichier PO"
    header_icon = "upload"
    template_name = "variantes/po/importer.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.translation = _traduction(kwargs["translation_id"])
        self.cible = cible_ou_404(self.translation)
        try:
            with transaction.atomic():
                tenir_cible(self.translation, request.user)
        except ValidationError as reason:
            messages.error(request, " ".join(reason.messages))
            return redirect(self.retour)
        return super().dispatch(request, *args, **kwargs)

    @property
    def retour(self) -> str:
        return get_valid_next_url_from_request(self.request) or str(get_edit_url(self.cible))

    def get_page_subtitle(self) -> str:
        return titre_de(self.cible)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return etapes(self, self.cible)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "form": FichierForm(),
            "rapport": None,
            "contenu": "",
            "refus": "",
            "langue": nom_de_langue(self.translation.target_locale.language_code),
            "retour": self.retour,
            "suite": get_valid_next_url_from_request(self.request),
        }
        return super().get_context_data(**{**context, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "contenu" in request.POST:
            return self._importer(request.POST["contenu"])
        form = FichierForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._montrer(form=form)
        sent = form.cleaned_data["file"]
        # One byte too many is enough to know.
        contenu = sent.read(operations.TAILLE + 1)
        try:
            rapport = operations.examiner(contenu, self.translation, request.user)
        except ValidationError as reason:
            return self._montrer(refus=" ".join(reason.messages))
        return self._montrer(rapport=rapport, contenu=base64.b64encode(contenu).decode())

    def _importer(self, encoded: str) -> HttpResponse:
        try:
            contenu = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            return self._montrer(refus="Le fichier s’est perdu en route : choisissez-le de nouveau.")
        try:
            rapport = operations.importer(contenu, self.translation, self.request.user)
        except ValidationError as reason:
            return self._montrer(refus=" ".join(reason.messages))
        return self._montrer(rapport=rapport)

    def _montrer(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))
