"""The concepts in the admin: the words of every language that name one thing, and what stands around it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from glossaire.forms_admin.concepts import ConceptForm
from glossaire.models import Concept
from glossaire.operations.relations import ecrire_relations, peut_relier, refus_de_suppression
from glossaire.queries.concepts import cherches, pour_liste, propositions, titres

PROPOSES = 10


class SansAjout(ModelPermissionPolicy):  # type: ignore[misc]  # Wagtail has no types
    """A concept is made with the first of its terms, and in no other way."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return bool(super().user_has_any_permission(user, set(actions) - {"add"}))


def _mot(concept: Any) -> str:
    return str(concept.termes[0]["titre"]) if concept.termes else "Sans page"


def _autres(concept: Any) -> str:
    rows = ((each["langue"], each["titre"], "" if each["public"] else " (brouillon)") for each in concept.termes[1:])
    return format_html_join(" · ", '{0} : <span lang="{0}" dir="auto">{1}</span>{2}', rows)


class ListeView(generic.IndexView):  # type: ignore[misc]  # Wagtail has no types
    is_searchable = True
    default_ordering = ("tri", "pk")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("mot", label="Mot", accessor=_mot, get_url=self.get_edit_url),
            Column("identifiant", label="Identifiant"),
            Column("autres", label="Dans les autres langues", accessor=_autres),
        ]

    def get_base_queryset(self) -> Any:
        return pour_liste()

    def order_queryset(self, queryset: Any) -> Any:
        return queryset

    def search_queryset(self, queryset: Any) -> Any:
        return cherches(queryset, self.search_query) if self.is_searching else queryset


class ConceptView(generic.EditView):  # type: ignore[misc]  # Wagtail has no types
    error_message = "Rien n’est enregistré : voyez ci-dessous ce qui l’empêche."

    def get_page_subtitle(self) -> str:
        return titres([self.object])[self.object.pk]

    def save_instance(self) -> Concept:
        instance: Concept = self.form.save()
        self.has_content_changes = self.form.has_changed()
        if "identifiant" in self.form.changed_data:
            log(instance=instance, action="wagtail.edit", content_changed=True)
        ecrire_relations(instance, self.request.user, self.form.relations)
        return instance

    def form_valid(self, form: ConceptForm) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            self.produced_error_message = self.error_message
            response = self.form_invalid(form)
        return response

    def get_success_message(self) -> str:
        return f"« {self.get_page_subtitle()} » est enregistré : les mots voisins le voient aussi."


class SupprimerView(generic.DeleteView):  # type: ignore[misc]  # Wagtail has no types
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        if reason := refus_de_suppression(self.object):
            messages.error(request, reason)
            return redirect(self.index_url_name)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class ConceptViewSet(ModelViewSet):  # type: ignore[misc]  # Wagtail has no types
    model = Concept
    name = "concepts_du_glossaire"
    url_prefix = "glossaire/concepts"
    icon = "glossaire-mot"
    menu_label = "Concepts"
    menu_order = 615
    add_to_admin_menu = True
    copy_view_enabled = False
    # It refers to nothing by itself: pages refer to it.
    add_to_reference_index = False
    permission_policy = SansAjout(Concept)
    index_view_class = ListeView
    edit_view_class = ConceptView
    delete_view_class = SupprimerView
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[ConceptForm]:
        return ConceptForm


concepts = ConceptViewSet()


def proposer(request: HttpRequest) -> JsonResponse:
    """Titles of terms, for the fields of the screen of a concept."""
    if not peut_relier(request.user):
        raise PermissionDenied
    return JsonResponse(propositions(request.GET.get("term", "")[:100], PROPOSES), safe=False)


def adresse_du_concept(concept: Concept) -> str:
    return reverse(concepts.get_url_name("edit"), args=[concept.pk])
