"""Builds `lexique.txt.gz` from Lexique 3.83, wordfreq and simplemma; NOTICE.md says how and under which licence.

    python construire.py Lexique383.txt lexique.txt.gz

It is run by hand, in an environment of its own where wordfreq and simplemma are installed.
"""

import csv
import gzip
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

# Below these numbers of occurrences in a million words, a form is left out: it is rare, and so is what is unknown.
CONNUE_DE_LEXIQUE = 0.3
CONNUE_DU_WEB = 1.0
PART = 0.02

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


def main(source: str, target: str) -> None:
    import simplemma
    from wordfreq import get_frequency_dict

    web: Counter[str] = Counter()
    for form, value in get_frequency_dict("fr", "large").items():
        web[plain(form)] += value * 1e6
    analyses: dict[str, Analyse] = defaultdict(dict)
    lemmas: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, set[str]] = defaultdict(set)
    counted: Counter[str] = Counter()
    with Path(source).open(encoding="cp1252", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            form, lemma = plain(row["1_ortho"]), plain(row["3_lemme"])
            lemmas[form].add(lemma)
            forms[lemma].add(form)
            counted[lemma] = max(counted[lemma], number(row["7_freqlemfilms2"]), number(row["8_freqlemlivres"]))
            use = number(row["9_freqfilms2"]) + number(row["10_freqlivres"])
            for letter in natures(row):
                analyses[form][letter] = max(analyses[form].get(letter, 0), use)
    grouped: Counter[str] = Counter()
    group: dict[str, str] = {}
    for form, value in web.items():
        if form not in lemmas and FORME.fullmatch(form):
            group[form] = simplemma.lemmatize(form, lang="fr")
            grouped[group[form]] += value
    lines = {}
    for form in {*lemmas, *group}:
        if not FORME.fullmatch(form):
            continue
        best = web.get(form, 0.0)
        for lemma in lemmas.get(form, ()):
            best = max(best, counted[lemma], sum(web.get(other, 0.0) for other in forms[lemma]))
        if form in group:
            best = max(best, grouped[group[form]])
        if best < (CONNUE_DE_LEXIQUE if form in lemmas else CONNUE_DU_WEB):
            continue
        found = analyses.get(form, {})
        total = max(found.values(), default=0)
        kept = sorted((letter for letter, use in found.items() if use >= PART * total), key=lambda key: -found[key])
        lines[form] = f"{int(math.log10(best) + 3)}{''.join(kept)}"
    text = "".join(f"{form}\t{code}\n" for form, code in sorted(lines.items()))
    with Path(target).open("wb") as file, gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as zipped:
        zipped.write(text.encode())
    print(len(lines), "forms")


if __name__ == "__main__":
    main(*sys.argv[1:])
