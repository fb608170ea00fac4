"""Where texts come from: one module a format, each ending in cleaned text with a name for what it was."""

from services.acts.sources.document import Document
from services.acts.sources.encodings import ENCODINGS
from services.acts.sources.isolation import Reader
from services.acts.sources.kinds import ENDINGS, kind_of
from services.acts.sources.limits import MAX_BYTES
from services.acts.sources.tables import Columns
from services.acts.sources.txt import ReadText, read_txt

__all__ = [
    "ENCODINGS",
    "ENDINGS",
    "MAX_BYTES",
    "Columns",
    "Document",
    "ReadText",
    "Reader",
    "kind_of",
    "read_txt",
]
