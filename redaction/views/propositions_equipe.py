"""What the team does with the proposals from outside: a list, one screen for each, and one for each gesture."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import registry as journal
from wagtail.permission_policies import ModelPermissionPolicy

from redaction.forms_admin.propositions import GesteForm
from redaction.models import EtatProposition, Proposition
from redaction.models.propositions import A_TRAITER
from redaction.operations import propositions as operations
from redaction.propositions import genre, genres
from redaction.queries.propositions import PropositionQuerySet, peut_traiter, peut_voir

INDEX, LIGNES, DETAIL, GESTE = "propositions:index", "propositions:lignes", "propositions:detail", "propositions:geste"
AGES = (("7", "Plus d’une semaine"), ("30", "Plus d’un mois"), ("90", "Plus de trois mois"))


def accueil_et_liste() -> list[dict[str, Any]]:
    return [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": reverse(INDEX), "label": "Propositions"}]


class PropositionsFilterSet(WagtailFilterSet):
    """Kind, status, language, age."""

    genre = django_filters.ChoiceFilter(
        label="Type", choices=lambda: [(kind.cle, kind.nom) for kind in genres()], empty_label="Tous"
    )
    etat = django_filters.ChoiceFilter(
        label="État", choices=[choice for choice in EtatProposition.choices if choice[0] != "a_confirmer"]
    )
    langue = django_filters.ChoiceFilter(label="Langue", choices=settings.LANGUAGES)
    age = django_filters.ChoiceFilter(label="Reçue depuis", choices=AGES, method="plus_vieille_que")

    class Meta:
        model = Proposition
        fields: ClassVar[list[str]] = []

    def plus_vieille_que(self, queryset: PropositionQuerySet, name: str, value: str) -> PropositionQuerySet:
        return queryset.filter(recue_le__lt=timezone.now() - datetime.timedelta(days=int(value)))


def _langue(proposition: Proposition) -> str:
    return dict(settings.LANGUAGES).get(proposition.langue, proposition.langue)


class PropositionsView(IndexView):
    """The proposals that were received."""

    model = Proposition
    page_title = "Propositions"
    header_icon = "mail"
    index_url_name = INDEX
    index_results_url_name = LIGNES
    permission_policy = ModelPermissionPolicy(Proposition)
    any_permission_required: ClassVar = ["view", "change"]
    filterset_class = PropositionsFilterSet
    search_fields: ClassVar = ["titre", "texte", "page_titre", "page_adresse"]
    search_backend_name = None
    paginate_by = 30
    verbose_name_plural = "propositions"
    columns: ClassVar = [
        TitleColumn("intitule", label="Proposition", get_url=lambda proposition: proposition.url_admin),
        Column("genre_nom", label="Type"),
        StatusTagColumn(
            "etat",
            label="État",
            accessor="get_etat_display",
            primary=lambda proposition: proposition.etat in A_TRAITER,
        ),
        Column("langue", label="Langue", accessor=_langue),
        DateColumn("recue_le", label="Reçue", sort_key="recue_le"),
        Column("traitee_par", label="Suivie par", accessor=lambda proposition: proposition.traitee_par or "–"),
    ]

    def get_base_queryset(self) -> Any:
        return Proposition.objects.visible_to(self.request.user).select_related("traitee_par")

    def order_queryset(self, queryset: Any) -> Any:
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.ordre_de_travail()


@dataclass(frozen=True)
class Geste:
    """Something that whoever handles proposals may do with one, and what it asks for."""

    titre: str
    bouton: str
    explication: str
    faire: Callable[..., Proposition]
    fait: str
    icone: str
    libelle: str = ""
    aide: str = ""
    obligatoire: bool = True
    meme_close: bool = False
    # Whether the person is written to, when they can be.
    ecrit: bool = False


GESTES = {
    "prendre": Geste(
        "Prendre en charge",
        "Je m’en occupe",
        "Votre nom s’affiche dans la liste : les autres savent que quelqu’un s’en occupe.",
        operations.prendre_en_charge,
        "Vous suivez cette proposition.",
        "user",
    ),
    "accepter": Geste(
        "Accepter",
        "Accepter",
        "",
        operations.accepter,
        "La proposition est acceptée.",
        "check",
        "Message à la personne",
        "Facultatif. Il part avec l’e-mail qui annonce que sa proposition est retenue.",
        obligatoire=False,
        ecrit=True,
    ),
    "preciser": Geste(
        "Demander des précisions",
        "Envoyer la question",
        "La personne reçoit votre question par e-mail, avec un lien pour y répondre sans compte.",
        operations.demander_des_precisions,
        "La question est partie.",
        "help",
        "Votre question",
        "Écrivez-la comme vous la diriez. Une seule question à la fois.",
    ),
    "refuser": Geste(
        "Refuser",
        "Refuser et envoyer le motif",
        "La personne reçoit le motif par e-mail. La proposition est close.",
        operations.refuser,
        "La proposition est refusée.",
        "cross",
        "Motif",
        "Dites pourquoi, simplement, et remerciez.",
        ecrit=True,
    ),
    "noter": Geste(
        "Ajouter une note",
        "Enregistrer la note",
        "La note reste dans l’équipe. La personne ne la voit pas.",
        operations.noter,
        "La note est enregistrée.",
        "edit",
        "Note",
    ),
    "effacer": Geste(
        "Effacer les coordonnées",
        "Effacer le nom et l’adresse",
        "À la demande de la personne. Plus personne ne pourra lui répondre. C’est définitif.",
        operations.effacer_coordonnees,
        "Les coordonnées sont effacées.",
        "bin",
        meme_close=True,
    ),
}


def gestes_possibles(proposition: Proposition, user: Any) -> list[tuple[str, Geste]]:
    """Return what a person may do with a proposal as it is."""
    if not peut_traiter(user):
        return []
    left_out = set()
    if proposition.traitee_par_id == user.pk:
        left_out.add("prendre")
    if not proposition.joignable:
        left_out.add("preciser")
    if not hasattr(proposition, "contact"):
        left_out.add("effacer")
    return [
        (cle, geste)
        for cle, geste in GESTES.items()
        if cle not in left_out and (geste.meme_close or not proposition.close)
    ]


def _trouver(request: HttpRequest, pk: int) -> Proposition:
    if not peut_voir(request.user):
        raise PermissionDenied
    visible = Proposition.objects.visible_to(request.user)
    whole = visible.select_related("contact", "page", "page_creee", "traitee_par")
    found: Proposition = get_object_or_404(whole, pk=pk)
    return found


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: what is proposed, on which page, by whom, what was said and done."""
    proposition = _trouver(request, pk)
    context = {
        "proposition": proposition,
        "langue": _langue(proposition).lower(),
        "contact": getattr(proposition, "contact", None) if peut_traiter(request.user) else None,
        "traite": peut_traiter(request.user),
        "fil": proposition.messages.select_related("auteur"),
        "journal": journal.get_logs_for_instance(proposition).select_related("user"),
        "gestes": gestes_possibles(proposition, request.user),
        **_liens(proposition, request.user),
        **_tete(proposition, proposition.intitule),
    }
    return render(request, "redaction/admin/proposition.html", context)


