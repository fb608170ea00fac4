"""Errors of the database."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "migration_needed": (
        N_("The database must be upgraded"),
        N_("It was created by an earlier version of Norma."),
        N_("Run: {command}"),
    ),
    "database_newer": (
        N_("The database is from a newer version of Norma"),
        N_("A newer version of Norma has already upgraded it."),
        N_("Start the newer version, or restore the copy made before the upgrade."),
    ),
}
