"""Errors of no room in particular, and of the settings."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "not_found": (
        N_("It is no longer here"),
        N_("What you asked for was deleted or never existed."),
        N_("Go back to the list and choose again."),
    ),
    "stale": (
        N_("Changed meanwhile"),
        N_("Somebody changed this after you opened it. Nothing of yours was written over it."),
        N_("Look at the present state and repeat your change if it is still needed."),
    ),
    "config_invalid": (
        N_("A setting cannot be used"),
        N_("The value of {field} is not valid."),
        N_("Correct it in Setup or in the .env file."),
    ),
    "env_not_writable": (
        N_("Settings were not saved"),
        N_("The file {path} cannot be written."),
        N_("Allow writing to it, or set the values in the environment."),
    ),
    "config_locked": (
        N_("This setting is fixed"),
        N_("{field} is set by the environment in which Norma was started."),
        N_("Change it there and start Norma again."),
    ),
}
