"""Errors of W&B tracking."""

from ui.i18n import N_

WORDS: dict[str, tuple[str, str, str]] = {
    "tracking_failed": (
        N_("Tracking is delayed"),
        N_("Events could not be sent to W&B."),
        N_("Your work is not affected; they will be sent later."),
    ),
    "wandb_key_missing": (
        N_("No W&B key"),
        N_("Without it, runs and traces are kept on this computer."),
        N_("To send them, enter a key in Setup."),
    ),
    "wandb_key_rejected": (
        N_("W&B rejected the key"),
        N_("Runs and traces are kept on this computer."),
        N_("Enter a valid key in Setup; everything stored will then be sent."),
    ),
    "wandb_unreachable": (
        N_("W&B is not responding"),
        N_("Runs and traces are kept on this computer."),
        N_("They will be sent once the connection is back."),
    ),
    "run_records_lost": (
        N_("A run could not be sent to W&B"),
        N_("Its records are no longer on this computer, so there is nothing left to send."),
        N_("Your work is not affected; nothing needs to be done."),
    ),
    "tracking_refused": (
        N_("W&B rejected an event"),
        N_("The server did not accept its contents."),
        N_("Your work is not affected."),
    ),
}
