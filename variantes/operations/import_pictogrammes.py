"""Pictograms brought from a folder with the credits of each: none enters the site without an author and a licence."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.template.defaultfilters import filesizeformat
from PIL import Image

from socle.licences import Licence
from socle.models import Illustration
from socle.uploads import clean_picture, refusing_damaged_pictures
from variantes.models.pictogrammes import NOM_DE_FONDS_MAX
from variantes.operations.pictogrammes import CHAMPS, Piece, installer, ouvrir_collection, prevoir
from variantes.pictogrammes.banque import Notice
from variantes.pictogrammes.credits import OBLIGATOIRES, Credit, lire_credits
from variantes.queries.pictogrammes import BANQUE

FORMATS = {"PNG": ".png", "WEBP": ".webp"}
# What a folder may hold that somebody meant to import.
IMAGES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
REFUSE = "refusé"
MOT_MAX = 100


class RefusError(Exception):
    """Why a pictogram does not enter the site."""


@dataclass(frozen=True)
class Compte:
    """What became of a line of the credits, or of a file that has none (line 0)."""

    ligne: int
    fichier: str
    etat: str
    raison: str = ""

    @property
    def refuse(self) -> bool:
        return self.etat == REFUSE


def importer(dossier: Path, credits_csv: Path, fonds: str = "", *, dry_run: bool = False) -> list[Compte]:
    """Import the pictures of a folder under the name of their set; say what became of each line.

    A picture enters whole or not at all, whatever becomes of the others. The same import again changes nothing. Raises
    `CreditsError` when the credits cannot be read, `ValueError` when the name of the set cannot be used.
    """
    fonds = fonds.strip() or dossier.resolve().name
    if fonds == BANQUE or len(fonds) > NOM_DE_FONDS_MAX:
        raise ValueError(f"« {fonds[:100]} » ne peut pas être le nom d’un fonds. Choisissez-en un autre.")
    rows = lire_credits(credits_csv.read_bytes())
    files = _fichiers(dossier)
    done = [_importer(row, files, fonds, dry_run) for row in _sans_doublon(rows, files)]
    named = {_nom(row["fichier"]) for row in rows}
    left = [path for name, path in files.items() if name not in named and path.suffix.lower() in IMAGES]
    alone = sorted(path.relative_to(dossier.resolve()).as_posix() for path in left)
    return done + [Compte(0, name, REFUSE, "Aucune ligne des crédits ne parle de ce fichier.") for name in alone]


@dataclass(frozen=True)
class _Ligne:
    """A line and, when another line has taken its file or its drawing, which."""

    credit: Credit
    raison: str = ""


def _sans_doublon(rows: list[Credit], files: dict[str, Path]) -> Iterator[_Ligne]:
    by_name: dict[str, int] = {}
    by_content: dict[str, int] = {}
    for row in rows:
        name = _nom(row["fichier"])
        if name and name in by_name:
            yield _Ligne(row, f"Ce fichier est déjà à la ligne {by_name[name]}.")
            continue
        by_name[name] = row.ligne
        digest = hashlib.sha256(files[name].read_bytes()).hexdigest() if name in files else ""
        if digest and digest in by_content:
            yield _Ligne(row, f"Ce dessin est le même que celui de la ligne {by_content[digest]}.")
            continue
        if digest:
            by_content[digest] = row.ligne
        yield _Ligne(row)


def _importer(line: _Ligne, files: dict[str, Path], fonds: str, dry_run: bool) -> Compte:
    row = line.credit
    if line.raison:
        return Compte(row.ligne, row["fichier"], REFUSE, line.raison)
    try:
        notice = _notice(row)
        piece = _piece(row, notice, files)
        _refuser_copie(piece, fonds)
        if dry_run:
            etat = prevoir(fonds, [piece], retablir=True)[piece.cle]
        else:
            with transaction.atomic():
                etat = installer(fonds, [piece], ouvrir_collection(fonds), retablir=True)[piece.cle]
    except (RefusError, OSError, DatabaseError) as error:
        reason = str(error) if isinstance(error, RefusError) else f"L’enregistrement a échoué : {error}"
        return Compte(row.ligne, row["fichier"], REFUSE, reason)
    return Compte(row.ligne, row["fichier"], etat.value)


def _fichiers(dossier: Path) -> dict[str, Path]:
    """The files of a folder by the name that a line gives them: those it holds, and nothing that a link leads to."""
    root = dossier.resolve()
    found = (path for path in sorted(root.rglob("*")) if path.is_file() and path.resolve().is_relative_to(root))
    return {_nom(path.relative_to(root).as_posix()): path for path in found}


def _nom(fichier: str) -> str:
    """A name as any system writes it: some store accents apart, some take capitals for small letters."""
    return unicodedata.normalize("NFC", fichier.replace("\\", "/")).casefold()


def _notice(row: Credit) -> Notice:
    if missing := [name for name in OBLIGATOIRES if not row[name]]:
        raise RefusError(f"Il manque : {', '.join(missing)}.")
    if row.licence is None:
        known = ", ".join(str(licence.label) for licence in Licence)
        raise RefusError(f"La licence « {row['licence']} » n’est pas connue. Licences connues : {known}.")
    notice = Notice(row["titre"], row["description"], row["auteur"], row["source"], row.licence.value, row.mots)
    for field in Illustration._meta.fields:
        if name := CHAMPS.get(field.name):
            try:
                field.clean(getattr(notice, name), None)
            except ValidationError as error:
                raise RefusError(f"{name.capitalize()} : {' '.join(error.messages)}") from error
    if long := next((word for word in row.mots if len(word) > MOT_MAX), None):
        raise RefusError(f"Le mot-clé « {long[:30]}… » dépasse {MOT_MAX} caractères.")
    return notice


def _piece(row: Credit, notice: Notice, files: dict[str, Path]) -> Piece:
    path = files.get(_nom(row["fichier"]))
    if path is None:
        raise RefusError("Ce fichier n’est pas dans le dossier.")
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if path.stat().st_size > limit:
        raise RefusError(f"Ce fichier est trop gros : {filesizeformat(limit)} au plus.")
    content = path.read_bytes()
    kind = _format(content)
    if kind not in FORMATS:
        raise RefusError(f"Le contenu de ce fichier est de type {kind or 'inconnu'} : il faut une image PNG ou WebP.")
    try:
        cleaned = clean_picture(content)
    except ValidationError as error:
        raise RefusError(" ".join(error.messages)) from error
    name = f"pictogramme-{path.stem[:80]}{FORMATS[kind]}"
    source = hashlib.sha256(content).hexdigest()
    return Piece(_nom(row["fichier"])[:200], name, notice, source, partial(bytes, cleaned))


def _format(content: bytes) -> str:
    try:
        with refusing_damaged_pictures(), Image.open(BytesIO(content)) as image:
            return image.format or ""
    except ValidationError:
        return ""


def _refuser_copie(piece: Piece, fonds: str) -> None:
    """Refuse a drawing that the site has already, under another name."""
    digest = hashlib.sha1(piece.contenu(), usedforsecurity=False).hexdigest()
    same = Illustration.objects.filter(file_hash=digest)
    if other := same.exclude(pictogramme__fonds=fonds, pictogramme__cle=piece.cle).first():
        raise RefusError(f"Ce dessin est déjà dans les images du site, sous le titre « {other.title} ».")
