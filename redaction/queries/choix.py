"""Questions about what choosers offer."""

from typing import Any

from django.db.models import Q

from redaction.queries.fraicheur import confirmables


def a_proposer(user: Any) -> Q:
    """Return the pages that a person may link to: public ones, her own, and those that she may change.

    A link to a page that is not public is read as plain text: drafts of others are of no use in a chooser.
    """
    return Q(live=True) | Q(owner_id=user.pk) | confirmables(user)
