"""What a reference is."""

from dataclasses import dataclass

SELF, EXTERNAL, BARE = "self", "external", "bare"

Path = tuple[tuple[str, str], ...]
"""(kind, number) pairs, the largest unit first."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A phrase that names a provision or an act.

    `start`, `end`: half-open code points of the text. `path`: (kind, number) pairs, the largest unit
    first, kinds and numbers as `structure.Unit` spells them; an empty number is the enclosing unit («цієї
    статті») or one that needs none («примітки»). `target_act`: the other act as written, None within the
    act itself. `scope`: `self` says «цього», «цієї …»; `external` names another act; `bare` names neither,
    so that the enclosing unit decides. `noun`: the word for the act in `self` («цього Порядку»), or the
    name of a document annexed to it («Затвердити Порядок …, що додається»), folded, in lower case. In a
    list each unit named is a reference of its own («статтями 42-1», «46 цього Кодексу»): the first holds
    the words before it, the last those after it; a range of digits is one, its path that of its first.
    """

    start: int
    end: int
    path: Path
    target_act: str | None
    scope: str
    noun: str = ""
