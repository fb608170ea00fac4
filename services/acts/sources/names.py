"""Names of files as reports show them; no file is ever opened by such a name."""

from pathlib import PurePosixPath

_LONGEST = 200


def shown(name: str) -> str:
    """A name without folders, in letters that can be seen, its end where it is long."""
    name = PurePosixPath(name.replace("\\", "/")).name
    return "".join(char for char in name if char.isprintable()).strip()[-_LONGEST:] or "?"
