"""Errors of the database."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "migration_needed": (
        N_("The database must be upgraded"),
        N_("It was made by an earlier version of Norma."),
        N_("Run: {command}"),
    ),
    "database_newer": (
        N_("The database is newer than this Norma"),
        N_("A later version has already changed it."),
        N_("Start the later version, or restore the copy made before the change."),
    ),
}
