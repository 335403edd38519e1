"""Revisions that stay as they were read.

Wagtail writes the next text of an open editor over its last revision. What somebody was shown to decide on it, or what
the public reads, is never changed in its place: the next text is a revision of its own.
"""

import re
from collections.abc import Callable
from typing import Any

from wagtail.models import Revision

# What a revision says besides its text: where the page is, its other revisions, when it was published.
HORS_DU_TEXTE = frozenset(
    {
        *("pk", "path", "depth", "numchild", "url_path", "translation_key", "owner", "wagtail_admin_comments"),
        *("latest_revision", "latest_revision_created_at", "live_revision", "live", "has_unpublished_changes"),
        *("first_published_at", "last_published_at", "expired", "locked", "locked_at", "locked_by", "draft_title"),
        *("mis_a_jour_le", "revise_le", "relu_le", "titre_tri"),
    }
)
# The editor gives these to paragraphs and blocks that have none.
_CLES = re.compile(r' data-block-key="[a-z0-9]{5}"|"id": "[0-9a-f-]{36}"')

_regles: list[Callable[[Revision], bool]] = []


def figer(regle: Callable[[Revision], bool]) -> None:
    """Add a reason to leave a revision as it is; apps call this when they are ready."""
    _regles.append(regle)


def figee(revision: Revision) -> bool:
    """Tell whether a revision was sent to a review, or is kept for another reason."""
    return revision.task_states.exists() or any(regle(revision) for regle in _regles)


def meme_texte(one: Revision, other: Revision) -> bool:
    """Tell whether two revisions say the same: the editor keeps one as soon as it is open, with nothing typed."""
    return _texte(one) == _texte(other)


def _texte(revision: Revision) -> dict[str, Any]:
    return {
        name: _CLES.sub("", value) if isinstance(value, str) else value
        for name, value in revision.content.items()
        if name not in HORS_DU_TEXTE
    }
