"""Memory of a process that works for days: what is free goes back to the system.

The C library gives each thread that allocates an arena of its own, and an arena shrinks only from its end:
a run of many thousand calls from many threads leaves more and more holes. Python's own heap stays flat.
"""

import ctypes
from functools import cache

_M_ARENA_MAX = -8
_ARENAS = 2


def few_arenas() -> None:
    """Let all threads share two arenas; to be called before they start. Only glibc has this."""
    library = _glibc()
    if library is not None:
        library.mallopt(_M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Return free pages to the system; takes milliseconds. Only glibc needs to be asked."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL("libc.so.6")
        return library if hasattr(library, "malloc_trim") else None
    except OSError:
        return None
