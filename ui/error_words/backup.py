"""Errors of backups."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "not_a_backup": (
        N_("This is not a Norma backup"),
        N_("The file is damaged or was made by another program. Nothing was changed."),
        N_("Choose a backup file made in Setup."),
    ),
    "backup_newer": (
        N_("The backup is from a newer version of Norma"),
        N_("It was created by a newer version of Norma. Nothing was changed."),
        N_("Install the newer version and restore the backup there."),
    ),
    "backup_postgresql": (
        N_("The data is stored in PostgreSQL"),
        N_("Norma copies only its own database file."),
        N_("Back it up with PostgreSQL’s own tools (pg_dump)."),
    ),
    "backup_busy": (
        N_("Work is still running"),
        N_("Restoring now would interrupt it. Jobs running: {count}."),
        N_("Wait until they finish or stop them, then restore."),
    ),
    "no_space": (
        N_("Not enough disk space"),
        N_("The copy would not fit. Nothing was changed."),
        N_("Free some space and try again."),
    ),
}
