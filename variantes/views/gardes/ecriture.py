"""Writing into a translation: a phrase, a value of its own, or all that a machine proposes."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.views.decorators.http import require_http_methods, require_POST
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import OverridableSegment, StringSegment, Translation
from wagtail_localize.views import edit_translation as stock

from socle.validators import validate_link
from variantes.operations.gardes import tenir_cible
from variantes.queries.gardes import est_falc

LONGUEUR = 20_000


def refus(reason: str, status: int) -> JsonResponse:
    """Say why to the editor's script, which shows that nothing was saved."""
    return JsonResponse({"detail": reason}, status=status)


def valeur(request: HttpRequest) -> str:
    """Return what was typed. Raises `ValidationError` when nothing usable was sent."""
    # Reading keeps the body: the view of wagtail-localize reads it again.
    _ = request.body
    sent = Request(request, parsers=[FormParser(), MultiPartParser()])
    try:
        data = sent.data
    except Exception as error:
        raise ValidationError("La demande est illisible.") from error
    typed = data.get("value") if isinstance(data, QueryDict) else None
    if not isinstance(typed, str):
        raise ValidationError("Il manque le texte.")
    if len(typed) > LONGUEUR:
        raise ValidationError(f"Le texte tient en {LONGUEUR} caractères.")
    if "\x00" in typed:
        raise ValidationError("Le texte contient un caractère interdit.")
    return typed


def _garder(
    request: HttpRequest,
    translation_id: int,
    verifier: Callable[[Translation], None],
    suite: Callable[[], HttpResponse],
) -> HttpResponse:
    """Let the view of wagtail-localize write, to whoever may, while nobody submits the text for review."""
    translation = get_object_or_404(Translation.objects.select_related("source"), pk=translation_id)
    try:
        with transaction.atomic():
            tenir_cible(translation, request.user)
            if request.method == "PUT":
                verifier(translation)
            return suite()
    except PermissionDenied:
        return refus("Vous ne pouvez pas modifier cette traduction.", 403)
    except ValidationError as reason:
        # A conflict with the state of the page, or a value that is none.
        return refus(" ".join(reason.messages), 409)
    except (MultiValueDictKeyError, MultiPartParserError, DataError):
        return refus("La demande est illisible.", 400)


@require_http_methods(["PUT", "DELETE"])
def modifier_phrase(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """Keep or forget the translation of one phrase."""

    def verifier(translation: Translation) -> None:
        get_object_or_404(StringSegment, pk=string_segment_id, source=translation.source)
        valeur(request)

    return _garder(
        request,
        translation_id,
        verifier,
        lambda: stock.edit_string_translation(request, translation_id, string_segment_id),
    )


@require_http_methods(["PUT", "DELETE"])
def modifier_valeur(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponse:
    """Keep or forget a link, a picture or a document of the version's own."""

    def verifier(translation: Translation) -> None:
        segment = get_object_or_404(
            OverridableSegment.objects.select_related("context"), pk=overridable_segment_id, source=translation.source
        )
        verifier_valeur(segment, translation, valeur(request))

    return _garder(
        request,
        translation_id,
        verifier,
        lambda: stock.edit_override(request, translation_id, overridable_segment_id),
    )


def verifier_valeur(segment: OverridableSegment, translation: Translation, typed: str) -> None:
    """Refuse what is not a value of the field: it would break the page, or lead its readers where no link may."""
    if isinstance(segment.data, int):
        if not typed.isdecimal() or len(typed) > 9:
            raise ValidationError("Choisissez un contenu qui existe.")
        return
    if isinstance(segment.data, str) and (
        _est_un_lien(segment.data) or re.match(r"\s*[a-z][a-z0-9+.-]*:", typed, re.IGNORECASE)
    ):
        validate_link(typed)


def _est_un_lien(text: str) -> bool:
    return bool(urlsplit(text).scheme) or text.startswith(("/", "#"))


@require_POST
def traduire_par_machine(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Fill what is missing with what a machine proposes. Each phrase stays marked until somebody reads it."""
    machine = get_machine_translator()
    if machine is None:
        raise Http404
    translation = get_object_or_404(
        Translation.objects.select_related("source__locale", "target_locale"), pk=translation_id
    )
    # FALC is written by people, for people who know it: no machine writes it, or starts from it.
    if est_falc(translation.target_locale) or est_falc(translation.source.locale):
        raise PermissionDenied
    suite = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
    try:
        with transaction.atomic():
            tenir_cible(translation, request.user)
            done = stock.apply_machine_translation(translation.pk, request.user, machine)
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
        return redirect(suite)
    if done:
        messages.success(
            request, "La machine a proposé des traductions. Relisez chaque phrase avant de soumettre la page."
        )
    else:
        messages.warning(request, "Il ne manque aucune phrase.")
    return redirect(suite)
