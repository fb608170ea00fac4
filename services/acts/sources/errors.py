"""What can be wrong with a document, an archive or a table, as codes with data."""

from services.acts.errors import FileError


class UnknownFormatError(FileError):
    """Neither the bytes nor the name say what this is (`name`: its ending)."""

    code = "format_unknown"


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
    """Unpacked it would be larger than `limit_mb` megabytes."""

    code = "archive_too_large"


class ArchiveBombError(FileError):
    """Packed more tightly than any text can be (`ratio` to one): made to fill a disk."""

    code = "archive_bomb"


class NestedArchiveError(FileError):
    """An archive inside an archive."""

    code = "archive_nested"


class ColumnNeededError(FileError):
    """A table: which column holds the texts must be chosen (`columns`, joined by commas)."""

    code = "table_column_needed"


class UnknownColumnError(FileError):
    """A table without the chosen column (`column`; it has `columns`)."""

    code = "table_column_unknown"


class TableEmptyError(FileError):
    """A table without a row of data."""

    code = "table_empty"


class TableDamagedError(FileError):
    """A table that cannot be read, at row `row` where that is known."""

    code = "table_damaged"
