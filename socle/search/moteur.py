"""The answers to a question: how many, under which filters, and in order of relevance."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.db.models import F, Func, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from socle.facettes import Valeurs
from socle.models import BasePage, DocumentRecherche, EntreeRecherche, Fichier
from socle.queries import Reader, readable_pages
from socle.search.documents import documents_lisibles
from socle.search.index import AUTRES, type_de
from socle.search.langues import configuration
from socle.search.marques import DEBUT, FIN, surligner
from socle.search.requete import question
from socle.search.termes import Nombres, Part, compter, par_valeur, terme
from socle.sites import url_of

DOCUMENT = "document"
TOUT = "*"
TOUTES = 1_000_000
PAGE, FICHIER = 0, 1


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
        self._lisibles = readable_pages(language_code, user)

    def _pages(self, valeurs: Valeurs) -> QuerySet[EntreeRecherche]:
        # With a limit, PostgreSQL reads the index of words first, whatever it guesses of the readable pages.
        matching = EntreeRecherche.objects.filter(vecteur=self._query, langue=self._langue).order_by().values("pk")
        found = EntreeRecherche.objects.filter(pk__in=matching[:TOUTES], page__in=self._lisibles.values("pk"))
        for facette, chosen in valeurs.items():
            found = found.filter(termes__overlap=[terme(facette, valeur) for valeur in chosen])
        return found

    @cached_property
    def _fichiers(self) -> list[int]:
        """Documents that answer, before asking which pages use them: most often none."""
        return list(DocumentRecherche.objects.filter(vecteur=self._query).values_list("pk", flat=True))

    def _documents(self, valeurs: Valeurs) -> Any:
        """A document has a type and no vocabulary."""
        if not self._fichiers:
            return DocumentRecherche.objects.none()
        found = documents_lisibles(self._lisibles).filter(pk__in=self._fichiers)
        return found if all(nom == "type" and DOCUMENT in chosen for nom, chosen in valeurs.items()) else found.none()

    @cached_property
    def _comptes(self) -> dict[tuple[str, str], int]:
        """Number of answers by facet left aside and value. One query: a part for all filters, one for each facet."""
        parts: list[Part] = []
        for sans in ("", *self._valeurs):
            valeurs = {facette: chosen for facette, chosen in self._valeurs.items() if facette != sans}
            termes = Func(F("termes"), Value(TOUT), function="array_append")
            document = Func(
                Value(f"type:{DOCUMENT}"), Value(TOUT), function="ARRAY", template="%(function)s[%(expressions)s]"
            )
            parts += [(sans, self._pages(valeurs), termes), (sans, self._documents(valeurs), document)]
        return compter(parts)

    def count(self) -> int:
        return self._comptes.get(("", TOUT), 0)

    def __len__(self) -> int:
        return self.count()

    @property
    def nombres(self) -> Nombres:
        """How many answers each value of each facet would give, the other facets kept."""
        return par_valeur(self._comptes, self._valeurs)

    def __getitem__(self, bounds: slice) -> list[Resultat]:
        # Whole words come before beginnings of words.
        rang = SearchRank(F("vecteur"), self._exacte) * 10 + SearchRank(F("vecteur"), self._query)
        pages, documents = (
            rows.order_by().annotate(genre=Value(genre), cle=F("pk"), rang=rang).values_list("genre", "cle", "rang")
            for genre, rows in ((PAGE, self._pages(self._valeurs)), (FICHIER, self._documents(self._valeurs)))
        )
        keys = [
            (genre, cle)
            for genre, cle, _rang in pages.union(documents, all=True).order_by("-rang", "genre", "cle")[bounds]
        ]
        found: dict[tuple[int, int], Resultat] = self._resultats_pages([cle for genre, cle in keys if genre == PAGE])
        if files := [cle for genre, cle in keys if genre == FICHIER]:
            found |= {
                (FICHIER, pk): Resultat(fichier.title, fichier.url, SafeString(), _("Document"))
                for pk, fichier in Fichier.objects.in_bulk(files).items()
            }
        return [found[key] for key in keys if key in found]

    def _resultats_pages(self, ids: list[int]) -> dict[tuple[int, int], Resultat]:
        extrait = SearchHeadline(
            Coalesce(NullIf("texte", Value("")), "resume"),
            self._query,
            config=configuration(self._langue),
            start_sel=DEBUT,
            stop_sel=FIN,
            max_words=32,
            min_words=18,
            max_fragments=1,
        )
        rows = EntreeRecherche.objects.filter(pk__in=ids).annotate(extrait=extrait).defer("texte", "vecteur")
        return {
            (PAGE, row.pk): Resultat(
                titre=row.titre,
                url=url_of(row.page),
                extrait=surligner(row.extrait),
                type=str(getattr(row.page.specific_class, "nom_public", "")),
            )
            for row in rows.select_related("page__content_type")
        }


def chercher(q: str, language_code: str, user: Reader, valeurs: Valeurs | None = None) -> Resultats:
    """Pages of that language that `user` may read, and the documents that they use, that answer `q` under filters.

    `q` is words, "quoted phrases" and -excluded words; the last word may be only begun.
    """
    return Resultats(q, language_code, user, valeurs or {})
