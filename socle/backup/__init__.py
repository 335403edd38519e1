"""Backups of the database and the media, and their restoration (docs/decisions/0012)."""

from socle.backup.archive import BackupError, backups, problems
from socle.backup.operations import back_up, restore

__all__ = ["BackupError", "back_up", "backups", "problems", "restore"]
