"""What can be wrong with a file or an act, as codes with data."""

from services.errors import AppError, NotFoundError


class FileError(AppError):
    """A file that cannot become an act; nothing was stored."""

    code = "file_refused"


class EmptyFileError(FileError):
    """No bytes, or nothing but spaces and signs."""

    code = "empty_file"


class BinaryFileError(FileError):
    """Not a text. `kind` names what it looks like: pdf, docx, doc, rtf, image, archive, or `other`."""

    code = "binary_file"


class FileTooLargeError(FileError):
    """More than `limit_mb` megabytes; the file has `size_mb`."""

    code = "file_too_large"


class UnreadableFileError(FileError):
    """Cannot be opened: the system's `reason`, or `kind` special for a folder, a pipe or a device."""

    code = "file_unreadable"


class UnknownEncodingError(FileError):
    """Bytes that make no Ukrainian text in any known encoding."""

    code = "encoding_unknown"


class DamagedFileError(FileError):
    """UTF-8 with broken bytes, the first at byte `position`: guessing the letters would falsify the law."""

    code = "file_damaged"


class ActNotFoundError(NotFoundError):
    """No act has this id (`key`)."""

    code = "act_not_found"

    def __init__(self, act_id: int) -> None:
        super().__init__(what="act", key=act_id)
