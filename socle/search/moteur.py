"""The answers to a question: how many, under which filters, and in order of relevance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Left, Length, NullIf
from django.db.models.lookups import GreaterThan
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from socle.facettes import Valeurs
from socle.models import BasePage, DocumentRecherche, EntreeRecherche, Fichier
from socle.queries import Reader, readable_pages
from socle.search.documents import documents_lisibles
from socle.search.index import AUTRES, type_de
from socle.search.langues import configuration
from socle.search.marques import DEBUT, FIN, surligner
from socle.search.masques import masques, parmi
from socle.search.requete import question
from socle.search.termes import Nombres
from socle.search.trouvees import Trouvees, trouver
from socle.sites import url_of

DOCUMENT = "document"
PAGE, FICHIER = 0, 1
# A word that is everywhere says little: this many answers are put in order of relevance, the others follow.
CLASSEES = 300
# Characters in which an excerpt is looked for: first in the beginning of the text.
DEBUT_LU = 1_500
LUS = 20_000


@dataclass(frozen=True)
class Resultat:
    """A page or a document that answers a search; the excerpt is HTML."""

    titre: str
    url: str
    extrait: SafeString
    type: str


def types() -> list[tuple[str, str]]:
    """(value, name) of the kinds of answers."""
    models = {type_de(model): model for model in _page_models(BasePage)}
    named = sorted((str(model.nom_public), value) for value, model in models.items() if value != AUTRES)
    return [*((value, name) for name, value in named), (DOCUMENT, _("Document")), (AUTRES, _("Autre page du site"))]


def _page_models(base: type[BasePage]) -> list[type[BasePage]]:
    below = [model for child in base.__subclasses__() for model in _page_models(child)]
    return below if base._meta.abstract else [base, *below]


class Resultats:
    """The answers in order of relevance, sliced by the pagination."""

    def __init__(self, q: str, language_code: str, user: Reader, valeurs: Valeurs) -> None:
        self._langue = language_code
        self._query = question(q, language_code)
        self._exacte = question(q, language_code, prefixe=False)
        self._valeurs = {facette: tuple(chosen) for facette, chosen in valeurs.items() if chosen}
        self._user = user
        self._masques = masques(language_code)
        self._lisibles = self._masques.lisibles(language_code, user)

    @cached_property
    def _trouvees(self) -> Trouvees:
        return trouver(self._query, self._langue, CLASSEES)

    @cached_property
    def _trouve(self) -> int:
        """The pages that answer, before any filter."""
        return self._masques.de(self._trouvees.pages) & self._lisibles

    @cached_property
    def _documents(self) -> dict[int, Fichier]:
        found = self._trouvees.documents
        return documents_lisibles(found, self._masques, self._lisibles) if found else {}

    def _pages(self) -> int:
        """The pages that answer under every filter."""
        return self._masques.sous_filtres(self._trouve, self._valeurs)

    def _fichiers(self, sans: str = "") -> dict[int, Fichier]:
        """The same of the documents, which have a type and no vocabulary."""
        filters = ((facette, chosen) for facette, chosen in self._valeurs.items() if facette != sans)
        return self._documents if all(nom == "type" and DOCUMENT in chosen for nom, chosen in filters) else {}

    @cached_property
    def _nombre_de_pages(self) -> int:
        return self._pages().bit_count()

    def count(self) -> int:
        return self._nombre_de_pages + len(self._fichiers())

    def __len__(self) -> int:
        return self.count()

    @property
    def nombres(self) -> Nombres:
        """How many answers each value of each facet would give, the other facets kept."""
        result = self._masques.nombres(self._trouve, self._valeurs)
        if fichiers := self._fichiers("type"):
            result["type", DOCUMENT] = len(fichiers)
        return result

    def __getitem__(self, bounds: slice) -> list[Resultat]:
        start, stop = bounds.start or 0, bounds.stop
        candidates = self._candidates()
        fichiers = self._fichiers()
        ranked = len(candidates) + len(fichiers)
        keys = self._classer(candidates, fichiers, slice(start, min(stop, ranked))) if start < ranked else []
        if stop > ranked:
            rest = self._reste(candidates)
            keys += [(PAGE, page) for page in rest[max(start - ranked, 0) : stop - ranked]]
        pages = self._resultats_pages([cle for genre, cle in keys if genre == PAGE])
        found = (_resultat(fichiers[cle]) if genre == FICHIER else pages.get(cle) for genre, cle in keys)
        return [resultat for resultat in found if resultat]

    def _candidates(self) -> list[int]:
        """The pages to rank: all where they are few, else first those whose title answers, then the newest."""
        found = self._trouvees
        pages = self._masques.gardees(chain(found.titres, found.presque, found.pages), self._pages())
        return list(islice(_distinctes(pages), CLASSEES))

    def _reste(self, candidates: list[int]) -> list[int]:
        ranked = set(candidates)
        pages = self._masques.gardees(self._trouvees.pages, self._pages())
        return [page for page in pages if page not in ranked]

    def _classer(self, pages: list[int], fichiers: Iterable[int], bounds: slice) -> list[tuple[int, int]]:
        # Whole words come before beginnings of words.
        rang = SearchRank(F("vecteur"), self._exacte) * 10 + SearchRank(F("vecteur"), self._query)
        ranked = (
            rows.order_by().annotate(genre=Value(genre), cle=F("pk"), rang=rang).values_list("genre", "cle", "rang")
            for genre, rows in (
                (PAGE, EntreeRecherche.objects.filter(pk__in=parmi(pages))),
                (FICHIER, DocumentRecherche.objects.filter(pk__in=parmi(fichiers))),
            )
        )
        rows = next(ranked).union(next(ranked), all=True).order_by("-rang", "genre", "cle")[bounds]
        return [(genre, cle) for genre, cle, _rang in rows]

    def _resultats_pages(self, ids: list[int]) -> dict[int, Resultat]:
        rows = {row.pk: row for row in self._extraits(ids, DEBUT_LU)}
        # The word may be further on; most often it is not, and reading is what an excerpt costs.
        plus_loin = [pk for pk, row in rows.items() if row.suite and DEBUT not in row.extrait]
        if plus_loin:
            rows |= {row.pk: row for row in self._extraits(plus_loin, LUS)}
        return {
            pk: Resultat(
                titre=row.titre,
                url=url_of(row.page),
                extrait=surligner(row.extrait),
                type=str(getattr(row.page.specific_class, "nom_public", "")),
            )
            for pk, row in rows.items()
        }

    def _extraits(self, ids: list[int], caracteres: int) -> QuerySet[Any]:
        """The entries of those pages that may be read, with an excerpt of that many first characters."""
        extrait = SearchHeadline(
            Left(Coalesce(NullIf("texte", Value("")), "resume"), caracteres),
            self._query,
            config=configuration(self._langue),
            start_sel=DEBUT,
            stop_sel=FIN,
            max_words=32,
            min_words=18,
            max_fragments=1,
        )
        # Asked again of these few, whatever this process remembers of who may read what.
        lisibles = readable_pages(self._langue, self._user).filter(pk__in=ids)
        found = EntreeRecherche.objects.filter(page__in=lisibles.values("pk"))
        found = found.annotate(extrait=extrait, suite=GreaterThan(Length("texte"), caracteres))
        return found.select_related("page").only("titre", "page__url_path", "page__content_type")


def _distinctes(pages: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for page in pages:
        if page not in seen:
            seen.add(page)
            yield page


def _resultat(fichier: Fichier) -> Resultat:
    return Resultat(fichier.title, fichier.url, SafeString(), _("Document"))


def chercher(q: str, language_code: str, user: Reader, valeurs: Valeurs | None = None) -> Resultats:
    """Pages of that language that `user` may read, and the documents that they use, that answer `q` under filters.

    `q` is words, "quoted phrases" and -excluded words; the last word may be only begun.
    """
    return Resultats(q, language_code, user, valeurs or {})
