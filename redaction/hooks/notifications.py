"""Wiring of the notifications into the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from redaction.views.notifications import RythmePanel


@hooks.register("register_account_settings_panel")
def rhythm_of_notifications(request: HttpRequest, user: Any, profile: Any) -> RythmePanel:
    return RythmePanel(request, user, profile)
