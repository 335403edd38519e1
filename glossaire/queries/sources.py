"""The sources that the terms cite."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from glossaire.models import SourceVerifiee, TermePage
from glossaire.sondes import malformee

# What the report says of a source, or of a term that has none; in this order.
PROBLEMES = {
    "cassee": "Ne répond plus",
    "malformee": "Adresse mal écrite",
    "sans_source": "Aucune source",
    "sans_adresse": "Source sans adresse",
    "refus": "Refuse les machines",
    "interdite": "Non vérifiable",
}


@dataclass(frozen=True)
class Citation:
    """A source of a term, as its page says."""

    page_id: int
    terme: str
    titre: str
    adresse: str


@dataclass(frozen=True)
class Probleme:
    """What is wrong with the sources of a term."""

    probleme: str
    citation: Citation
    verifiee: SourceVerifiee | None = None

    @property
    def libelle(self) -> str:
        return PROBLEMES[self.probleme]


def citations(langue: str = settings.LANGUAGE_CODE) -> Iterator[tuple[int, str, list[Citation]]]:
    """Return each public term of a language with its sources. Those of the translations are the same. One query."""
    terms = TermePage.objects.in_language(langue).live().filter(alias_of=None).alphabetiques()
    for pk, titre, sources in terms.values_list("pk", "title", "sources"):
        blocks = (block.get("value") or {} for block in sources.raw_data if block.get("type") == "source")
        yield (
            pk,
            titre,
            [Citation(pk, titre, str(each.get("titre") or ""), str(each.get("url") or "").strip()) for each in blocks],
        )


def adresses_citees() -> set[str]:
    """Return the addresses that may be asked, of the terms of every language."""
    codes = TermePage.objects.live().order_by().values_list("locale__language_code", flat=True).distinct()
    return {
        each.adresse
        for code in codes
        for _pk, _titre, cited in citations(code)
        for each in cited
        if each.adresse and not malformee(each.adresse)
    }


def problemes(langue: str = settings.LANGUAGE_CODE) -> list[Probleme]:
    """Return what is wrong with the sources of the terms of a language, the worst first. Two queries."""
    verified = {each.adresse: each for each in SourceVerifiee.objects.exclude(etat=SourceVerifiee.Etat.REPOND)}
    found: dict[str, list[Probleme]] = defaultdict(list)
    for pk, titre, cited in citations(langue):
        if not cited:
            found["sans_source"].append(Probleme("sans_source", Citation(pk, titre, "", "")))
        for one in cited:
            if probleme := _probleme(one, verified.get(one.adresse)):
                found[probleme].append(Probleme(probleme, one, verified.get(one.adresse)))
    return [one for probleme in PROBLEMES for one in found[probleme]]


def _probleme(one: Citation, verified: SourceVerifiee | None) -> str:
    if not one.adresse:
        return "sans_adresse"
    if malformee(one.adresse):
        return "malformee"
    if verified is None:
        return ""
    return "cassee" if verified.etat in SourceVerifiee.CASSEES else str(verified.etat)
