"""Screens of wagtail-localize, closed to those who may not change what they translate."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail_localize.views.submit_translations import SubmitSnippetTranslationView


class SubmitSnippet(SubmitSnippetTranslationView):  # type: ignore[misc]  # the base class has no types
    """Send a term or a menu to translation. wagtail-localize lets every editor do it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        model = type(self.get_object())
        if not ModelPermissionPolicy(model).user_has_permission(request.user, "change"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response
