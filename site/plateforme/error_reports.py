"""Reports of errors to a Sentry-compatible collector, only where `SENTRY_DSN` says so.

A report is rebuilt from what may leave: the classes of the errors and their places in the code. Everything else (texts
of errors, variables, addresses, headers, bodies, accounts) stays here, whatever an integration adds tomorrow.
"""

import logging
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from plateforme.log_records import REFUSALS, message, request_id

Event = dict[str, Any]

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "sdk", "type")
FRAME_KEPT = ("filename", "function", "module", "lineno", "in_app", "pre_context", "context_line", "post_context")


def start(dsn: str, *, environment: str, release: str) -> None:
    """Send reports of errors to `dsn` from now on."""
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release or None,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
        traces_sample_rate=None,
        auto_session_tracking=False,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            AtexitIntegration(callback=lambda _pending, _timeout: None),
            DedupeIntegration(),
            DjangoIntegration(middleware_spans=False, signals_spans=False, cache_spans=False),
            ExcepthookIntegration(),
            LoggingIntegration(level=None, event_level=logging.ERROR),
        ],
        before_send=scrubbed,  # type: ignore[arg-type]  # the library's own type is a closed dictionary
    )


def scrubbed(event: Event, hint: dict[str, Any]) -> Event | None:
    """Return what may leave of a report; nothing of a request that was refused."""
    if str(event.get("logger")).startswith(REFUSALS):
        return None
    clean = {name: event[name] for name in KEPT if name in event}
    if errors := (event.get("exception") or {}).get("values"):
        clean["exception"] = {"values": [_error(error) for error in errors]}
    if record := hint.get("log_record"):
        clean["logentry"] = {"message": message(record)}
    if identifier := request_id.get():
        clean["tags"] = {"request_id": identifier}
    return clean


def _error(error: Event) -> Event:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    return {
        "type": error.get("type"),
        "module": error.get("module"),
        "value": "",
        "mechanism": {"type": "generic", "handled": bool((error.get("mechanism") or {}).get("handled", True))},
        "stacktrace": {"frames": [{name: frame[name] for name in FRAME_KEPT if name in frame} for frame in frames]},
    }
