"""Words for error codes: code → (title, sentence, next step), one module a room, each with its `WORDS`.

`code.kind` holds other words for one `kind` in the error's data, `code.embedded` those for the embedded
engine. Sentences may name facts of the error in braces: `{name}` is `error.data["name"]`.
"""

from importlib import import_module
from pkgutil import iter_modules

Table = dict[str, tuple[str, str, str]]


def _gather() -> Table:
    found: Table = {}
    for module in sorted(iter_modules(__path__), key=lambda one: one.name):
        found.update(import_module(f"{__name__}.{module.name}").WORDS)
    return found


WORDS: Table = _gather()
