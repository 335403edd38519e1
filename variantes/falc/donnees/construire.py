"""Builds `lexique.txt.gz` from Lexique 3.83, wordfreq and simplemma; NOTICE.md says how and under which licence.

    python construire.py Lexique383.txt lexique.txt.gz

It is run by hand, in an environment of its own where wordfreq and simplemma are installed.
"""

import csv
import gzip
import math
import re
import string
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

# Below these numbers of occurrences in a million words, a form is left out: it is rare, and so is what is unknown.
CONNUE_DE_LEXIQUE = 0.3
CONNUE_DU_WEB = 1.0
PART = 0.02
# Four ranks for each power of ten, from one in a thousand million.
RANGS = string.digits + string.ascii_uppercase

NATURES = {"NOM": "N", "ADJ": "A", "ADV": "D", "PRE": "P", "CON": "C", "ONO": "O", "LIA": "O"}
MODES = {"ind": "V", "imp": "M", "sub": "S", "cnd": "K", "inf": "I", "par:pas": "Q", "par:pre": "G"}
FORME = re.compile(r"[a-zàâäçéèêëîïôöùûüÿœæ]+(?:['-][a-zàâäçéèêëîïôöùûüÿœæ]+)*")

Analyse = dict[str, float]


def number(value: str | None) -> float:
    return float((value or "0").replace(",", "."))


def plain(form: str) -> str:
    return form.replace("œ", "oe").replace("æ", "ae")


def natures(row: dict[str, str]) -> Iterator[str]:
    """Return the letters of what a row of Lexique says a form may be."""
    tag = row["4_cgram"]
    if tag in ("VER", "AUX"):
        for mood in row["11_infover"].strip('"').split(";"):
            key = mood[:7] if mood.startswith("par") else mood[:3]
            if key in MODES:
                yield MODES[key]
    elif tag.startswith(("ART", "ADJ:")):
        yield "T"
    elif tag.startswith("PRO"):
        yield "R"
    else:
        yield NATURES.get(tag[:3], "O")


class Lexique:
    """What Lexique says of each form."""

    def __init__(self, source: str) -> None:
        self.analyses: dict[str, Analyse] = defaultdict(dict)
        self.lemmas: dict[str, set[str]] = defaultdict(set)
        self.forms: dict[str, set[str]] = defaultdict(set)
        self.counted: dict[str, float] = defaultdict(float)
        with Path(source).open(encoding="cp1252", newline="") as rows:
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                self.add(row)

    def add(self, row: dict[str, str]) -> None:
        form, lemma = plain(row["1_ortho"]), plain(row["3_lemme"])
        self.lemmas[form].add(lemma)
        self.forms[lemma].add(form)
        best = max(number(row["7_freqlemfilms2"]), number(row["8_freqlemlivres"]))
        self.counted[lemma] = max(self.counted[lemma], best)
        use = number(row["9_freqfilms2"]) + number(row["10_freqlivres"])
        for letter in natures(row):
            self.analyses[form][letter] = max(self.analyses[form].get(letter, 0), use)

    def frequency(self, form: str, web: dict[str, float]) -> float:
        """Return how often the commonest word that has this form is used, in a million."""
        sums = (
            max(self.counted[lemma], sum(web[other] for other in self.forms[lemma]))
            for lemma in self.lemmas.get(form, ())
        )
        return max(web[form], *sums, 0.0)

    def letters(self, form: str) -> str:
        found = self.analyses.get(form, {})
        total = max(found.values(), default=0)
        return "".join(
            sorted((letter for letter, use in found.items() if use >= PART * total), key=lambda key: -found[key])
        )


def main(source: str, target: str) -> None:
    import simplemma
    from wordfreq import get_frequency_dict

    lexique = Lexique(source)
    web: dict[str, float] = defaultdict(float)
    for form, value in get_frequency_dict("fr", "large").items():
        web[plain(form)] += value * 1e6
    group = {
        form: simplemma.lemmatize(form, lang="fr")
        for form in web
        if form not in lexique.lemmas and FORME.fullmatch(form)
    }
    grouped: dict[str, float] = defaultdict(float)
    for form, lemma in group.items():
        grouped[lemma] += web[form]
    lines = {}
    for form in filter(FORME.fullmatch, {*lexique.lemmas, *group}):
        best = max(lexique.frequency(form, web), grouped[group[form]] if form in group else 0)
        if best >= (CONNUE_DE_LEXIQUE if form in lexique.lemmas else CONNUE_DU_WEB):
            lines[form] = f"{RANGS[int((math.log10(best) + 3) * 4)]}{lexique.letters(form)}"
    text = "".join(f"{form}\t{code}\n" for form, code in sorted(lines.items()))
    with Path(target).open("wb") as file, gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as zipped:
        zipped.write(text.encode())
    sys.stdout.write(f"{len(lines)} forms\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
