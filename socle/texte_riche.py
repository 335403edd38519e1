"""The editor of rich text in the admin."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from wagtail.admin.rich_text import DraftailRichTextArea


class TexteRicheArea(DraftailRichTextArea):
    """Refuses what its own screen never sends, where Wagtail's would fail: nothing is saved, the answer is 400."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise SuspiciousOperation(f"{name}: not what a rich text editor sends") from error
