"""The places in the admin: found by their words, chosen when they are still in use."""

from typing import Any, ClassVar

from django import forms
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from socle.lieux.panneaux import LIEU
from socle.lieux.utilisations import annotees, decrites
from socle.models import Lieu


class LieuxIndexView(IndexView):  # type: ignore[misc]  # Wagtail has no types
    """All of them, with what uses each."""

    def get_base_queryset(self) -> Any:
        return annotees(super().get_base_queryset())

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.cherches(self.search_query) if self.is_searching else queryset


class ChercherLieuForm(BaseFilterForm):  # type: ignore[misc]  # Wagtail has no types
    """Words to look for."""

    q = forms.CharField(
        label="Chercher un lieu",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "Nom, rue ou commune", "autocomplete": "off"}),
    )

    def filter(self, objects: Any) -> Any:
        objects = super().filter(objects)
        if texte := self.cleaned_data.get("q"):
            self.is_searching = True
            self.search_query = texte
            objects = objects.cherches(texte)
        return objects


class _Actifs:
    """Only those that are still in use are proposed; one that was chosen before stays chosen."""

    filter_form_class = ChercherLieuForm

    def get_object_list(self) -> Any:
        return Lieu.objects.actifs()


class ChoisirLieuView(_Actifs, ChooseView):  # type: ignore[misc]  # Wagtail has no types
    pass


class ChoisirLieuResultatsView(_Actifs, ChooseResultsView):  # type: ignore[misc]  # Wagtail has no types
    pass


class LieuChooserViewSet(SnippetChooserViewSet):  # type: ignore[misc]  # Wagtail has no types
    choose_view_class = ChoisirLieuView
    choose_results_view_class = ChoisirLieuResultatsView


class LieuViewSet(SnippetViewSet):  # type: ignore[misc]  # Wagtail has no types
    """Where people meet and where tools are lent."""

    model = Lieu
    icon = "globe"
    menu_label = "Lieux"
    menu_name = "lieux"
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = LieuxIndexView
    chooser_viewset_class = LieuChooserViewSet
    chooser_per_page = 20
    list_per_page = 50
    list_display: ClassVar = [
        "nom",
        Column("commune", label="Commune", sort_key="commune"),
        Column("departement", label="Département", accessor="get_departement_display", sort_key="departement"),
        Column("utilisations", label="Utilisé par", accessor=lambda lieu: decrites(lieu) or "–"),
        BooleanColumn("actif", label="Proposé", sort_key="actif"),
    ]
    list_filter: ClassVar = ["departement", "actif"]
    search_fields: ClassVar = ["nom"]
    search_backend_name = None
    ordering: ClassVar = ["nom_tri", "pk"]
    edit_handler = LIEU
