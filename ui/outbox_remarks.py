"""What waits to be sent to W&B, and what cannot be sent any more."""

from services.tracking import outbox
from ui import errors, layout
from ui.i18n import Text


def draw(t: Text, why: str = "") -> None:
    """A line for what waits, with `why` it does, and one for each reason that ended events unsent."""
    if waiting := outbox.pending():
        words = t.n(
            "{count} event is waiting to be sent to W&B.",
            "{count} events are waiting to be sent to W&B.",
            waiting,
        )
        layout.remark("info", words, why or t("Your work is not affected."))
    for code, count in outbox.given_up().items():
        reason = errors.explain_code(t, code)
        words = t.n(
            "{count} event could not be sent to W&B.", "{count} events could not be sent to W&B.", count
        )
        layout.remark("warn", words, f"{reason.text} {reason.next_step}")
