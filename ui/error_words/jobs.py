"""Errors of background work."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "job_keeps_dying": (
        N_("Work was stopped"),
        N_(
            "It was interrupted {attempts} times without making progress and will not be restarted "
            "automatically. "
            "Everything it has saved is kept."
        ),
        N_("Start it again; if it is interrupted again, check the log."),
    ),
}
