"""Words for error codes: code → (title, sentence, next step), one module a room.

Sentences may name facts of the error in braces: `{name}` is `error.data["name"]`.
"""

from ui.error_words import general

Table = dict[str, tuple[str, str, str]]

WORDS: Table = {**general.WORDS}
