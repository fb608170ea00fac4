"""The eleven kinds of legal element: as data, as a JSON schema, and as read from a model's reply.

Everything that must know the types reads them from here: the prompt, the schema a provider is held to,
the check of what a model answered, the forms an analyst edits, the exports.
"""

from services.extraction.schema.replies import Outcome, Reply, parse_reply
from services.extraction.schema.types import (
    CODES,
    TYPES,
    VERSION,
    Attribute,
    AttributeKind,
    Attributes,
    AttributeValue,
    Element,
    ElementType,
    Family,
    Scalar,
)
from services.extraction.schema.values import clean, normalise
from services.extraction.schema.wire import response_format

__all__ = [
    "CODES",
    "TYPES",
    "VERSION",
    "Attribute",
    "AttributeKind",
    "AttributeValue",
    "Attributes",
    "Element",
    "ElementType",
    "Family",
    "Outcome",
    "Reply",
    "Scalar",
    "clean",
    "normalise",
    "parse_reply",
    "response_format",
]
