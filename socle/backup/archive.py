"""A backup on disk: a folder with the dump, the media and a manifest of everything in it."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_SUM = "manifest.json.sha256"
DUMP = "base.dump"
MEDIA = "media"
PARTIAL = ".partiel"
NAME_FORMAT = "%Y-%m-%dT%H%M%SZ"
NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")
BLOCK = 1024 * 1024


class BackupError(Exception):
    """A backup cannot be made or restored; the message, in French, says why and what to do."""


@dataclass(frozen=True)
class StoredFile:
    """A file of a backup, by its path inside the folder."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and what made it."""

    made_at: str
    versions: dict[str, str]
    migrations: list[str]
    tables: dict[str, int]
    files: list[StoredFile]
    format: int = field(default=FORMAT)

    def write(self, folder: Path) -> None:
        """Write the manifest and its own checksum, in the format of `sha256sum`."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        (folder / MANIFEST_SUM).write_text(f"{digest}  {MANIFEST}\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a backup. Raises `BackupError` when it is missing, damaged or of another format."""
    try:
        text = (folder / MANIFEST).read_bytes()
        expected = (folder / MANIFEST_SUM).read_text(encoding="utf-8").split()[0]
    except (OSError, IndexError, UnicodeDecodeError) as error:
        raise BackupError(f"{folder} n’est pas une sauvegarde complète : le manifeste manque.") from error
    if hashlib.sha256(text).hexdigest() != expected:
        raise BackupError(f"Le manifeste de {folder} est abîmé : sa somme de contrôle ne correspond pas.")
    data: dict[str, Any] = json.loads(text)
    if data.get("format") != FORMAT:
        raise BackupError(f"Le format {data.get('format')} de cette sauvegarde est inconnu de cette version.")
    return Manifest(**data | {"files": [StoredFile(**row) for row in data["files"]]})


def copy_with_checksum(source: Iterable[bytes], target: BinaryIO) -> tuple[int, str]:
    """Write every block of `source` to `target`; return the size and the SHA-256."""
    digest, size = hashlib.sha256(), 0
    for block in source:
        target.write(block)
        digest.update(block)
        size += len(block)
    return size, digest.hexdigest()


def described(path: Path, folder: Path) -> StoredFile:
    """Return what the manifest says of a file that is already in the backup."""
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    return StoredFile(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def problems(folder: Path) -> list[str]:
    """Compare a backup with its manifest, byte for byte; return what is wrong, in French."""
    try:
        manifest = read_manifest(folder)
    except BackupError as error:
        return [str(error)]
    found = [problem for file in manifest.files if (problem := _problem(folder, file))]
    known = {file.path for file in manifest.files} | {MANIFEST, MANIFEST_SUM}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if DUMP not in known:
        found.append("La base de données manque.")
    return found + [f"{path} : fichier inconnu du manifeste." for path in sorted(present - known)]


def _problem(folder: Path, file: StoredFile) -> str:
    path = PurePosixPath(file.path)
    if path.is_absolute() or ".." in path.parts:
        return f"{file.path} : ce chemin sort de la sauvegarde."
    target = folder / path
    if not target.is_file() or target.is_symlink():
        return f"{file.path} : le fichier manque."
    if target.stat().st_size != file.size:
        return f"{file.path} : {target.stat().st_size} octets au lieu de {file.size}."
    if described(target, folder).sha256 != file.sha256:
        return f"{file.path} : la somme de contrôle ne correspond pas."
    return ""


def backups(folder: Path) -> list[Path]:
    """Return the complete backups kept in `folder`, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name) and (path / MANIFEST).is_file())