def _liens(proposition: Proposition, user: Any) -> dict[str, str]:
    """Where to see and edit the pages that it concerns, for those who may."""

    def edit(page: Any) -> str:
        allowed = page is not None and page.permissions_for_user(user).can_edit()
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) if allowed else ""

    page = proposition.page
    return {
        "voir_page": (page.get_url() or "") if page is not None and page.live else "",
        "modifier_page": edit(page),
        "modifier_creee": edit(proposition.page_creee),
    }


def _tete(proposition: Proposition, titre: str, suite: str = "") -> dict[str, Any]:
    crumbs = [*accueil_et_liste(), {"url": proposition.url_admin if suite else "", "label": proposition.intitule}]
    if suite:
        crumbs.append({"url": "", "label": suite})
    return {
        "page_title": titre,
        "page_subtitle": "",
        "header_title": titre,
        "header_icon": "mail",
        "breadcrumbs_items": crumbs,
        "header_buttons": [],
    }


def geste(request: HttpRequest, pk: int, cle: str) -> HttpResponse:
    """The screen of one gesture, and the gesture itself."""
    proposition = _trouver(request, pk)
    if not peut_traiter(request.user):
        raise PermissionDenied
    action = GESTES.get(cle)
    if action is None:
        raise Http404(cle)
    if request.method == "POST" or (cle, action) in gestes_possibles(proposition, request.user):
        return _geste(request, proposition, cle, action)
    return redirect(proposition.url_admin)


def _geste(request: HttpRequest, proposition: Proposition, cle: str, action: Geste) -> HttpResponse:
    form = GesteForm(
        request.POST if request.method == "POST" else None,
        libelle=action.libelle,
        aide=action.aide,
        obligatoire=action.obligatoire,
    )
    if form.is_valid():
        return _faire(request, proposition, action, form)
    context = {
        "proposition": proposition,
        "geste": action,
        "explication": action.explication or _ce_que_fait_accepter(proposition),
        "form": form,
        "sans_courriel": action.ecrit and not proposition.joignable,
        "retour": proposition.url_admin,
        **_tete(proposition, f"{action.titre} : {proposition.intitule}", action.titre),
    }
    return render(request, "redaction/admin/geste.html", context)


def _ce_que_fait_accepter(proposition: Proposition) -> str:
    kind = genre(proposition.genre)
    if kind is not None and kind.creer_page is not None:
        return (
            "Un brouillon est créé avec le titre et le texte, sans aucune coordonnée. Il s’ouvre dans l’éditeur : "
            "relisez-le, puis soumettez-le à la relecture en binôme. Rien n’est public avant."
        )
    return "La proposition est close comme traitée. Si la page doit changer, modifiez-la d’abord."


def _faire(request: HttpRequest, proposition: Proposition, action: Geste, form: GesteForm) -> HttpResponse:
    given = [form.cleaned_data["texte"]] if "texte" in form.fields else []
    try:
        done = action.faire(proposition.pk, request.user, *given)
    except operations.ImpossibleError as refusal:
        messages.error(request, str(refusal))
        return redirect(proposition.url_admin)
    messages.success(request, action.fait)
    created = done.page_creee if action.faire is operations.accepter else None
    return redirect("wagtailadmin_pages:edit", created.pk) if created else redirect(done.url_admin)
