"""The answers to a question: how many, under which filters, and in order of relevance."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from socle.facettes import Valeurs
from socle.models import BasePage, Fichier
from socle.queries import Reader
from socle.search.documents import documents_lisibles
from socle.search.index import AUTRES, type_de
from socle.search.marques import surligner
from socle.search.masques import masques
from socle.search.requete import question
from socle.search.termes import Nombres
from socle.search.trouvees import FICHIER, Ligne, Trouvees, lignes, trouver
from socle.sites import url_of

DOCUMENT = "document"
# A word that is everywhere says little: this many answers are put in order of relevance, the others follow.
CLASSEES = 300


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
        self._q = q
        self._valeurs = {facette: tuple(chosen) for facette, chosen in valeurs.items() if chosen}
        self._user = user
        self._masques = masques(language_code)
        self._lisibles = self._masques.lisibles(language_code, user)

    @cached_property
    def _trouvees(self) -> Trouvees:
        large, exacte = question(self._q, self._langue), question(self._q, self._langue, prefixe=False)
        return trouver(large, exacte, self._langue, CLASSEES)

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
        suite = self._reste(candidates)[max(start - ranked, 0) : stop - ranked] if stop > ranked else []
        within = slice(min(start, ranked), min(stop, ranked))
        rows = lignes(self._trouvees, self._langue, self._user, candidates, fichiers, within, suite)
        return [_resultat(fichiers[row.pk]) if row.genre == FICHIER else _resultat_page(row) for row in rows]

    def _candidates(self) -> list[int]:
        """The pages to rank: all where they are few, else first those whose title answers, then the newest."""
        found = self._trouvees
        pages = self._masques.gardees(chain(found.titres, found.presque, found.pages), self._pages())
        return list(islice(_distinctes(pages), CLASSEES))

    def _reste(self, candidates: list[int]) -> list[int]:
        ranked = set(candidates)
        pages = self._masques.gardees(self._trouvees.pages, self._pages())
        return [page for page in pages if page not in ranked]


def _distinctes(pages: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for page in pages:
        if page not in seen:
            seen.add(page)
            yield page


def _resultat_page(row: Ligne) -> Resultat:
    page = Page.from_db(None, ("id", "content_type_id", "url_path"), (row.pk, row.type_id, row.url_path))
    return Resultat(
        titre=row.titre,
        url=url_of(page),
        extrait=surligner(row.extrait),
        type=str(getattr(page.specific_class, "nom_public", "")),
    )


def _resultat(fichier: Fichier) -> Resultat:
    return Resultat(fichier.title, fichier.url, SafeString(), _("Document"))


def chercher(q: str, language_code: str, user: Reader, valeurs: Valeurs | None = None) -> Resultats:
    """Pages of that language that `user` may read, and the documents that they use, that answer `q` under filters.

    `q` is words, "quoted phrases" and -excluded words; the last word may be only begun.
    """
    return Resultats(q, language_code, user, valeurs or {})
