"""The history of pages, written for many at once."""

import uuid
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageLogEntry


def noter(pages: Collection[Page], action: str, user: Any, data: dict[str, Any]) -> None:
    """Write one line in the history of each page, as Wagtail's log does for one."""
    now = timezone.now()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page,
            content_type_id=page.content_type_id,
            label=page.get_admin_display_title(),
            action=action,
            user=user,
            data=data,
            # Wagtail shows as one the entries of one uuid.
            uuid=uuid.uuid4(),
            timestamp=now,
        )
        for page in pages
    )
