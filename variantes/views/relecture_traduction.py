"""The review of a translation: each segment of the source beside what is said in its place, then a decision."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, Revision, TaskState
from wagtail.utils.decorators import xframe_options_sameorigin_override

from redaction.forms_admin.bureau import DecisionForm
from redaction.models.relecture import suspendue
from redaction.operations.bureau import DecisionImpossible, decider
from redaction.views.bureau import constat
from variantes.forms_admin.traductions import CommentaireForm
from variantes.models.traductions import CommentaireSegment, SoumissionTraduction
from variantes.operations import traductions as operations
from variantes.queries.gardes import traduction_de
from variantes.queries.relecteurs import a_traduit, langues_relues, relit
from variantes.queries.traductions import (
    peut_traduire,
    relecture_en_cours,
    segments_d_avant,
    segments_soumis,
    version_lue,
)
from variantes.views.styles import STYLES

FINIE = "Cette page n’est plus en relecture : la décision est prise."
# Longer than any key: Python refuses to read a number of thousands of digits.
CHIFFRES = 12
VUES = {"": "Tout", "changements": "Ce qui a changé", "commentaires": "Avec un commentaire"}


class Relecture:
    """A page, what is read of it, and what a person may do there."""

    def __init__(self, page_id: int, user: Any) -> None:
        self.page: Page = get_object_or_404(Page, pk=page_id).specific
        self.user = user
        self.etat: TaskState | None = relecture_en_cours(self.page)
        self.traduit = peut_traduire(user, self.page)
        if not self.traduit and not (self.etat and self.etat.task.specific.user_can_access_editor(self.page, user)):
            raise PermissionDenied
        self.revision = version_lue(self.page)

    @property
    def actions(self) -> list[Any]:
        return self.etat.task.specific.get_actions(self.page, self.user) if self.etat else []

    def pourquoi_pas(self) -> str:
        """Say why a person who reviews this language cannot decide here."""
        if self.etat is None or self.page.locale.language_code not in langues_relues(self.user):
            return ""
        if a_traduit(self.page, self.user):
            return "Vous avez travaillé à cette traduction : une autre personne la relit."
        holder = self.page.locked_by or "quelqu’un"
        held = f"Cette page est verrouillée par {holder} : rien ne se décide pour l’instant."
        return held if suspendue(self.page, self.user) else ""


def ouvrir(page_id: int, user: Any) -> Relecture | None:
    """Return the review of a page; None when it is over, for those who review the language."""
    try:
        return Relecture(page_id, user)
    except PermissionDenied:
        page = get_object_or_404(Page, pk=page_id)
        if relecture_en_cours(page) is not None or not relit(user, page):
            raise
        return None


class RelectureView(WagtailAdminTemplateMixin, TemplateView):
    """Source and translation side by side, with the remarks on each segment."""

    template_name = "variantes/traductions/relecture.html"
    header_icon = "view"
    page_title = "Relire une traduction"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.ouverte = ouvrir(kwargs["page_id"], request.user)
        self.decision = DecisionForm()
        self.commentaire = CommentaireForm()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.ouverte is None:
            messages.info(request, FINIE)
            return redirect("bureau")
        if self.relecture.revision is None:
            messages.info(request, "Cette page n’est pas en relecture.")
            return redirect("wagtailadmin_pages:edit", self.relecture.page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        # With any, Wagtail gives the screen a second title.
        return []

    @property
    def relecture(self) -> Relecture:
        """The review, which `dispatch` has seen to be going on."""
        if self.ouverte is None:
            raise PermissionDenied
        return self.ouverte

    @property
    def titre(self) -> str:
        return str(self.relecture.page.get_admin_display_title())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision on the revision that was on the screen."""
        self.decision = DecisionForm(request.POST)
        here = redirect("variantes_relecture", self.relecture.page.pk)
        sent = request.POST.get("etat", "")
        state = TaskState.objects.filter(
            pk=sent if sent.isdecimal() and len(sent) < CHIFFRES else 0,
            workflow_state__object_id=str(self.relecture.page.pk),
        ).first()
        if state is None:
            messages.error(request, "Cette page n’est plus en relecture.")
            return here
        if not self.decision.is_valid():
            messages.error(request, next(iter(self.decision.errors.values()))[0])
            return self.get(request, *args, **kwargs)
        given = self.decision.cleaned_data
        try:
            decider(state, request.user, given["action"], given["revision"], given["comment"])
        except DecisionImpossible as refusal:
            messages.error(request, str(refusal))
            self.ouverte = ouvrir(self.relecture.page.pk, request.user)
            if self.ouverte is None or self.ouverte.revision is None:
                return redirect("bureau")
            return self.get(request, *args, **kwargs)
        messages.success(request, constat(self.titre, state, given["action"]))
        return redirect("bureau")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        relecture = self.relecture
        page, revision = relecture.page, relecture.revision
        translation = traduction_de(page, active=True)
        said = commentaires(page)
        typed = f"{self.commentaire.data.get('chemin')}#{self.commentaire.data.get('rang')}"
        every = lignes(page, revision, translation, said, typed)
        vue = self.request.GET.get("vue", "")
        vue = vue if vue in VUES else ""
        kept = every
        if vue == "changements":
            kept = [ligne for ligne in every if ligne["etat"]]
        elif vue == "commentaires":
            kept = [ligne for ligne in every if ligne["commentaires"]]
        places = {(ligne["chemin"], ligne["rang"]) for ligne in every}
        orphans = [one for one in said if (one.chemin, one.rang) not in places]
        submitted = SoumissionTraduction.objects.filter(revision=revision).first()
        return {
            **super().get_context_data(**kwargs),
            "page": page,
            "titre": self.titre,
            "revision": revision,
            "etat": relecture.etat,
            "actions": [name for name, _label, _form in relecture.actions],
            "pourquoi_pas": relecture.pourquoi_pas(),
            "traduit": relecture.traduit,
            "peut_commenter": operations.peut_commenter(page, self.request.user),
            "soumission": submitted,
            "source_langue": settings.LANGUAGE_CODE,
            "langue": page.locale,
            "lignes": kept,
            "total": len(every),
            "changes": sum(ligne["etat"] != "" for ligne in every),
            "commentes": sum(bool(ligne["commentaires"]) for ligne in every),
            "vue": vue,
            "vues": VUES,
            "orphelins": orphans,
            "source_url": _adresse_source(translation),
            "decision": self.decision,
            "erreur_motif": self.decision.is_bound and self.decision.errors.get("comment", ""),
            "motif": self.decision.data.get("comment", "") if self.decision.is_bound else "",
            "commentaire": self.commentaire,
            "media": STYLES,
        }


