"""What the pages opened by a link in a mail have in common: they are one person's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def montrer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a page whose address opens something: no robot keeps it, and no other site is told of it."""
    response = render(request, template, context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
