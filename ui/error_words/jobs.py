"""Errors of background work."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "job_keeps_dying": (
        N_("The work was stopped"),
        N_(
            "It broke off {attempts} times, so it is not started again by itself. What it had stored is kept."
        ),
        N_("Start it again; if it breaks off once more, look into the log."),
    ),
}
