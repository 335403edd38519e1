"""The screens of the operations of the moderation: what will happen, then a reason."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.models import Page

from redaction.forms_admin import moderation as forms
from redaction.operations import moderation as operations
from redaction.queries.moderation import consequences, peut_moderer, restrictions_heritees
from redaction.views.sur_une_page import SurUnePageView


class OperationView(SurUnePageView):
    """One operation on one page."""

    template_name = "redaction/operation.html"
    operation: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        if page is None and peut_moderer(request.user):
            return self.refuser("Cette page n’existe plus.", reverse("wagtailadmin_explore_root"))
        self.page = (page or Page()).specific
        try:
            operations.verifier(self.page, request.user, self.operation)
        except ValidationError as refusal:
            return self.refuser(refusal.messages[0], reverse("wagtailadmin_explore", args=[self.page.pk]))
        self.suites = consequences(self.page)
        return super().dispatch(request, *args, **kwargs)

    def refuser(self, reason: str, address: str) -> HttpResponseRedirect:
        messages.error(self.request, reason)
        return redirect(address)

    def agir(self, **data: Any) -> str:
        """Do it, and return what to tell the person."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        parent = self.page.get_parent()
        try:
            done = self.agir(**form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect("wagtailadmin_explore", parent.pk)

    def form_invalid(self, form: Any) -> HttpResponse:
        form.show_again()
        messages.error(self.request, "Rien n’a été fait : voyez ci-dessous ce qui l’empêche.")
        response: HttpResponse = super().form_invalid(form)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "page": self.page, "suites": self.suites}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "operation": self.operation, "suites": self.suites}

    @property
    def nom(self) -> str:
        return f"« {self.get_page_subtitle()} »"


class DepublierView(OperationView):
    operation = "depublier"
    page_title = "Dépublier"
    submit_label = "Dépublier"
    header_icon = "download"
    form_class = forms.DepublierForm

    def agir(self, **data: Any) -> str:
        count = operations.depublier(self.page, self.request.user, **data)
        return (
            f"{self.nom} n’est plus publique." if count == 1 else f"{self.nom} : {count} pages ne sont plus publiques."
        )


class RestreindreView(OperationView):
    operation = "restreindre"
    page_title = "Restreindre l’accès"
    submit_label = "Enregistrer l’accès"
    header_icon = "view"
    form_class = forms.RestreindreForm

    def agir(self, **data: Any) -> str:
        operations.restreindre(self.page, self.request.user, **data)
        return f"L’accès à {self.nom} est enregistré."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inherited = restrictions_heritees(self.page).select_related("page")
        return {**super().get_context_data(**kwargs), "heritees": inherited}


class DeplacerView(OperationView):
    operation = "deplacer"
    page_title = "Déplacer"
    submit_label = "Déplacer"
    header_icon = "arrow-right-full"
    form_class = forms.DeplacerForm

    def agir(self, **data: Any) -> str:
        operations.deplacer(self.page, self.request.user, **data)
        return f"{self.nom} est rangée sous « {data['vers'].get_admin_display_title()} »."


class SupprimerView(OperationView):
    operation = "supprimer"
    page_title = "Supprimer"
    submit_label = "Supprimer définitivement"
    header_icon = "bin"
    form_class = forms.SupprimerForm

    def agir(self, **data: Any) -> str:
        data.pop("compris")
        count = operations.supprimer(self.page, self.request.user, **data)
        return f"{self.nom} est supprimée." if count == 1 else f"{self.nom} : {count} pages sont supprimées."


class UrgenceView(OperationView):
    operation = "corriger"
    page_title = "Publier en urgence"
    submit_label = "Publier sans attendre la relecture"
    header_icon = "upload"
    form_class = forms.UrgenceForm

    def agir(self, **data: Any) -> str:
        operations.publier_en_urgence(self.page, self.request.user, **data)
        return f"{self.nom} est publique. Faites-la relire après coup."


VIEWS: dict[str, type[OperationView]] = {
    view.operation: view for view in (DepublierView, RestreindreView, DeplacerView, SupprimerView, UrgenceView)
}
