"""What the public texts of a language say: the acronyms that they use, the terms of the glossary that they meet.

Read from the index of the search, once for each state of the content in each process: a thousand pages take a second.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from glossaire.lexique import lexique
from glossaire.sigles import sigles
from socle.memo import per_generation
from socle.models import EntreeRecherche
from socle.queries import readable_pages

# Texts held at a time.
LOT = 1000


@dataclass
class Rencontres:
    """What is met, and on which pages."""

    pages: int = 0
    # How many times each acronym is written on each page.
    sigles: dict[str, dict[int, int]] = field(default_factory=dict)
    # On how many pages each term is met, its own page left out.
    termes: Counter[int] = field(default_factory=Counter)


@per_generation
def rencontres(langue: str) -> Rencontres:
    """Return what the texts that anyone may read in a language say."""
    found = Rencontres()
    reperage = lexique(langue).reperage
    for page_id, texte in _textes(langue):
        found.pages += 1
        for sigle, number in sigles(texte).items():
            found.sigles.setdefault(sigle, {})[page_id] = number
        found.termes.update({one.terme for one in reperage.reperer(texte)} - {page_id})
    return found


def _textes(langue: str) -> Iterator[tuple[int, str]]:
    public = readable_pages(langue, AnonymousUser())
    rows = EntreeRecherche.objects.filter(langue=langue, page__in=public.values("pk")).order_by("pk")
    fields = rows.values_list("page_id", "titre", "resume", "texte")
    last = 0
    while lot := list(fields.filter(pk__gt=last)[:LOT]):
        for page_id, titre, resume, texte in lot:
            yield page_id, f"{titre}\n{resume}\n{texte}"
        last = lot[-1][0]
        if len(lot) < LOT:
            return
