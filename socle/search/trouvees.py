"""What answers a question, and how each answer reads, in SQL written for it.

Composed by the ORM, these questions would take longer to write than PostgreSQL takes to answer them. Who may read what
is not said here: the condition comes compiled from the querysets that hold it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models.expressions import RawSQL

from socle.queries import Reader, readable_pages
from socle.search.langues import configuration
from socle.search.marques import DEBUT, FIN
from socle.search.requete import Tsquery

PAGE, FICHIER = 0, 1
# Characters read of a text, where a word of the question is looked for; then before it, and around it, for an excerpt.
# What an excerpt costs is the reading of its text: most often, a short part is enough.
LUS = 20_000
AVANT = 100
AUTOUR = 400
OPTIONS = f"StartSel={DEBUT}, StopSel={FIN}, MaxWords=32, MinWords=18, MaxFragments=1"

# A lexeme as a tsquery writes it.
_LEXEME = re.compile(r"'((?:[^']|'')*)'")

Sql = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Trouvees:
    """Pages, newest first; some of those whose title answers, or has one of the words; documents.

    With the question as PostgreSQL reads it: where its last word may be unfinished, and where it is whole.
    """

    pages: list[int]
    titres: list[int]
    presque: list[int]
    documents: list[int]
    question: str
    exacte: str


@dataclass(frozen=True)
class Ligne:
    """An answer as it is shown. Of a document, nothing but its identifier."""

    genre: int
    pk: int
    titre: str
    url_path: str
    type_id: int
    extrait: str


_TROUVEES = """
SELECT pages, titres, presque, documents, large::text, exacte::text
FROM (SELECT {large} AS large, {exacte} AS exacte) AS questions, LATERAL recherche_trouvees(%s, large, %s)
"""


def trouver(question: Tsquery, exacte: Tsquery, language_code: str, titres: int) -> Trouvees:
    """Ask the indexes, in one query."""
    sql = _TROUVEES.format(large=question.sql, exacte=exacte.sql)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*question.parameters, *exacte.parameters, language_code, titres])
        return Trouvees(*cursor.fetchone())


# Whole words come before beginnings of words; the answers that were not ranked come last, in their order.
_LIGNES = """
WITH classees AS (
  SELECT {page} AS genre, page_id AS cle,
    ts_rank(vecteur, %(exacte)s::tsquery) * 10 + ts_rank(vecteur, %(question)s::tsquery) AS rang
  FROM socle_entreerecherche WHERE page_id = ANY(%(pages)s::integer[])
  UNION ALL
  SELECT {fichier}, document_id,
    ts_rank(vecteur, %(exacte)s::tsquery) * 10 + ts_rank(vecteur, %(question)s::tsquery)
  FROM socle_documentrecherche WHERE document_id = ANY(%(documents)s::integer[])
  ORDER BY rang DESC, genre, cle OFFSET %(debut)s LIMIT %(nombre)s
), choisies AS (
  SELECT genre, cle, 0 AS partie, row_number() OVER (ORDER BY rang DESC, genre, cle) AS place FROM classees
  UNION ALL
  SELECT {page}, cle, 1, place FROM unnest(%(suite)s::integer[]) WITH ORDINALITY AS suite (cle, place)
), entrees AS MATERIALIZED (
  SELECT page_id, titre, vecteur, left(coalesce(nullif(texte, ''), resume), {lus}) AS lu
  FROM socle_entreerecherche WHERE page_id IN (SELECT cle FROM choisies WHERE genre = {page})
), situees AS MATERIALIZED (
  SELECT *, regexp_instr(lu, %(debuts)s, 1, 1, 0, 'i') AS mot FROM entrees
), extraites AS MATERIALIZED (
  SELECT *, ts_headline(
    %(config)s::regconfig,
    regexp_replace(substr(lu, greatest(mot - {avant}, 1), {autour}), {mot_coupe}, ''),
    %(question)s::tsquery,
    {options}
  ) AS autour FROM situees
)
SELECT genre, cle, titre, url_path, content_type_id, CASE
  WHEN strpos(autour, {marque}) > 0 OR NOT ts_filter(vecteur, '{{c}}') @@ %(un_mot)s::tsquery THEN autour
  ELSE ts_headline(%(config)s::regconfig, lu, %(question)s::tsquery, {options})
END
FROM choisies
LEFT JOIN extraites ON genre = {page} AND page_id = cle
LEFT JOIN ({lisibles}) AS lisibles (pk, url_path, content_type_id) ON pk = page_id
WHERE genre = {fichier} OR pk IS NOT NULL
ORDER BY partie, place
"""


def lignes(
    found: Trouvees,
    language_code: str,
    user: Reader,
    pages: Iterable[int],
    documents: Iterable[int],
    bounds: slice,
    suite: Iterable[int],
) -> list[Ligne]:
    """Put `pages` and `documents` in order of relevance, take those within bounds, then the pages of `suite`.

    Whatever a process remembers of who may read what, pages that `user` may not read are left out. One query.
    """
    lisibles, readers = _lisibles(language_code, user)
    named = {f"lisible{rank}": value for rank, value in enumerate(readers)}
    sql = _LIGNES.format(
        page=PAGE,
        fichier=FICHIER,
        lus=LUS,
        avant=AVANT,
        autour=AUTOUR,
        mot_coupe=f"CASE WHEN mot > {AVANT} THEN '^\\S+' ELSE '' END",
        marque=f"'{DEBUT}'",
        options=f"'{OPTIONS}'",
        lisibles=lisibles % tuple(f"%({name})s" for name in named),
    )
    parameters = {
        "question": found.question,
        "exacte": found.exacte,
        "un_mot": found.question.replace(" & ", " | "),
        "debuts": _debuts(found.question),
        "config": configuration(language_code),
        "pages": list(pages),
        "documents": list(documents),
        "debut": bounds.start,
        "nombre": max(bounds.stop - bounds.start, 0),
        "suite": list(suite),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters | named)
        return [Ligne(*row) for row in cursor.fetchall()]


def _debuts(question: str) -> str:
    """Return a regular expression of PostgreSQL: the stems of the question, as most words found begin."""
    lexemes = [lexeme.replace("''", "'") for lexeme in _LEXEME.findall(question)]
    written = ("".join(_ACCENTUEES.get(letter, re.escape(letter)) for letter in lexeme) for lexeme in lexemes)
    return rf"\m({'|'.join(written)})" if lexemes else "$^"


def _accentuees() -> dict[str, str]:
    """Return each letter of a stem, which has no accent, as the ways in which a text may write it."""
    ways: dict[str, str] = {}
    for letter in map(chr, range(0xC0, 0x180)):
        plain = unicodedata.normalize("NFD", letter)[0]
        if plain != letter and letter.islower():
            ways[plain] = ways.get(plain, plain) + letter
    return {plain: f"[{letters}]" for plain, letters in ways.items()}


_ACCENTUEES = _accentuees()


def _lisibles(language_code: str, user: Reader) -> Sql:
    """Return those of the pages chosen that `user` may read, where and what they are, as SQL and its parameters."""
    return _compiled(language_code, user) if user.is_authenticated else _lisibles_par_tous(language_code)


@cache
def _lisibles_par_tous(language_code: str) -> Sql:
    return _compiled(language_code, AnonymousUser())


def _compiled(language_code: str, user: Reader) -> Sql:
    chosen = RawSQL("SELECT cle FROM choisies WHERE genre = %s", [PAGE])
    pages = readable_pages(language_code, user).filter(pk__in=chosen).values("pk", "url_path", "content_type_id")
    sql, parameters = pages.query.sql_with_params()
    return sql, tuple(parameters)
