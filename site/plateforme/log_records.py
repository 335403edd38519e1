"""Records of production: one JSON object a line, and nothing about a person.

Only fields known here are written, so that an object attached to a record (a request, a form) never reaches a line.
Messages are scrubbed; those of libraries that quote what a visitor sent lose the quotation. An error is told by its
class and its place in the code: its text may hold anything.
"""

import contextvars
import datetime
import functools
import http
import ipaddress
import logging
import re
import traceback
from typing import Any

from pythonjsonlogger.json import JsonFormatter

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")

# What our own records may add: names, numbers and durations, never data.
FIELDS = ("method", "route", "page", "status", "duration_ms")
# Whoever asks for something odd is the cause of these, not our code.
REFUSALS = "django.security"
STATUSES = frozenset(status.value for status in http.HTTPStatus)

# A message longer than this quotes something.
LENGTH = 2000
EMAIL = re.compile(r"[^\s@<>\"'(),;:=/]+@[^\s@<>\"'(),;:/]+\.[^\s@<>\"'(),;:/]+")
CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+(?=@)")
QUERY = re.compile(r"\?[^\s\"'<>]*=[^\s\"'<>]*")
SECRET = re.compile(
    r"(?i)\b(\w*(?:password|passwd|secret|token|api_?key|authorization|cookie|session)\w*)(\s*[=:]\s*)\S+"
)
PHONE = re.compile(r"(?<![\w.-])(?:\+|00)\d{1,3}(?:[ .\-\u00a0\u202f]?\(?\d{1,4}\)?){3,6}(?![\w-])")
FRENCH_PHONE = re.compile(r"(?<![\w.-])0\d(?:[ .\-\u00a0\u202f]?\d{2}){4}(?![\w-])")
RUN = re.compile(r"(?<![\w-])[\w+~-]{20,}(?:\.[\w+~-]+)*")
UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
ADDRESS = re.compile(r"(?<![\w:.])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\w:])")


@functools.lru_cache(maxsize=64)  # the same few messages come back all day
def scrub(text: str) -> str:
    """Return `text` without addresses, telephone numbers, tokens, passwords and query strings."""
    text = CREDENTIALS.sub("[identifiants]", text[:LENGTH])
    text = EMAIL.sub("[adresse]", text)
    text = QUERY.sub("?[requête]", text)
    text = SECRET.sub(r"\1\2[secret]", text)
    text = ADDRESS.sub(_machine, text)
    text = PHONE.sub("[téléphone]", text)
    text = FRENCH_PHONE.sub("[téléphone]", text)
    return RUN.sub(_token, text)


def _token(match: re.Match[str]) -> str:
    """Hide long runs that mix letters and digits; identifiers of tasks (UUID) stay."""
    run = match[0]
    mixed = any(char.isdigit() for char in run) and any(char.isalpha() for char in run)
    return "[jeton]" if mixed and not UUID.fullmatch(run) else run


def _machine(match: re.Match[str]) -> str:
    try:
        address = ipaddress.ip_address(match[0])
    except ValueError:
        return match[0]
    return match[0] if address.is_loopback or address.is_unspecified else "[machine]"


def message(record: logging.LogRecord) -> str:
    """Return what a record says, without what it quotes from a request."""
    if record.name.startswith(REFUSALS):
        # The name says what was refused ("DisallowedHost"); the text says it in the visitor's words.
        return f"Refused: {record.name.rpartition('.')[2]}"
    if record.name == "django.request":
        status = getattr(record, "status_code", None)
        return http.HTTPStatus(status).phrase if status in STATUSES else "Request"
    if record.name.startswith("gunicorn"):
        return scrub(_server_message(record))
    return scrub(record.getMessage())


def _server_message(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    template = record.msg.partition(" from ip=")[0]
    args = record.args if isinstance(record.args, tuple) and template == record.msg else ()
    told = tuple(value if isinstance(value, int | float) else "…" for value in args)
    try:
        return template % told if told else template
    except (TypeError, ValueError):
        return template


def places(error: BaseException | None) -> list[str]:
    """Return the classes of an error and of its causes, each with its places in the code; never their texts."""
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines


def route_of(request: Any) -> str:
    """Return the name of the view that answers `request`: its address may hold what the visitor wrote."""
    match = getattr(request, "resolver_match", None)
    return str(match.view_name or "") if match else ""


class RecordFormatter(JsonFormatter):
    """Writes a record as one line of JSON; what is not listed here does not exist."""

    def __init__(self) -> None:
        super().__init__(json_ensure_ascii=False)

    def format(self, record: logging.LogRecord) -> str:
        return self.serialize_log_record(self.fields(record))

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return what the line says."""
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        found: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message(record),
        }
        if identifier := request_id.get():
            found["request_id"] = identifier
        found |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if route := route_of(getattr(record, "request", None)):
            found["route"] = route
        if record.exc_info and record.exc_info[1] is not None and not record.name.startswith(REFUSALS):
            found["error"] = places(record.exc_info[1])
        return found
