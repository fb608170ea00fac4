"""What a conversation asks the engine to read: the last user message, and where it stands."""

from collections.abc import Sequence

from engine.errors import invalid
from engine.requests import Message

_SYSTEM = ("system", "developer")


def passage_of(messages: Sequence[Message]) -> str:
    """The text to tag: the last user message, nothing else."""
    for message in reversed(messages):
        if message.role == "user":
            return message.text()
    raise invalid("At least one message must have the role 'user'.", "messages", "missing_user_message")


def context_of(messages: Sequence[Message]) -> str:
    """What is known of the act the passage stands in, empty when nothing is.

    Instructions mean nothing to a tagger. They come first, and the place of the passage after them, so the
    context is the last paragraph of the last system message, without a line that only introduces it (it ends
    with a colon). A system message of a single paragraph is context as a whole.
    """
    for message in reversed(messages):
        if message.role in _SYSTEM:
            paragraph = message.text().replace("\r\n", "\n").strip().rpartition("\n\n")[2]
            first, newline, rest = paragraph.partition("\n")
            return rest if newline and first.rstrip().endswith(":") else paragraph
    return ""
