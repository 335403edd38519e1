"""Wiring of the concepts into the admin."""

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from glossaire.forms_admin.concepts import PROPOSER
from glossaire.operations.relations import RELATIONS
from glossaire.views.concepts import concepts, proposer


@hooks.register("register_admin_viewset")
def concepts_viewset() -> Any:
    return concepts


@hooks.register("register_admin_urls")
def suggestions_url() -> list[URLPattern]:
    return [path("glossaire/mots/proposer/", proposer, name=PROPOSER)]


@hooks.register("register_log_actions")
def relations_log(actions: LogActionRegistry) -> None:
    @actions.register_action(RELATIONS)
    class RelationsFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail has no types
        label = "Relations entre les mots"

        def format_message(self, log_entry: Any) -> str:
            said = [f"ajouté : {each}" for each in log_entry.data.get("ajoutees", ())]
            said += [f"retiré : {each}" for each in log_entry.data.get("retirees", ())]
            return f"Relations : {' ; '.join(said)}"
