"""The words to which a word is related, in its language."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from glossaire.models import Relation, TermePage
from glossaire.queries.liste import Entree, entrees
from socle.queries import Reader


@dataclass(frozen=True)
class Relations:
    """Words by how they stand to one, each in the order of the dictionary."""

    voisins: tuple[Entree, ...] = ()
    a_distinguer: tuple[Entree, ...] = ()
    plus_larges: tuple[Entree, ...] = ()
    plus_precis: tuple[Entree, ...] = ()

    @property
    def proches(self) -> tuple[Entree, ...]:
        """The words on the same subject, however they stand to this one."""
        return (*self.plus_larges, *self.plus_precis, *self.voisins)


def relations_de(page: TermePage, user: Reader) -> Relations:
    """Return the words related to a term that `user` may read in its language. At most two queries."""
    found: dict[str, set[UUID]] = {}
    cle = page.translation_key
    rows = Relation.objects.filter(Q(de__cle=cle) | Q(vers__cle=cle)).order_by()
    for genre, de, vers in rows.values_list("genre", "de__cle", "vers__cle"):
        inverse = genre == Relation.Genre.PLUS_LARGE and vers == cle
        found.setdefault("plus_precis" if inverse else genre, set()).add(de if vers == cle else vers)
    if not found:
        return Relations()
    mots = [mot for mot in entrees(page.locale.language_code, user) if mot.pk != page.pk]

    def du_genre(genre: str) -> tuple[Entree, ...]:
        return tuple(mot for mot in mots if mot.concept in found.get(genre, ()))

    return Relations(
        voisins=du_genre(Relation.Genre.ASSOCIE),
        a_distinguer=du_genre(Relation.Genre.A_DISTINGUER),
        plus_larges=du_genre(Relation.Genre.PLUS_LARGE),
        plus_precis=du_genre("plus_precis"),
    )
