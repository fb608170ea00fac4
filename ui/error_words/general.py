"""Errors of no room in particular, and of the settings."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "not_found": (
        N_("No longer available"),
        N_("What you are trying to open was deleted or never existed."),
        N_("Go back to the list and choose again."),
    ),
    "stale": (
        N_("Changed in the meantime"),
        N_("Someone changed this after you opened it. Their change was not overwritten."),
        N_("Check the current state and repeat your change if it is still needed."),
    ),
    "config_invalid": (
        N_("A setting is not valid"),
        N_("The value of “{field}” is not valid."),
        N_("Correct it in Setup or in the .env file."),
    ),
    "config_invalid.empty": (
        N_("The address is missing"),
        N_("Without the provider’s address there is nowhere to send passages."),
        N_("Enter the address or choose another provider."),
    ),
    "config_invalid.address": (
        N_("The address is not valid"),
        N_("“{value}” is not a full web address."),
        N_("Enter it with https:// or http:// at the beginning and without spaces."),
    ),
    "config_invalid.key": (
        N_("The key is not valid"),
        N_("A key consists of Latin letters, digits and signs, without spaces."),
        N_("Copy the whole key from the provider’s page once more."),
    ),
    "config_invalid.name": (
        N_("The name is not valid"),
        N_("“{field}” may contain letters, digits, dots, hyphens and underscores, at most 128 characters."),
        N_("Correct the name and save again."),
    ),
    "env_not_writable": (
        N_("Settings were not saved"),
        N_("The file {path} cannot be written."),
        N_("Make the file writable, or set the values as environment variables."),
    ),
    "config_locked": (
        N_("This setting is locked"),
        N_("“{field}” is set by an environment variable."),
        N_("Change it there and restart Norma."),
    ),
}
