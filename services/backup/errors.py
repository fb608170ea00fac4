"""What can go wrong with a backup or a restore; a failed restore leaves everything as it was."""

from services.errors import AppError


class NotABackupError(AppError):
    """The file is no backup of Norma, or is damaged (`reason`)."""

    code = "not_a_backup"


class BackupNewerError(AppError):
    """The backup was made by a later version of Norma (`revision`)."""

    code = "backup_newer"


class ServerDatabaseError(AppError):
    """The data live in PostgreSQL, which is backed up with its own tools."""

    code = "backup_postgresql"


class BusyError(AppError):
    """Jobs are running (`count`); restoring would cut them off."""

    code = "backup_busy"


class NoSpaceError(AppError):
    """There is not enough room on the disk (`needed`, `free` in bytes)."""

    code = "no_space"
