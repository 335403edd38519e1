"""Making a backup, and restoring one."""

import datetime
import shutil
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from socle import generation
from socle.backup import media, postgres
from socle.backup.archive import (
    DUMP,
    NAME_FORMAT,
    PARTIAL,
    BackupError,
    Manifest,
    backups,
    described,
    problems,
    read_manifest,
)
from socle.locks import advisory_lock

Report = Callable[[str], None]

LOCK = "backup"


def back_up(folder: Path, *, keep: int, report: Report, now: datetime.datetime | None = None) -> Path:
    """Write a dated backup of database and media into `folder`, then drop the oldest beyond `keep`; return its path.

    Raises `BackupError` with a message for people. A backup that failed leaves nothing that looks like one.
    """
    if keep < 1:
        raise BackupError("Gardez au moins une sauvegarde.")
    name = (now or datetime.datetime.now(datetime.UTC)).strftime(NAME_FORMAT)
    target, partial = folder / name, folder / f"{name}{PARTIAL}"
    with advisory_lock(LOCK) as ours:
        if not ours:
            raise BackupError("Une autre sauvegarde est en cours.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for abandoned in folder.glob(f"*{PARTIAL}"):
                shutil.rmtree(abandoned)
            if target.exists():
                raise BackupError(f"{target} existe déjà.")
            # Accounts and messages are in there: nobody else on the machine reads it.
            partial.mkdir(mode=0o700)
            _write(partial, report)
            partial.rename(target)
        except OSError as error:
            raise BackupError(f"La sauvegarde a échoué : {error.strerror or error} ({error.filename}).") from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        for old in backups(folder)[:-keep]:
            shutil.rmtree(old)
            report(f"Ancienne sauvegarde effacée : {old.name}")
    return target


def _write(folder: Path, report: Report) -> None:
    version = postgres.check_versions()
    with postgres.snapshot() as (connection, snapshot_id):
        tables = postgres.row_counts(connection)
        migrations = postgres.applied_migrations(connection)
        postgres.dump(folder / DUMP, snapshot_id)
    report(f"Base : {len(tables)} tables, {sum(tables.values())} lignes")
    # After the database: a file that the database names may be missing only if it was deleted meanwhile.
    files = media.copy_out(folder)
    report(f"Médias : {len(files)} fichiers, {sum(file.size for file in files)} octets")
    Manifest(
        made_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        versions={
            "application": _application_version(),
            "release": settings.RELEASE,
            "django": django.get_version(),
            "wagtail": wagtail.__version__,
            "postgresql": version,
        },
        migrations=migrations,
        tables=tables,
        files=[described(folder / DUMP, folder), *files],
    ).write(folder)


def _application_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def chosen(folder: Path) -> Path:
    """Return the backup that `folder` is, or the last one that it holds."""
    kept = backups(folder)
    return kept[-1] if kept else folder


def restore(folder: Path, *, report: Report, force: bool = False, other_version: bool = False) -> None:
    """Put database and media back as they were when the backup `folder` was made.

    Nothing is touched before every checksum is verified; the database changes in one transaction. Without `force`, a
    site that holds anything is refused; without `other_version`, a backup that this version of the code cannot read.
    Raises `BackupError` with a message for people.
    """
    check(folder)
    manifest = read_manifest(folder)
    report(f"Sauvegarde du {manifest.made_at} vérifiée : {len(manifest.files)} fichiers intacts")
    unknown = _unknown_migrations(manifest)
    if unknown and not other_version:
        raise BackupError(
            "Cette sauvegarde vient d’une autre version du logiciel "
            f"(migrations inconnues : {', '.join(unknown[:5])}). Installez cette version d’abord."
        )
    if not force and (postgres.has_tables() or next(media.names(), None)):
        raise BackupError("Le site n’est pas vide : sa base et ses médias seraient remplacés. Confirmez avec --force.")
    postgres.check_versions()
    with advisory_lock(LOCK) as ours:
        if not ours:
            raise BackupError("Une sauvegarde est en cours.")
        try:
            _replace(folder, manifest, report)
        except OSError as error:
            raise BackupError(f"La restauration a échoué : {error.strerror or error} ({error.filename}).") from error


def check(folder: Path) -> None:
    """Raise `BackupError` unless every file of the backup is as it was written."""
    if found := problems(folder):
        listed = "\n".join(f"  - {problem}" for problem in found[:20])
        raise BackupError(f"Sauvegarde refusée, rien n’a été touché :\n{listed}")


def _replace(folder: Path, manifest: Manifest, report: Report) -> None:
    files = media.restoration(folder, manifest.files)
    try:
        files.prepare()
        # Connections of this process must not stand in the way.
        connections.close_all()
        postgres.load(folder / DUMP)
    except BaseException:
        files.give_up()
        raise
    report("Base restaurée")
    files.finish()
    report("Médias restaurés")
    _compare(manifest)
    # Whatever the processes kept of the site before is stale. An older backup may lack the tables that say so; they are
    # empty then, once `migrate` has made them.
    with suppress(DatabaseError):
        cache.clear()
    with suppress(DatabaseError):
        generation.increment()


def _compare(manifest: Manifest) -> None:
    with postgres.snapshot() as (connection, _):
        counts = postgres.row_counts(connection)
    different = [
        f"{name} : {counts.get(name)} lignes au lieu de {rows}"
        for name, rows in manifest.tables.items()
        if counts.get(name) != rows
    ]
    if different:
        raise BackupError("La base restaurée diffère de la sauvegarde :\n" + "\n".join(different))


def _unknown_migrations(manifest: Manifest) -> list[str]:
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    replaced = {f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces}
    return [name for name in manifest.migrations if name not in known | replaced]
