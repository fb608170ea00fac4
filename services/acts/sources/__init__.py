"""Where texts come from: one module a format, each ending in cleaned text with a name for what it was."""

from services.acts.sources.txt import MAX_BYTES, ReadText, read_txt

__all__ = ["MAX_BYTES", "ReadText", "read_txt"]
