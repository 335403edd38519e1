"""Who has which name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from glossaire.noms import Nom, sans_formes

if TYPE_CHECKING:
    from glossaire.models import TermePage


@dataclass(frozen=True)
class Porteur:
    """Another term of the language that has a name already."""

    pk: int
    titre: str
    public: bool


def porteurs(page: "TermePage", noms: Iterable[Nom], *, publics: bool = False) -> list[tuple[Nom, Porteur]]:
    """Return the names that other terms of the language have, with one of them for each.

    Drafts count too, for a term that is not public yet, if they were there before it: a copy that waits for names of
    its own keeps nobody from changing its model. With `publics`, they do not.
    """
    from glossaire.models import NomDeTerme

    par_cle = {nom.cle: nom for nom in sans_formes(noms)}
    rows = NomDeTerme.objects.filter(locale_id=page.locale_id, cle__in=par_cle).exclude(genre="forme")
    # A term that is being copied to another language has the key of its concept, and no row of its own yet.
    rows = rows.exclude(page_id=page.pk).exclude(page__translation_key=page.translation_key)
    if publics or (page.pk and page.live):
        rows = rows.filter(public=True)
    elif page.pk:
        rows = rows.filter(Q(public=True) | Q(page_id__lt=page.pk))
    found = {
        row["cle"]: Porteur(row["page_id"], row["page__title"], row["public"])
        for row in rows.order_by("public", "-page_id").values("cle", "page_id", "page__title", "public")
    }
    return [(par_cle[cle], porteur) for cle, porteur in found.items()]
