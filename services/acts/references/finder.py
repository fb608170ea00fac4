"""Finding the references of a text."""

import re

from services.acts.folding import fold, fold_case
from services.acts.references import grammar, mentions
from services.acts.references.chains import Chain, ChainReader
from services.acts.references.model import EXTERNAL, Reference

_MAX_SPAN = 300  # code points of one reference; a longer title is left out of it


def find(text: str) -> list[Reference]:
    """Return the references of `text`, in order of `start`, never overlapping.

    Editorial notes are searched too: what stands in them is for the caller to judge. Linear time.
    """
    return _Finder(text).find()


class _Finder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.low = fold_case(text)
        self.reader = ChainReader(self.low, self.folded)
        self.found: list[Reference] = []
        self.position = 0

    def find(self) -> list[Reference]:
        while anchor := grammar.ANCHOR.search(self.low, self.position):
            at = anchor.start()
            end = self._units(at)
            if end is None:
                end = self._act(at)
            self.position = max(end if end is not None else anchor.end(), at + 1)
        return self.found

    def _units(self, at: int) -> int | None:
        """Add the chains that begin at `at`, joined ones too; return their end."""
        chains: list[Chain] = []
        start = at
        while (chain := self.reader.read(start)) is not None:
            chains.append(chain)
            if chain.scope != "bare":
                break
            join = grammar.JOIN.match(self.low, chain.end)
            if join is None:
                break
            start = join.end()
        if not chains:
            return None
        _share_owner(chains)
        for chain in chains:
            self._add_chain(chain)
        return chains[-1].end

    def _add_chain(self, chain: Chain) -> None:
        target = self.text[chain.target[0] : chain.target[1]] if chain.target else None
        end = chain.end
        if end - chain.start > _MAX_SPAN:
            end = self._shortened(chain)
        path = tuple(reversed([level for level in chain.levels if level[0] != "sentence"]))
        self.found.append(Reference(chain.start, end, path, target, chain.scope, chain.noun))

    def _shortened(self, chain: Chain) -> int:
        limit = chain.start + _MAX_SPAN
        title = self.low.find('"', chain.start, limit)
        return (
            title if title > chain.start and self.low[title - 1] != " " else limit if title < 0 else title - 1
        )

    def _act(self, at: int) -> int | None:
        """Add the act named at `at`; return the end of the mention."""
        span = self._mention(at)
        if span is None:
            return None
        start, end = max(span[0], self.position), span[1]
        cut = min(end, start + _MAX_SPAN)
        self.found.append(Reference(start, cut, (), self.text[start:end], EXTERNAL))
        return end

    def _mention(self, at: int) -> tuple[int, int] | None:
        low = self.low
        first = low[at]
        if first == '"':
            return self._title(at)
        if first == "(":
            match = mentions.BRACKETED.match(low, at)
            return (at, match.end()) if match else None
        if first == "№":
            match = mentions.NUMBERED.match(low, at)
            return (at, match.end()) if match else None
        if _is_own(low, at):
            return None
        if low.startswith("кодекс", at):
            start = mentions.code_start(low, at)
            match = mentions.CODE.match(low, start)
            return (start, match.end()) if match and (start < at or match["name"]) else None
        end = mentions.named_at(low, at)
        return (at, end) if end is not None else None

    def _title(self, at: int) -> tuple[int, int] | None:
        if not mentions.TITLE_OPENS.match(self.low, at):
            return None
        end = mentions.title_end(self.low, at)
        return (at, end) if end is not None else None


_OWN = re.compile(r"ц(?:ього|ієї|им|ією|ьому|ій|их|я|ими|ей|е|і|ю)[ \n]+(?:[\w'-]+[ \n]+)?$")


def _is_own(low: str, at: int) -> bool:
    """Tell whether the word at `at` is this act itself: «цього Закону»."""
    return _OWN.search(low, max(0, at - 40), at) is not None


def _share_owner(chains: list[Chain]) -> None:
    """Let a chain take over what the next one belongs to: «пункту 1 частини першої та частини другої статті 5»."""
    for chain, following in zip(reversed(chains[:-1]), reversed(chains[1:]), strict=True):
        largest = chain.largest
        ranks = {kind: rank for rank, kind in enumerate(grammar.ORDER)}
        chain.levels += [level for level in following.levels if ranks[level[0]] > largest]
        chain.scope, chain.target, chain.noun = following.scope, following.target, following.noun
