"""The grid "Variantes": each French page, and what there is of it in each language.

Thousands of pages in six languages are counted, filtered and cut in the database; only the rows of one screen are read.
In SQL, which says in one place what the state of a variant is.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.utils import timezone
from wagtail.models import Locale, get_default_page_content_type
from wagtail.permissions import page_permission_policy

from redaction.queries.bureau import ecrit, relit
from variantes.queries.grille_sql import (
    AVANCEMENT,
    AVANCEMENT_DES_CHOISIES,
    AYANT,
    CELLULES,
    CHOISIES,
    CHOISIR,
    COMPTER,
    DETAILS,
    LIGNES,
    MIENNES,
    VISIBLE,
)


class Etat(models.TextChoices):
    """What there is of a French page in one language: what is to be done about it first."""

    MANQUANTE = "manquante", "À créer"
    RETARD = "retard", "Le français a changé"
    INCOMPLETE = "incomplete", "À compléter"
    BROUILLON = "brouillon", "Brouillon"
    RELECTURE = "relecture", "En relecture"
    A_JOUR = "a_jour", "À jour"
    ALIAS = "alias", "Répète le français"
    SANS_SOURCE = "sans_source", "Sans page en français"
    ATTENTE = "attente", "Attend le français"


ICONES = {
    Etat.MANQUANTE: "plus",
    Etat.RETARD: "warning",
    Etat.INCOMPLETE: "edit",
    Etat.BROUILLON: "draft",
    Etat.RELECTURE: "clipboard-list",
    Etat.A_JOUR: "check",
    Etat.ALIAS: "link",
    Etat.SANS_SOURCE: "help",
    Etat.ATTENTE: "time",
}


class Source(models.TextChoices):
    """Where the French page itself is."""

    PUBLIQUE = "publique", "Publiques"
    NON_PUBLIQUE = "non_publique", "Non publiées"
    ABSENTE = "absente", "Sans page en français"


@dataclass(frozen=True)
class Filtres:
    """What a person looks for in the grid; empty values look for everything."""

    q: str = ""
    genre: int | None = None
    langue: str = ""
    etat: str = ""
    retard: int | None = None
    source: str = ""
    miennes: bool = False
    tri: str = ""

    @property
    def de_cellule(self) -> bool:
        """Whether rows are chosen by what there is of them in the languages shown."""
        return bool(self.etat or self.retard is not None or self.miennes)


@dataclass(frozen=True)
class Cellule:
    """A page in one language; of what does not exist, only the state is known."""

    locale: Locale
    # Nothing is expected in the languages of a text that has no French page.
    etat: Etat | None
    depuis: datetime.datetime | None = None
    page_id: int | None = None
    titre: str = ""
    path: str = ""
    publique: bool = False
    en_retard: bool = False
    brouillon_ancien: bool = False
    numero: int = 0
    majeure_le: datetime.datetime | None = None
    synchronisee: bool = False
    chaines: int = 0
    manquantes: int = 0
    modifications_demandees: bool = False
    brouillon_en_cours: bool = False
    modifiee_par: int | None = None
    proprietaire: int | None = None
    verifiee_le: datetime.datetime | None = None
    qui: str = ""

    @property
    def icone(self) -> str:
        return ICONES[self.etat] if self.etat else ""

    @property
    def jours(self) -> int | None:
        return (timezone.now() - self.depuis).days if self.depuis else None

    @property
    def details(self) -> list[str]:
        """What else is true of the variant, besides its state."""
        found = []
        if self.en_retard and self.etat != Etat.RETARD:
            found.append("le texte public est plus ancien que le français")
        elif self.brouillon_ancien and self.etat != Etat.RETARD:
            found.append("écrite d’après un français plus ancien")
        if self.manquantes:
            one = self.manquantes == 1
            found.append(f"{self.manquantes} chaîne{'' if one else 's'} à traduire sur {self.chaines}")
        if self.brouillon_en_cours and self.etat != Etat.RELECTURE:
            found.append("nouveau brouillon en cours")
        if self.modifications_demandees:
            found.append("modifications demandées")
        if self.verifiee_le and self.etat == Etat.A_JOUR:
            found.append("vérifiée, toujours valable")
        return found


@dataclass(frozen=True)
class Ligne:
    """A French page, or the first variant of one that does not exist."""

    page_id: int
    titre: str
    path: str
    genre: str
    publique: bool
    restreinte: bool
    sans_source: bool
    cellules: tuple[Cellule, ...] = ()

    @property
    def remarque(self) -> str:
        """What to know of the French page itself."""
        if self.sans_source:
            return "Pas de page en français"
        if not self.publique:
            return "Non publiée"
        return "Accès restreint" if self.restreinte else ""


@dataclass
class Resume:
    """How many variants are in each state, in each language."""

    locales: list[Locale]
    nombres: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def lignes(self) -> list[tuple[Etat, list[tuple[Locale, int]]]]:
        rows = [(etat, [(one, self.nombres.get((etat.value, one.pk), 0)) for one in self.locales]) for etat in Etat]
        return [(etat, numbers) for etat, numbers in rows if any(number for _locale, number in numbers)]


def peut_voir(user: Any) -> bool:
    """Tell whether a person writes pages, or reviews them, in some language."""
    return bool(user.is_active and (ecrit(user) or relit(user)))


def branches(user: Any) -> list[str]:
    """Return the paths of the branches where a person has any right."""
    if user.is_superuser:
        return [""]
    rights = page_permission_policy.get_cached_permissions_for_user(user)
    return sorted({right.page.path for right in rights})


def langues_ecrites(user: Any) -> set[int] | None:
    """Return the languages in which a person may change pages; None is all of them."""
    if user.is_superuser:
        return None
    rights = page_permission_policy.get_cached_permissions_for_user(user)
    return {right.page.locale_id for right in rights if right.permission.codename == "change_page"}


class Grille:
    """What a person sees of the grid, through filters. Each question costs as many queries whatever the number."""

    def __init__(self, user: Any, filtres: Filtres | None = None) -> None:
        self.user = user
        self.filtres = filtres or Filtres()
        known = {locale.language_code: locale for locale in Locale.objects.all()}
        self.source = known.get(settings.LANGUAGE_CODE)
        codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE and code in known]
        self.toutes = [known[code] for code in codes]
        wanted = self.filtres.langue
        self.locales = [locale for locale in self.toutes if not wanted or locale.language_code == wanted]
        self._values = self._parameters()

    def _parameters(self) -> dict[str, Any]:
        filtres, mine = self.filtres, branches(self.user)
        text = filtres.q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return {
            "fr": self.source.pk if self.source else 0,
            "locales": [locale.pk for locale in self.locales],
            "user": self.user.pk,
            "branches": [f"{path}%" for path in mine],
            "q": f"%{text}%",
            "genre": filtres.genre,
            "etat": filtres.etat,
            "avant": timezone.now() - datetime.timedelta(days=filtres.retard or 0),
            "pages": get_default_page_content_type().pk,
        }

    @property
    def _lignes(self) -> str:
        """The rows that the person may see and looks for, for the questions that follow."""
        filtres, wanted = self.filtres, []
        if "" not in branches(self.user):
            wanted.append(VISIBLE)
        if filtres.q:
            wanted.append("p.draft_title ILIKE %(q)s")
        if filtres.genre:
            wanted.append("p.content_type_id = %(genre)s")
        only = {
            Source.PUBLIQUE: "p.live AND p.locale_id = %(fr)s",
            Source.NON_PUBLIQUE: "NOT p.live AND p.locale_id = %(fr)s",
            Source.ABSENTE: "p.locale_id <> %(fr)s",
        }
        if filtres.source:
            wanted.append(only[Source(filtres.source)])
        return LIGNES.format(conditions="".join(f" AND ({one})" for one in wanted))

    @property
    def _cellules(self) -> str:
        return f"WITH {self._lignes}, {AVANCEMENT}, {CELLULES}"

    @property
    def _choisies(self) -> str:
        """The condition on rows that depends on what there is of them."""
        filtres, wanted = self.filtres, []
        if filtres.etat:
            wanted.append("etat = %(etat)s")
        if filtres.retard is not None:
            wanted.append("en_retard AND majeure_le <= %(avant)s")
        if filtres.miennes:
            wanted.append(MIENNES)
        return AYANT.format(conditions=" AND ".join(f"({one})" for one in wanted)) if wanted else "true"

    def resume(self) -> tuple[Resume, list[int]]:
        """Count the variants by state and language; return with it the rows that are looked for, in their order.

        The counts are those of all the rows, whatever the state that is looked for.
        """
        sql = f"{self._cellules} {COMPTER} UNION ALL {self._choisir()}"
        counted = Resume(self.locales)
        rows = []
        for ligne, etat, locale, number in self._rows(sql):
            if ligne is None:
                counted.nombres[etat, locale] = number
            else:
                rows.append((number, ligne))
        return counted, [ligne for _rank, ligne in sorted(rows)]

    def numeros(self) -> list[int]:
        """Return the rows that are looked for, in their order, by the id of their page."""
        known = self._cellules if self.filtres.de_cellule else f"WITH {self._lignes}"
        return [ligne for ligne, *_rest in sorted(self._rows(f"{known} {self._choisir()}"), key=lambda row: row[3])]

    def _choisir(self) -> str:
        order = "path" if self.filtres.tri == "arbre" else "lower(unaccent(titre)), path"
        return CHOISIR.format(order=order, conditions=self._choisies)

    def lignes(self, pks: Sequence[int]) -> list[Ligne]:
        """Describe these rows, in this order."""
        values = {"choisies": list(pks)}
        sql = f"WITH {CHOISIES}, {AVANCEMENT_DES_CHOISIES}, {CELLULES} {DETAILS}"
        by_row: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in self._dicts(sql, values):
            by_row[row["ligne"]].append(row)
        names = _noms({row["qui_id"] for rows in by_row.values() for row in rows})
        return [self._ligne(by_row[pk], names) for pk in pks if pk in by_row]

    def par_lots(self, size: int = 500) -> Iterator[Ligne]:
        """Describe every row, a few hundred at a time."""
        pks = self.numeros()
        for start in range(0, len(pks), size):
            yield from self.lignes(pks[start : start + size])

    def retenue(self, cellule: Cellule) -> bool:
        """Tell whether the filters look for this cell, in a row that has one of them."""
        filtres, mine = self.filtres, (cellule.proprietaire, cellule.modifiee_par)
        return (
            (not filtres.etat or cellule.etat == filtres.etat)
            and (
                filtres.retard is None
                or (cellule.en_retard and bool(cellule.majeure_le and cellule.majeure_le <= self._values["avant"]))
            )
            and (not filtres.miennes or self.user.pk in mine)
        )

    def _ligne(self, cells: list[dict[str, Any]], names: dict[int, str]) -> Ligne:
        first = cells[0]
        by_locale = {row["locale_id"]: row for row in cells}
        return Ligne(
            page_id=first["ligne"],
            titre=first["ligne_titre"],
            path=first["ligne_path"],
            genre=_genre(first["content_type_id"]),
            publique=first["ligne_publique"],
            restreinte=first["restreinte"],
            sans_source=first["sans_source"],
            cellules=tuple(_cellule(locale, by_locale[locale.pk], names) for locale in self.locales),
        )

    def _rows(self, sql: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self._values, **(values or {})})
            return list(cursor.fetchall())

    def _dicts(self, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self._values, **values})
            columns = [column[0] for column in cursor.description]
            return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


_CHAMPS = (
    "depuis",
    "page_id",
    "titre",
    "path",
    "publique",
    "en_retard",
    "brouillon_ancien",
    "numero",
    "majeure_le",
    "synchronisee",
    "chaines",
    "manquantes",
    "modifications_demandees",
    "brouillon_en_cours",
    "modifiee_par",
    "proprietaire",
    "verifiee_le",
)


def _cellule(locale: Locale, row: dict[str, Any], names: dict[int, str]) -> Cellule:
    if row["etat"] is None:
        return Cellule(locale, None)
    found = Cellule(locale, Etat(row["etat"]), **{name: row[name] for name in _CHAMPS})
    return replace(found, qui=row["verifiee_par_nom"] or names.get(row["qui_id"], ""))


def _noms(pks: set[int | None]) -> dict[int, str]:
    people = get_user_model()._default_manager.in_bulk([pk for pk in pks if pk])
    return {pk: str(person) for pk, person in people.items()}


def _genre(content_type_id: int) -> str:
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_id(content_type_id).model_class()
    return str(kind._meta.verbose_name) if kind else ""
