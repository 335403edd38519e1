"""Tables of terms as files: CSV and XLSX, read as anyone may have saved them, and the models to fill in.

What cannot be read is refused with a sentence for whoever sent it.
"""

import csv
import logging
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font

from glossaire.tableau import (
    COLONNES,
    OBLIGATOIRES,
    PAR_NOM,
    cle_de_colonne,
    sans_formule,
    sans_protection,
)

logger = logging.getLogger(__name__)

TAILLE = 5 * 1024 * 1024
# What a workbook may become once unpacked, and the files that it may hold.
DEPLIE, ENTREES = 40 * 1024 * 1024, 1_000
LIGNES = 5_000
CELLULE = 32_767
LARGEUR = 60
# Lines without a word, before the reading of a sheet stops.
VIDES = 1_000
SEPARATEURS = (";", ",", "\t")
FEUILLE = "Termes"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class LigneLue:
    """One line of a table: its number as a spreadsheet shows it, and its cells by column."""

    numero: int
    cellules: dict[str, str]
    # What is wrong with the line itself.
    defauts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Valeurs:
    """What a column accepts, by the word to write and what it means."""

    colonne: str
    acceptees: dict[str, str] = field(default_factory=dict)


Rangee = Sequence[Any]


def lire(contenu: bytes) -> list[LigneLue]:
    """Return the lines of a table. Raises `ValidationError` where it is none."""
    if len(contenu) > TAILLE:
        raise ValidationError(f"Ce fichier dépasse {TAILLE // 1024 // 1024} Mo : coupez-le en plusieurs.")
    if not contenu.strip():
        raise ValidationError("Ce fichier est vide.")
    if contenu.startswith(b"PK\x03\x04"):
        rows = _du_classeur(contenu)
    elif contenu.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError("Ce classeur est d’un ancien format (.xls) : enregistrez-le en .xlsx ou en CSV.")
    else:
        rows = _du_texte(contenu)
    return _lignes(rows)


# --- CSV ---


def _du_texte(contenu: bytes) -> Iterator[Rangee]:
    texte = _decoder(contenu)
    if any(unicodedata.category(letter) == "Cc" for letter in set(texte) - set("\t\r\n")):
        raise ValidationError("Ce fichier n’est pas un tableau : il contient des caractères qui ne sont pas du texte.")
    separateur = max(SEPARATEURS, key=lambda each: len(_connues(_premiere(texte, each))))
    return _rangees(texte, separateur)


def _decoder(contenu: bytes) -> str:
    if contenu.startswith((b"\xff\xfe", b"\xfe\xff")):
        codages: tuple[str, ...] = ("utf-16",)
    else:
        # What is right in UTF-8 is almost never anything else; older spreadsheets write the Western code page.
        codages = ("utf-8-sig", "cp1252")
    for codage in codages:
        try:
            return contenu.decode(codage)
        except UnicodeDecodeError:
            continue
    raise ValidationError("Le codage de ce fichier n’est pas reconnu : enregistrez-le en CSV UTF-8, ou en .xlsx.")


def _premiere(texte: str, separateur: str) -> list[str]:
    try:
        return next(csv.reader(StringIO(texte, newline=""), delimiter=separateur), [])
    except csv.Error:
        return []


def _connues(titres: Sequence[Any]) -> set[str]:
    return {cle_de_colonne(str(titre or "")) for titre in titres} & PAR_NOM.keys()


def _rangees(texte: str, separateur: str) -> Iterator[Rangee]:
    reader = csv.reader(StringIO(texte, newline=""), delimiter=separateur)
    numero = 0
    while True:
        numero += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ValidationError(
                f"La ligne {numero} ne se lit pas : un guillemet y manque sans doute, ou une case est bien trop longue."
            ) from error


# --- XLSX ---


