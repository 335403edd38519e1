"""Pages of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator


@dataclass(frozen=True)
class LienPage:
    """A number of the pagination, or a gap between two of them."""

    numero: int = 0
    url: str = ""
    courante: bool = False
    ellipse: bool = False


@dataclass(frozen=True)
class Pagination:
    """One page of a list and the way to the others."""

    objets: Any
    total: int
    nombre_de_pages: int
    pages: tuple[LienPage, ...]
    precedente: str
    suivante: str
    hors_limites: bool


class _Paginator(Paginator[Any]):
    def __init__(self, objets: Any, par_page: int, total: int | None) -> None:
        super().__init__(objets, par_page)
        if total is not None:
            self.__dict__["count"] = total


def paginate(
    objets: Any, numero: int, par_page: int, url: Callable[[int], str], total: int | None = None
) -> Pagination:
    """Return page `numero` of `objets`; a number beyond the end gives the last page and says so.

    `total` is their number, where it is known already.
    """
    paginator = _Paginator(objets, par_page, total)
    page = paginator.get_page(numero)
    elided = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return Pagination(
        objets=page.object_list,
        total=paginator.count,
        nombre_de_pages=paginator.num_pages,
        pages=tuple(
            LienPage(number, url(number), courante=number == page.number)
            if isinstance(number, int)
            else LienPage(ellipse=True)
            for number in elided
        ),
        precedente=url(page.previous_page_number()) if page.has_previous() else "",
        suivante=url(page.next_page_number()) if page.has_next() else "",
        hors_limites=numero > paginator.num_pages,
    )
