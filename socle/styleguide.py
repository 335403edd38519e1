"""The components of the theme, one story each. Development only."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from socle.facettes import Facette, Option
from socle.models import Illustration


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with the examples of `templates/styleguide/exemples.json`."""
    examples = settings.BASE_DIR / "templates" / "styleguide" / "exemples.json"
    context: dict[str, Any] = json.loads(examples.read_text()) if examples.exists() else {}
    context["facettes"] = [_facette(**facette) for facette in context.get("facettes", ())]
    return render(
        request, "styleguide/index.html", {**context, "image": Illustration.objects.order_by("-width").first()}
    )


def _facette(options: list[dict[str, Any]], **fields: Any) -> Facette:
    return Facette(options=tuple(Option(**option) for option in options), nom=fields["nom"], titre=fields["titre"])
