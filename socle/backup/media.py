"""The media of a backup: read from, and put back into, whatever storage holds them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from socle.backup.archive import BLOCK, MEDIA, BackupError, StoredFile, copy_with_checksum

# Both stand inside the media folder, which may be a disk of its own: moving a file there is instant.
INCOMING = ".restauration"
OUTGOING = ".avant-restauration"


def names(storage: Storage | None = None, folder: str = "") -> Iterator[str]:
    """Return every file of a storage, by its name there."""
    storage = storage or default_storage
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if name:
            yield f"{folder}{name}"
    for name in sorted(folders):
        if not (folder == "" and name in {INCOMING, OUTGOING}):
            yield from names(storage, f"{folder}{name}/")


def copy_out(target: Path) -> list[StoredFile]:
    """Copy every file into the `media` folder of a backup; return what the manifest says of them."""
    copied = []
    for name in names():
        path = target / MEDIA / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(name) as source, path.open("wb") as copy:
            size, digest = copy_with_checksum(source.chunks(BLOCK), copy)
        copied.append(StoredFile(f"{MEDIA}/{name}", size, digest))
    return copied


class Restoration:
    """Puts the media of a backup in the place of those that are there: `prepare`, then `finish` or `give_up`."""

    def __init__(self, folder: Path, files: list[StoredFile]) -> None:
        self.sources = {file.path.removeprefix(f"{MEDIA}/"): folder / file.path for file in files}

    def prepare(self) -> None:
        """Do the slow part, while the files in place are still served."""

    def finish(self) -> None:
        """Make the restored files the media of the site."""
        for name, path in self.sources.items():
            if default_storage.exists(name):
                default_storage.delete(name)
            save(default_storage, name, path)
        for name in set(names()) - set(self.sources):
            default_storage.delete(name)

    def give_up(self) -> None:
        """Leave the media as they were."""


class DiskRestoration(Restoration):
    """On a disk, the new files wait beside the old ones, and take their place by renaming."""

    def __init__(self, folder: Path, files: list[StoredFile], root: Path) -> None:
        super().__init__(folder, files)
        self.root, self.incoming, self.outgoing = root, root / INCOMING, root / OUTGOING

    def prepare(self) -> None:
        self.give_up()
        self.incoming.mkdir(parents=True)
        storage = FileSystemStorage(location=self.incoming)
        for name, path in self.sources.items():
            save(storage, name, path)

    def finish(self) -> None:
        shutil.rmtree(self.outgoing, ignore_errors=True)
        self.outgoing.mkdir()
        for path in self.root.iterdir():
            if path.name not in {INCOMING, OUTGOING}:
                path.rename(self.outgoing / path.name)
        for path in self.incoming.iterdir():
            path.rename(self.root / path.name)
        self.incoming.rmdir()
        shutil.rmtree(self.outgoing)

    def give_up(self) -> None:
        shutil.rmtree(self.incoming, ignore_errors=True)


def restoration(folder: Path, files: list[StoredFile]) -> Restoration:
    """Return how the media of a backup come back to the storage of the settings."""
    wanted = [file for file in files if file.path.startswith(f"{MEDIA}/")]
    try:
        root = Path(default_storage.path(""))
    except NotImplementedError:
        return Restoration(folder, wanted)
    return DiskRestoration(folder, wanted, root)


def save(storage: Any, name: str, path: Path) -> None:
    """Store a file under exactly its name."""
    source: IO[bytes]
    with path.open("rb") as source:
        stored = storage.save(name, File(source))
    if stored != name:
        raise BackupError(f"Le fichier {name} a été enregistré sous un autre nom : {stored}.")
