"""Resources that are not public yet, in every state of the review, and a few that are to be refreshed."""

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from fiches.models import FichePage, FichesIndexPage
from home.demo import sources
from home.demo.contenu import Data, SiteDemo
from socle.models import Utilisateur

AUTEUR, USAGER, PROFESSIONNEL, MODERATION = (
    f"{nom}@demo.test" for nom in ("contribution", "usager", "professionnel", "moderation")
)
# How many days ago each was sent to the review, and for the last one in how many days it becomes public.
ENVOYEE = {"un_avis": 2, "modifications": 5, "en_retard": 16, "a_valider": 4, "programmee": 6}
PUBLIEE_DANS = 20


def semer_relectures(site: SiteDemo) -> int:
    """Create those that are missing, once the accounts and the workflow exist; return how many."""
    index = FichesIndexPage.objects.filter(locale__language_code="fr").first()
    if index is None:
        return 0
    existing = set(FichePage.objects.child_of(index).values_list("slug", flat=True))
    missing = {slug: data for slug, data in sources.relectures().items() if slug not in existing}
    for slug, data in missing.items():
        _semer(site, index, slug, data)
    return len(missing)


def _semer(site: SiteDemo, index: Page, slug: str, data: Data) -> None:
    people = {user.email: user for user in Utilisateur.objects.filter(email__endswith="@demo.test")}
    if not {AUTEUR, USAGER, PROFESSIONNEL, MODERATION} <= people.keys():
        return
    auteur, etat = people[AUTEUR], data["etat"]
    draft = FichePage(
        title=data["titre"], slug=slug, resume=data["resume"], live=False, owner=auteur, locale=index.locale
    )
    page: FichePage = index.add_child(instance=draft)
    site.fill_fiche(site.convertisseur("fr"), page, data)
    if etat == "programmee":
        page.go_live_at = timezone.now() + datetime.timedelta(days=PUBLIEE_DANS)
    page.save_revision(user=auteur, log_action=True)
    if etat == "brouillon":
        return
    page = FichePage.objects.get(pk=page.pk)
    page.get_workflow().start(page, auteur)
    if etat == "modifications":
        decider(page, people[PROFESSIONNEL], "reject", comment=data["commentaire"])
    elif etat != "en_retard":
        decider(page, people[USAGER], "approve")
        if etat != "un_avis":
            decider(page, people[PROFESSIONNEL], "approve")
        if etat == "programmee":
            decider(page, people[MODERATION], "approve")
    vieillir(page, datetime.timedelta(days=ENVOYEE[etat]))


def decider(page: Page, user: Utilisateur, action: str, **data: Any) -> None:
    """Do what a reviewer does at the step where the page is."""
    state = TaskState.objects.filter(workflow_state__object_id=str(page.pk)).latest("pk").specific
    state.task.specific.on_action(state, user, action, **data)


def vieillir(page: Page, age: datetime.timedelta) -> None:
    """Make the review begin that long ago."""
    states = WorkflowState.objects.filter(object_id=str(page.pk))
    for state in TaskState.objects.filter(workflow_state__in=states):
        finished = state.finished_at and state.finished_at - age
        TaskState.objects.filter(pk=state.pk).update(started_at=state.started_at - age, finished_at=finished)
    for one in states:
        WorkflowState.objects.filter(pk=one.pk).update(created_at=one.created_at - age)
