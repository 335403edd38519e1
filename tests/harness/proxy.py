"""The web server that stands before the application in production: it serves uploaded images itself."""

import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from plateforme.wsgi import application as site

StartResponse = Callable[..., Any]


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer `/media/images/…` from MEDIA_ROOT and leave the rest to the site."""
    folder = Path(settings.MEDIA_ROOT).resolve()
    path = environ.get("PATH_INFO", "")
    if not path.startswith(f"{settings.MEDIA_URL}images/"):
        return site(environ, start_response)
    file = (folder / path.removeprefix(settings.MEDIA_URL)).resolve()
    if not file.is_file() or folder not in file.parents:
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"not found"]
    body = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
