"""Pages in review by the hundred, written straight into the database."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState, get_default_page_content_type

from redaction.models import Approbation
from tests.factories.pages import index_fiches


def pages_en_relecture(number: int, auteur: Any, relecteur: Any) -> None:
    """Make pages that wait for the second of the two sides; of a page, only what lists read."""
    parent = Page.objects.get(pk=index_fiches().pk)
    kind = parent.specific.allowed_subpage_models()[0]
    content_type = kind._meta.apps.get_model("contenttypes.ContentType").objects.get_for_model(kind)
    place = int(Page.objects.filter(depth=parent.depth + 1).count())
    pages = [
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, place + rank),
            depth=parent.depth + 1,
            title=f"En nombre {place + rank}",
            draft_title=f"En nombre {place + rank}",
            slug=f"en-nombre-{place + rank}",
            url_path=f"{parent.url_path}en-nombre-{place + rank}/",
            live=False,
            has_unpublished_changes=True,
            owner=auteur,
            locale_id=parent.locale_id,
            content_type=content_type,
            latest_revision_created_at=timezone.now(),
        )
        for rank in range(1, number + 1)
    ]
    Page.objects.bulk_create(pages)
    Page.objects.filter(pk=parent.pk).update(numchild=place + number)
    mettre_en_relecture(pages, auteur, relecteur)
    # As the database does by itself, a while later.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def mettre_en_relecture(pages: Sequence[Page], auteur: Any, relecteur: Any, etape: int = 0) -> None:
    """Send pages to a step of the review; one side has approved."""
    workflow = Workflow.objects.get(name="Publication")
    base = get_default_page_content_type()
    now = timezone.now()
    whose = [
        {"object_id": str(page.pk), "content_type_id": page.content_type_id, "base_content_type": base}
        for page in pages
    ]
    revisions = Revision.objects.bulk_create(
        Revision(**keys, user=auteur, created_at=now, object_str=page.draft_title, content=_content(page))
        for keys, page in zip(whose, pages, strict=True)
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
    Page.objects.bulk_update(pages, ["latest_revision"])
    states = WorkflowState.objects.bulk_create(
        WorkflowState(**keys, workflow=workflow, requested_by=auteur) for keys in whose
    )
    step = workflow.tasks[etape]
    tasks = TaskState.objects.bulk_create(
        TaskState(workflow_state=state, revision=revision, task_id=step.pk)
        for state, revision in zip(states, revisions, strict=True)
    )
    for state, task in zip(states, tasks, strict=True):
        state.current_task_state = task
    WorkflowState.objects.bulk_update(states, ["current_task_state"])
    Approbation.objects.bulk_create(
        Approbation(task_state=task, revision_id=task.revision_id, user=relecteur, nom=str(relecteur), cote="usager")
        for task in tasks
    )


def _content(page: Page) -> dict[str, Any]:
    return {"pk": page.pk, "title": page.draft_title, "slug": page.slug}
