"""Tables of our own: badges, serif quotes, the keyboard; for lists of up to a few hundred rows."""

from ui.tables.cells import Action, Cell, Column, Row, TableEvent, badges, muted, quote, stack, strong
from ui.tables.elements import ElementRow, element, element_table
from ui.tables.generic import checked, simple_table

__all__ = [
    "Action",
    "Cell",
    "Column",
    "ElementRow",
    "Row",
    "TableEvent",
    "badges",
    "checked",
    "element",
    "element_table",
    "muted",
    "quote",
    "simple_table",
    "stack",
    "strong",
]