def _adresse_source(translation: Any) -> str:
    source = translation.source.get_source_instance() if translation else None
    return (source.full_url or "") if source and source.live else ""


def commentaires(page: Page) -> list[CommentaireSegment]:
    return list(CommentaireSegment.objects.filter(page_id=page.pk))


def lignes(
    page: Page, revision: Revision, translation: Any, said: list[CommentaireSegment], typed: str
) -> list[dict[str, Any]]:
    """Return the segments with what was said of each, and what changed since the text that was last decided on."""
    before = segments_d_avant(revision, page)
    earlier = {(row["chemin"], row["rang"]): row for row in before or ()}
    threads: defaultdict[tuple[str, int], list[CommentaireSegment]] = defaultdict(list)
    for one in said:
        threads[one.chemin, one.rang].append(one)
    rows = []
    for number, row in enumerate(segments_soumis(revision, translation), start=1):
        place = row["chemin"], row["rang"]
        old = earlier.get(place)
        rows.append(
            {
                **row,
                "numero": number,
                "repris": f"{row['chemin']}#{row['rang']}" == typed,
                "commentaires": threads.get(place, []),
                "avant": old,
                "etat": "" if before is None else _changement(old, row),
            }
        )
    return rows


def _changement(old: dict[str, Any] | None, row: dict[str, Any]) -> str:
    if old is None:
        return "nouveau"
    return "" if (old["source"], old["traduction"]) == (row["source"], row["traduction"]) else "modifie"


@require_POST
def commenter(request: HttpRequest, page_id: int) -> HttpResponse:
    """Add a remark on a segment; what was typed is never lost."""
    relecture = Relecture(page_id, request.user)
    form = CommentaireForm(request.POST)
    address = reverse("variantes_relecture", args=[page_id])
    if form.is_valid():
        given = form.cleaned_data
        try:
            operations.commenter(relecture.page, request.user, **given)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Commentaire ajouté.")
            return redirect(f"{address}#{ancre(request)}")
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    view = RelectureView()
    view.setup(request, page_id=page_id)
    view.commentaire = form
    if view.ouverte is None or view.ouverte.revision is None:
        return redirect("wagtailadmin_pages:edit", page_id)
    response: HttpResponse = view.get(request, page_id=page_id)
    return response


def ancre(request: HttpRequest) -> str:
    number = request.POST.get("numero", "")
    return f"segment-{number}" if number.isdecimal() else "segments"


class ApercuView(TemplateView):
    """The page as it would be public, from the very revision that is read."""

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        relecture = Relecture(kwargs["page_id"], request.user)
        revision = get_object_or_404(Revision.objects.for_instance(relecture.page), pk=kwargs["revision_id"])
        shown = revision.as_object()
        response: HttpResponse = shown.make_preview_request(
            request, shown.default_preview_mode, extra_request_attrs={"revision_id": revision.pk}
        )
        return response
