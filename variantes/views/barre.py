"""Our bar in the editor of translations: how far they are, what reviewers said, and what can be done now."""

import json
from typing import Any

from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from redaction.queries.lignes import modifiable
from redaction.roles import TRADUCTIONS
from variantes.liens_de_traduction import liens_de
from variantes.models.fraicheur import VersionSource
from variantes.models.traductions import SoumissionTraduction
from variantes.operations.traductions import motifs_des_chaines
from variantes.queries.gardes import raison_du_gel
from variantes.queries.memoire import souvenirs
from variantes.queries.traductions import avancement, blocage, commentaires_ouverts

LISTE = 20


def barre(translation: Translation, page: Page, user: Any) -> dict[str, Any]:
    """Return what the bar shows."""
    progress = avancement(translation)
    reason = blocage(page, user)
    state = page.current_workflow_state
    motifs = motifs_des_chaines(progress)
    source = translation.source.get_source_instance()
    memory = souvenirs(translation, progress.manquantes)
    return {
        "translation": translation,
        "page": page,
        "langue": translation.target_locale.language_code,
        "titre": titre(translation.target_locale.language_code),
        "avancement": progress,
        "manquantes": [(chaine, memory.get(chaine.source)) for chaine in progress.manquantes[:LISTE]],
        "souvenirs": sum(chaine.source in memory for chaine in progress.manquantes),
        "fautives": progress.fautives[:LISTE],
        "etat": etat(translation, page, state),
        "demande": _demande(state),
        "commentaires": list(commentaires_ouverts(page)),
        "blocage": reason,
        "motifs": motifs,
        "soumettable": not reason and not motifs,
        "importable": not raison_du_gel(translation, page, user),
        "renvoi": state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES,
        "source": source,
        "source_modifiable": modifiable(source, user),
        "source_changee": source_changee(translation, source),
        "liens": liens_de(page, user),
        "deja_soumise": SoumissionTraduction.objects.filter(page_id=page.pk).exists(),
    }


def titre(code: str) -> str:
    """Name the work on a language as the role is named."""
    return next((role.nom for role in TRADUCTIONS if code in role.langues), f"Traduction ({code})")


def etat(translation: Translation, page: Page, state: WorkflowState | None) -> str:
    """Name where the translation is, for whoever translates."""
    if state is not None:
        waiting = state.status == WorkflowState.STATUS_IN_PROGRESS
        return "En relecture" if waiting else "Modifications demandées"
    if not page.live:
        return "Brouillon"
    published = page.live_revision.created_at if page.live_revision else page.last_published_at
    typed = StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale_id=page.locale_id, updated_at__gt=published
    )
    changed = page.has_unpublished_changes or (published and typed.exists())
    return "Publiée, avec des changements à soumettre" if changed else "Publiée"


def _demande(state: WorkflowState | None) -> TaskState | None:
    """Return the last request for changes, while it waits."""
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    return state.current_task_state


def source_changee(translation: Translation, source: Page) -> bool:
    """Tell whether the source changed since its words were sent to be translated; a minor change counts for nothing."""
    version = VersionSource.objects.filter(translation_key=source.translation_key).first()
    if version is not None and version.synchronisee is not None:
        return version.synchronisee < version.numero
    sent = json.loads(translation.source.content_json).get("live_revision")
    return source.live_revision_id is not None and source.live_revision_id != sent


def reglages(props: str, page: Page, user: Any) -> str:
    """Return the settings of wagtail-localize's editor with what this person may really do."""
    settings = json.loads(props)
    lock = page.get_lock()
    publish = page.permissions_for_user(user).can_publish()
    thing, links, rights = settings["object"], settings["links"], settings["perms"]
    thing["isLocked"] = bool(lock and lock.for_user(user))
    rights["canPublish"] = publish
    if not publish:
        # Its last action would be the one that stands out: deleting.
        rights["canDelete"] = False
        links["convertToAliasUrl"] = None
    return json.dumps(settings)