def _du_classeur(contenu: bytes) -> Iterator[Rangee]:
    _verifier_archive(contenu)
    try:
        book = load_workbook(BytesIO(contenu), read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        named = [sheet for sheet in sheets if sheet.title == FEUILLE]
        sheet: Any = (named or sheets)[0]
        sheet.reset_dimensions()
        # Read to the end here: what is damaged shows nowhere else.
        rows = list(_des_cases(sheet))
    except ValidationError:
        raise
    except Exception as error:  # whatever openpyxl meets in a damaged workbook
        logger.info("A workbook could not be read: %s", type(error).__name__)
        raise ValidationError(
            "Ce classeur ne se lit pas : ouvrez-le dans votre tableur, puis enregistrez-le de nouveau en .xlsx."
        ) from error
    return iter(rows)


def _des_cases(sheet: Any) -> Iterator[Rangee]:
    empty = filled = 0
    for row in sheet.iter_rows(max_col=LARGEUR):
        values = [_valeur(cell) for cell in row]
        empty = 0 if any(values) else empty + 1
        filled += bool(any(values))
        if empty > VIDES or filled > LIGNES + 2:
            return
        yield values


def _valeur(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return f"={str(getattr(value, 'text', value)).lstrip('=')}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    texte = str(value).replace("_x000D_", "").replace("\r\n", "\n")
    # A text that looks like a formula is none in a workbook: it says what its kind is.
    return sans_formule(texte) if texte.startswith("=") else texte


def _verifier_archive(contenu: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(contenu)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ValidationError("Ce classeur est abîmé : enregistrez-le de nouveau en .xlsx.") from error
    names = {entry.filename.lower() for entry in entries}
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ValidationError("Ce fichier n’est ni un tableau CSV ni un classeur .xlsx.")
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise ValidationError("Ce classeur contient des macros : enregistrez-le en .xlsx, sans macros.")
    if len(entries) > ENTREES or sum(entry.file_size for entry in entries) > DEPLIE:
        raise ValidationError("Ce classeur devient trop gros une fois ouvert : ne gardez que le tableau des mots.")


# --- Lines ---


def _lignes(rows: Iterator[Rangee]) -> list[LigneLue]:
    titres = _titres(next(rows, []))
    found: list[LigneLue] = []
    for numero, row in enumerate(rows, start=2):
        values = ["" if value is None else str(value) for value in row]
        if not any(value.strip() for value in values):
            continue
        if len(found) >= LIGNES:
            raise ValidationError(f"Ce tableau a plus de {LIGNES} lignes : coupez-le en plusieurs fichiers.")
        found.append(_ligne(numero, titres, values))
    if not found:
        raise ValidationError("Ce tableau n’a que des titres de colonnes : il n’y a rien à importer.")
    return found


def _titres(row: Rangee) -> list[str]:
    titres = [str(titre or "").strip() for titre in row]
    while titres and not titres[-1]:
        titres.pop()
    noms = [cle_de_colonne(titre) for titre in titres]
    if not _connues(titres):
        raise ValidationError(
            "La première ligne n’est pas celle des titres de colonnes : identifiant, langue, terme, definition…"
            " Partez du modèle."
        )
    reasons = [
        f"La colonne « {titre[:60] or rang} » n’est pas connue."
        for rang, (titre, nom) in enumerate(zip(titres, noms, strict=True), start=1)
        if nom not in PAR_NOM
    ]
    reasons += [f"La colonne « {nom} » est deux fois dans le tableau." for nom in PAR_NOM if noms.count(nom) > 1]
    reasons += [f"Il manque la colonne « {nom} »." for nom in OBLIGATOIRES if nom not in noms]
    if reasons:
        raise ValidationError(reasons[:20])
    return noms


def _ligne(numero: int, titres: list[str], values: list[str]) -> LigneLue:
    defauts = []
    if any(value.strip() for value in values[len(titres) :]):
        defauts.append(
            "Cette ligne a plus de cases que le tableau n’a de colonnes : un texte contient sans doute le séparateur,"
            " sans guillemets autour."
        )
    cells = {}
    for nom, value in zip(titres, values, strict=False):
        texte = value.strip()
        label = PAR_NOM[nom].libelle
        if texte.startswith("="):
            defauts.append(f"{label} : cette case est une formule. Écrivez-y le texte lui-même.")
        elif any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\t\r\n" for letter in texte):
            defauts.append(f"{label} : cette case contient un caractère qui n’est pas du texte.")
        elif len(texte) > CELLULE:
            defauts.append(f"{label} : cette case est bien trop longue.")
        else:
            cells[nom] = sans_protection(texte)
    return LigneLue(numero, cells, tuple(defauts))


# --- Models to fill in ---


def modele_csv() -> bytes:
    """A table to fill in, with one line as an example."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([colonne.nom for colonne in COLONNES])
    writer.writerow([sans_formule(colonne.exemple) for colonne in COLONNES])
    return file.getvalue().encode("utf-8-sig")


def modele_xlsx(valeurs: list[Valeurs]) -> bytes:
    """The same as a workbook, with a sheet that says what to write in each column and what is accepted."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = FEUILLE
    sheet.append([colonne.nom for colonne in COLONNES])
    sheet.append([sans_formule(colonne.exemple) for colonne in COLONNES])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 24
    sheet.freeze_panes = "B2"
    _feuille(
        book, "Mode d’emploi", ("Colonne", "Ce qu’elle dit", "Comment la remplir"),
        [(colonne.nom, colonne.libelle, colonne.aide) for colonne in COLONNES],
    )  # fmt: skip
    _feuille(
        book, "Valeurs acceptées", ("Colonne", "À écrire", "Ce que cela veut dire"),
        [(each.colonne, word, meaning) for each in valeurs for word, meaning in each.acceptees.items()],
    )  # fmt: skip
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _feuille(book: Workbook, titre: str, tete: Sequence[str], rows: list[tuple[str, str, str]]) -> None:
    sheet = book.create_sheet(titre)
    sheet.append(list(tete))
    for row in rows:
        sheet.append([sans_formule(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in (("A", 18), ("B", 32), ("C", 70)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
