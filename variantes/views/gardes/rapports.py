"""Lists of wagtail-localize, which it shows to everybody in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import TranslatableMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import Translation
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.snippets_api import SnippetViewSet

from socle.reports import SafeExportMixin
from variantes.queries.gardes import suit_les_traductions


class TraductionsView(SafeExportMixin, TranslationsReportView):
    """The translations and how far they are, titles of drafts included: for those who translate."""

    def get_queryset(self) -> QuerySet[Translation]:
        # The pages of the list keep their order.
        found: QuerySet[Translation] = super().get_queryset().order_by("-created_at", "-pk")
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not suit_les_traductions(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class TermesApi(SnippetViewSet):
    """Names of terms, for the choosers of the editor. Messages of the public are snippets too: rights are checked."""

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        model = self._modele()
        # Names of terms are public; what is no term may hold anything.
        if issubclass(model, TranslatableMixin) and suit_les_traductions(request.user):
            return
        if not ModelPermissionPolicy(model).user_has_any_permission(request.user, {"add", "change", "delete", "view"}):
            raise PermissionDenied

    def _modele(self) -> type[Any]:
        wanted = (self.kwargs["app_label"], self.kwargs["model_name"])
        for model in get_snippet_models():
            if (model._meta.app_label, model._meta.model_name) == wanted:
                return model
        raise Http404
