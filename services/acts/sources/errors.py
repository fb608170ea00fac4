"""What can be wrong with a document, an archive or a table, as codes with data."""

from services.acts.errors import FileError


class DamagedDocumentError(FileError):
    """A document that its own library cannot read (`kind`)."""

    code = "document_damaged"


class LockedDocumentError(FileError):
    """A password is needed to read it (`kind`)."""

    code = "document_locked"


class MacrosError(FileError):
    """A document that carries programs (`kind`); it is not opened."""

    code = "macros_refused"


class ForbiddenXmlError(FileError):
    """XML that declares entities or a document type: never needed in an office document (`kind`)."""

    code = "xml_forbidden"


class TooComplexError(FileError):
    """Reading it took more than the memory (`memory_mb`) or time (`seconds`) a document may take."""

    code = "document_too_complex"


class TooDeepError(FileError):
    """Nested more deeply than any act (`kind`)."""

    code = "document_too_deep"


class TooManyLinesError(FileError):
    """A text of more than `limit` lines and notes; it has `count`."""

    code = "too_many_lines"


class TooManyPagesError(FileError):
    """More than `limit` pages; the document says it has `pages`."""

    code = "too_many_pages"


class NoTextLayerError(FileError):
    """A PDF of pictures: `pages` pages hold no letters."""

    code = "no_text_layer"


class BrokenTextLayerError(FileError):
    """A PDF whose letters cannot be told: its fonts hide what they draw."""

    code = "text_layer_broken"


class ArchiveDamagedError(FileError):
    """A zip that cannot be opened, or a file inside whose check sum is wrong."""

    code = "archive_damaged"


class ArchiveLockedError(FileError):
    """A file of an archive needs a password."""

    code = "archive_locked"


class ArchiveTooManyError(FileError):
    """More than `limit` files inside; there are `count`."""

    code = "archive_too_many"


class ArchiveTooLargeError(FileError):
    """Unpacked it would be larger than `limit_mb` megabytes; `kind` is table for the texts of a table."""

    code = "archive_too_large"


class ArchiveBombError(FileError):
    """Made to fill a disk: packed more tightly than any text can be (`ratio` to one), or, with `kind`
    overlap, files that share their bytes."""

    code = "archive_bomb"


class ArchiveMethodError(FileError):
    """Packed by another method than the usual ones, which alone can be unpacked in bounded memory."""

    code = "archive_method"


class ArchiveLinkError(FileError):
    """A link or a device that stands in an archive where a file should."""

    code = "archive_link"


class NestedArchiveError(FileError):
    """An archive inside an archive."""

    code = "archive_nested"


class ColumnNeededError(FileError):
    """A table: which column holds the texts must be chosen (`columns`, joined by commas)."""

    code = "table_column_needed"


class UnknownColumnError(FileError):
    """A table without the chosen column (`column`; it has `columns`)."""

    code = "table_column_unknown"


class NoTableError(FileError):
    """Something else where a table is asked for (`kind`)."""

    code = "not_a_table"


class TableTooWideError(FileError):
    """A table of more than `limit` columns; it has `count`."""

    code = "table_too_wide"


class TableEmptyError(FileError):
    """A table without a row of data."""

    code = "table_empty"


class TableDamagedError(FileError):
    """A table that cannot be read: at row `row`, or, with `kind` xlsx, as a whole."""

    code = "table_damaged"
