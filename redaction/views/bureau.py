"""The desk: what waits for whom, and decisions taken from the list."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.revisions import RevisionsCompare
from wagtail.models import Page, TaskState, WorkflowState

from redaction.bureau import Section, sections_de
from redaction.forms_admin.bureau import DecisionForm, FiltresForm
from redaction.operations.bureau import DecisionImpossible, decider
from redaction.queries.bureau import Filtres, programmee
from redaction.queries.lignes import Ligne

PAR_PAGE = 20
STYLES = Media(css={"all": ["css/admin/bureau.css"]})
TITRE = "Modération"
TITRE_SANS_RELECTURE = "Mes pages"
# Of these lists, those who only write see their own pages alone.
LES_SIENNES = frozenset({"envois", "brouillons", "a-revoir"})


class BureauView(WagtailAdminTemplateMixin, TemplateView):
    """One section of the desk. A decision is posted to the address of the list, so that its filters stay."""

    template_name = "redaction/bureau/bureau.html"
    header_icon = "clipboard-list"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.sections = sections_de(request.user)
        self.section = self._section(kwargs.get("cle"))
        self.decision = DecisionForm()
        self.refusee: int | None = None

    def _section(self, key: str | None) -> Section | None:
        if key is None:
            return next(iter(self.sections), None)
        return next((section for section in self.sections if section.cle == key), None)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.section is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[Any]:
        return []

    def get_page_title(self) -> str:
        return titre(self.sections)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.decision = DecisionForm(request.POST)
        try:
            constat = self._decider(self.decision)
        except DecisionImpossible as error:
            messages.error(request, str(error))
            return self.get(request, *args, **kwargs)
        messages.success(request, constat)
        return redirect(request.get_full_path())

    def _decider(self, form: DecisionForm) -> str:
        """Do what the form asks, and say what it did."""
        valid, given = form.is_valid(), form.cleaned_data
        state = TaskState.objects.select_related("workflow_state").filter(pk=given.get("etat")).first()
        if state is None:
            raise DecisionImpossible("Cette page n’est plus en relecture.")
        self.refusee = int(state.workflow_state.object_id)
        if not valid:
            raise DecisionImpossible(next(iter(form.errors.values()))[0])
        page = decider(state, self.request.user, given["action"], given["revision"], given["comment"])
        return constat(page.get_admin_display_title(), state, given["action"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        section, user = self.section, self.request.user
        assert section is not None  # noqa: S101 -- `dispatch` has refused the others
        form = FiltresForm(self.request.GET, user=user, connus=section.filtres)
        filtres = form.filtres
        onglets = [(one, one.compter(user)) for one in self.sections]
        paginator = Paginator(section.lignes(user, filtres), PAR_PAGE)
        if filtres == Filtres():
            # The tab has counted them.
            paginator.__dict__["count"] = dict(onglets)[section]
        page = paginator.get_page(self.request.GET.get("p"))
        rows = section.decrire(list(page.object_list), user)
        comment = self.decision.data.get("comment", "")
        shown = any(isinstance(row, Ligne) and row.actions and row.page.pk == self.refusee for row in rows)
        return {
            **context,
            "section": section,
            "onglets": onglets,
            "filtres": form,
            "filtree": form.is_valid() and any(form.cleaned_data.values()),
            "lignes": rows,
            "refusee": self.refusee,
            "commentaire": comment,
            "perdu": "" if shown else comment,
            "erreur_commentaire": self.decision.is_bound and self.decision.errors.get("comment", ""),
            "page_obj": page,
            "pages": paginator.get_elided_page_range(page.number),
            "media": STYLES,
        }


class ComparerView(RevisionsCompare):
    """Wagtail's comparison of what is public with what is proposed, for those who review without a right on pages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # `get_object` has asked for the right to open the page; Wagtail also wants a right on some page.
        return super(RevisionsCompare, self).dispatch(request, *args, **kwargs)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, kwargs["page_id"], "live", "latest")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.object.live or not self.object.latest_revision_id:
            messages.error(request, f"« {self.get_page_subtitle()} » n’est pas publique : il n’y a rien à comparer.")
            return redirect("bureau")
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("bureau"), "label": titre(sections_de(self.request.user))},
            {"url": self.get_edit_url(), "label": self.get_page_subtitle()},
            {"url": "", "label": "Comparer"},
        ]


def titre(sections: list[Section]) -> str:
    """Return the name of the desk for whoever has these sections."""
    return TITRE if any(section.cle not in LES_SIENNES for section in sections) else TITRE_SANS_RELECTURE


def constat(page: str, state: TaskState, action: str) -> str:
    """Say what the decision has done."""
    state.workflow_state.refresh_from_db()
    if state.workflow_state.status == WorkflowState.STATUS_APPROVED:
        if Page.objects.filter(programmee(), pk=state.workflow_state.object_id).exists():
            return f"« {page} » est approuvée : elle sera publique à la date choisie."
        return f"« {page} » est publiée."
    if action == "reject":
        return f"« {page} » est renvoyée avec votre demande."
    return f"Votre avis sur « {page} » est enregistré."
