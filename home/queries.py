"""Lists of the home app."""

from dataclasses import dataclass, field

from wagtail.models import Page

from socle.queries import Reader, visible_to
from socle.sites import url_of


@dataclass
class Noeud:
    """A page of the site map and those below it."""

    titre: str
    url: str
    enfants: list["Noeud"] = field(default_factory=list)


def arbre(language_code: str, user: Reader) -> list[Noeud]:
    """Every page of the language that `user` may read, as a tree. One query.

    A page whose parent is hidden hangs from its nearest visible ancestor.
    """
    pages = visible_to(Page.objects.all(), user).filter(locale__language_code=language_code, depth__gt=1)
    racines: list[Noeud] = []
    branche: list[tuple[str, Noeud]] = []
    for page in pages.order_by("path"):
        url = url_of(page)
        if not url:  # outside the site: nobody can reach it
            continue
        noeud = Noeud(page.title, url)
        while branche and not page.path.startswith(branche[-1][0]):
            branche.pop()
        (branche[-1][1].enfants if branche else racines).append(noeud)
        branche.append((page.path, noeud))
    return racines
