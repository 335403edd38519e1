"""What answers a question, whoever asks: who may read it, and under which filters, is for the caller."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.sql import Query


@dataclass(frozen=True)
class Trouvees:
    """Pages, newest first; some of those whose title answers, or has one of the words; documents."""

    pages: list[int]
    titres: list[int]
    presque: list[int]
    documents: list[int]


def trouver(question: Any, language_code: str, titres: int) -> Trouvees:
    """Ask the indexes, in one query."""
    query = Query(None)
    sql, parameters = query.get_compiler(connection=connection).compile(question.resolve_expression(query))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pages, titres, presque, documents FROM recherche_trouvees(%s, {sql}, %s)",  # noqa: S608 -- Django's
            [language_code, *parameters, titres],
        )
        return Trouvees(*cursor.fetchone())
