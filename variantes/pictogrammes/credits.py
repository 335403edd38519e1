"""The credits of a folder of pictograms, as a spreadsheet writes them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from socle.licences import Licence
from variantes.pictogrammes.mots import normaliser

COLONNES = ("fichier", "titre", "description", "mots-clés", "auteur", "source", "licence")
OBLIGATOIRES = ("fichier", "titre", "auteur", "licence")
_SEPARATEURS = re.compile(r"[,;|\n]")


class CreditsError(ValueError):
    """The file as a whole cannot be read; its message says what to do."""


@dataclass(frozen=True)
class Credit:
    """A line of the file, with its number as a spreadsheet shows it."""

    ligne: int
    valeurs: dict[str, str]

    def __getitem__(self, colonne: str) -> str:
        return self.valeurs.get(colonne, "")

    @property
    def mots(self) -> tuple[str, ...]:
        """Keywords, each once."""
        words = (word.strip() for word in _SEPARATEURS.split(self["mots-clés"]))
        return tuple(dict.fromkeys(word for word in words if word))

    @property
    def licence(self) -> Licence | None:
        """The licence named by its code or as people read it; None when it is not one of ours."""
        wanted = _plain(self["licence"])
        return next((one for one in Licence if wanted in (_plain(one.value), _plain(str(one.label)))), None)


def lire_credits(contenu: bytes) -> list[Credit]:
    """Return the lines of a CSV file in UTF-8, separated by semicolons, commas or tabs.

    Raises `CreditsError` when it is not one, or lacks a column.
    """
    try:
        texte = contenu.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CreditsError(
            "Ce fichier n’est pas en UTF-8 : ses accents seraient abîmés. Dans votre tableur, choisissez "
            "« Enregistrer sous », puis « CSV UTF-8 »."
        ) from error
    if "\x00" in texte:
        raise CreditsError("Ce fichier n’est pas un CSV. Dans votre tableur, enregistrez-le en « CSV UTF-8 ».")
    try:
        return list(_lignes(texte))
    except csv.Error as error:
        raise CreditsError(f"Ce fichier CSV est mal formé : {error}.") from error


def _lignes(texte: str) -> Iterator[Credit]:
    reader = csv.reader(StringIO(texte, newline=""), delimiter=_delimiter(texte), strict=True)
    header = next(reader, [])
    known = {normaliser(name): name for name in COLONNES} | {"mots cles": "mots-clés", "mots": "mots-clés"}
    names = [known.get(normaliser(name).strip().replace("_", "-")) for name in header]
    if missing := [name for name in OBLIGATOIRES if name not in names]:
        raise CreditsError(f"Colonnes absentes : {', '.join(missing)}. Colonnes attendues : {', '.join(COLONNES)}.")
    for row in reader:
        values = {name: value.strip() for name, value in zip(names, row, strict=False) if name}
        if any(values.values()):
            yield Credit(reader.line_num, values)


def _delimiter(texte: str) -> str:
    header = texte.partition("\n")[0]
    return max(";,\t", key=header.count)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", normaliser(name).strip())
