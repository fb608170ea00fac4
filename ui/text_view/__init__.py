"""A text with its elements marked in it, and what the reader does there."""

from ui.text_view.component import Link, Selection, Span, ViewEvent, selection, text_view

__all__ = ["Link", "Selection", "Span", "ViewEvent", "selection", "text_view"]
