"""Errors of backups."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "not_a_backup": (
        N_("This is not a backup of Norma"),
        N_("The file is damaged or was made by another program. Nothing was changed."),
        N_("Choose a backup file saved from Setup."),
    ),
    "backup_newer": (
        N_("The backup is newer than this Norma"),
        N_("A later version made it. Nothing was changed."),
        N_("Install the later version and restore there."),
    ),
    "backup_postgresql": (
        N_("The data live in PostgreSQL"),
        N_("Norma copies only its own database file."),
        N_("Back up the server with its own tools (pg_dump)."),
    ),
    "backup_busy": (
        N_("Work is still running"),
        N_("Restoring now would cut it off; jobs running: {count}."),
        N_("Wait until they end, or stop them, then restore."),
    ),
    "no_space": (
        N_("Not enough room on the disk"),
        N_("The copy would not fit. Nothing was changed."),
        N_("Free some space and try again."),
    ),
}
