"""What reviewers do in the editor, where they read without writing."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from redaction.models.relecture import EtapeVerrouillee


def sans_gestes(form: QueryDict) -> QueryDict:
    """Return a form without its button: the editor saves by itself what it holds, the last button pressed included."""
    kept = form.copy()
    for name in form:
        if name.startswith("action-"):
            del kept[name]
    return kept


def a_relire(page: Page, request: HttpRequest) -> Any:
    """Return the review in progress, if the person is here to read and not to write."""
    task = page.current_workflow_task
    reads = isinstance(task, EtapeVerrouillee) and task.decide_sans_ecrire
    return task if reads and task.locked_for_user(page, request.user) else None


def donner_son_avis(request: HttpRequest, page: Page, task: Any) -> HttpResponse:
    """Take the decision that the editor's form carries, and nothing of the text that comes with it."""
    action = request.POST.get("workflow-action-name", "")
    try:
        given = dict(json.loads(request.POST.get("workflow-action-extra-data") or "{}"))
    except (ValueError, TypeError):
        given = {}
    form = task.get_form_for_action(action)(given)
    if not form.is_valid():
        messages.error(request, "Dites ce qui est à modifier.")
        return redirect("wagtailadmin_pages:edit", page.pk)
    try:
        task.on_action(page.current_workflow_task_state, request.user, action, **form.cleaned_data)
    except ValidationError as refusal:
        title = page.get_admin_display_title()
        messages.error(request, f"« {title} » ne peut pas être publiée. {' '.join(refusal.messages)}")
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.success(request, f"Votre avis sur « {page.get_admin_display_title()} » est enregistré.")
    return redirect("wagtailadmin_home")
