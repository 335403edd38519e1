"""Translators can enter no script either: what they type becomes part of rich text."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringSegment, Translation

from tests.factories import FichePageFactory
from tests.harness.html import StrictClient
from tests.socle.test_translation import english, publish, submit
from tests.surete.corpus import RICH, TEXTS
from tests.surete.harmless import dangers

__all__ = ["english", "publish"]
pytestmark = pytest.mark.django_db

INSIDE = tuple(re.sub("</?p[^>]*>", "", html) for html in RICH)


def test_nothing_that_a_translator_types_can_run(admin_client: StrictClient, english: Any, publish: Any) -> None:
    fiche = FichePageFactory(
        complete=True, publiee=True, objectifs='<p>Voir <a href="https://exemple.org/">ici</a></p>'
    )
    translation: Translation = submit(admin_client, fiche, english)
    segments = list(StringSegment.objects.filter(source=translation.source).select_related("context", "string"))
    shown = 0
    corpus = [*INSIDE, *TEXTS]
    for start in range(0, len(corpus), 5):
        for rank, segment in enumerate(segments):
            if segment.context.path.rpartition(".")[2] == "slug":
                continue
            typed = corpus[(start + rank) % len(corpus)]
            url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
            answer = admin_client.put(
                url, urlencode({"value": typed}), content_type="application/x-www-form-urlencoded"
            )
            assert answer.status_code < 500
        publish(translation)
        page = translation.get_target_instance()
        text = Client().get(page.url).content.decode()
        assert dangers(text) == []
        shown += "pwned()" in text
    assert shown > 3, "nothing that was typed has reached the page"
