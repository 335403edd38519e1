"""The chooser of terms: those of the language of the page that is being written, looked for by any of their names."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.models import Locale, Page

from glossaire.forms_admin.choix import ChoixForm, DepuisForm
from glossaire.models import TermePage
from glossaire.queries.ajout import adresse_nouveau_mot
from redaction.queries.choix import a_proposer

NOM = "choisir_mot"
CHOISIR = f"{NOM}:choose"


def noms(page: TermePage) -> str:
    """The other names of a term, on one line."""
    return " · ".join([name for name in (page.sigle, page.developpe) if name] + page.liste_des_autres_noms)


class _Liste:
    """What the modal and its results alone have in common."""

    filter_form_class = ChoixForm
    per_page = 10
    i18n_enabled = False
    request: Any

    @cached_property
    def locale(self) -> Locale:
        """The language of the page from which one chooses; French where there is none."""
        form = DepuisForm(self.request.GET)
        pk = form.cleaned_data["page"] if form.is_valid() else None
        page = Page.objects.filter(pk=pk, depth__gt=1).select_related("locale").first() if pk else None
        return page.locale if page else Locale.objects.get(language_code=settings.LANGUAGE_CODE)

    def get_object_list(self) -> Any:
        terms = TermePage.objects.filter(a_proposer(self.request.user), locale=self.locale)
        return terms.alphabetiques().defer_streamfields()

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]  # of the view
            Column("noms", label="Autres noms", accessor=noms),
            Column("etat", label="État", accessor=lambda page: "Public" if page.live else "Brouillon"),
        ]

    @property
    def title_column(self) -> Column:
        column: Column = super().title_column  # type: ignore[misc]  # of the view
        if isinstance(column, TitleColumn):
            column.label = "Mot"
        return column

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view
        adresse = adresse_nouveau_mot(self.request.user)
        return {**context, "langue": self.locale, "adresse_nouveau_mot": adresse}


class ChoisirView(_Liste, ChooseView):  # type: ignore[misc]  # Wagtail has no types
    template_name = "glossaire/admin/choisir.html"
    results_template_name = "glossaire/admin/choisir_resultats.html"


class ResultatsView(_Liste, ChooseResultsView):  # type: ignore[misc]  # Wagtail has no types
    results_template_name = "glossaire/admin/choisir_resultats.html"


class ChoisiView(ChosenView):  # type: ignore[misc]  # Wagtail has no types
    """What a link to a term keeps: the key of its concept."""

    def get_object(self, pk: str) -> TermePage:
        form = DepuisForm({"page": pk})
        if not form.is_valid():
            raise TermePage.DoesNotExist
        found: TermePage = TermePage.objects.filter(a_proposer(self.request.user)).get(pk=form.cleaned_data["page"])
        return found

    def get_chosen_response_data(self, item: TermePage) -> dict[str, Any]:
        return {"id": str(item.translation_key), "titre": item.title}


def _aucune(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse(status=404)


class TermeChooserViewSet(ChooserViewSet):  # type: ignore[misc]  # Wagtail has no types
    model = TermePage
    icon = "glossaire-mot"
    page_title = "Choisir un mot du glossaire"
    # Terms are pages: fields that hold one keep Wagtail's chooser of pages.
    register_widget = False
    choose_view_class = ChoisirView
    choose_results_view_class = ResultatsView
    chosen_view_class = ChoisiView
    preserve_url_parameters = ("page",)
    # One term at a time, made in the editor of pages.
    chosen_multiple_view = staticmethod(_aucune)
    create_view = staticmethod(_aucune)


choix_de_terme = TermeChooserViewSet(NOM, url_prefix="glossaire/choisir")
