"""Finding the references of a text."""

import re

from services.acts.folding import fold, fold_case
from services.acts.references import amending, documents, grammar, mentions
from services.acts.references.chains import Chain, ChainReader, share_owner, single_targets
from services.acts.references.model import BARE, EXTERNAL, SELF, Reference
from services.acts.structure.markers import heading

_MAX_SPAN = 300  # code points of one reference; a longer title is left out of it
_ANCHOR = re.compile(
    rf"(?<![\w'-])(?:{grammar.UNIT_ANCHOR}|закон|основ(?:и|ах|ами)[ ]|кодекс|конституц|постанов|наказ|"
    r"розпоряджен|указ|рішен|декрет|директив|конвенці|пакт|статут|протокол|угод|декларац|харті|"
    r"акт(?:ом|у|а)?[ ]|"
    r"правил|поряд|положен|інструкц|регламент|критері|перелік|методик|вимог|класифікатор|програм|норматив|типов|"
    r"примірн|термін|встановлен|визначен|№|\(|\")"
)


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
        self.issuer = ""  # of the last act with a number
        self.issued_until = 0

    def find(self) -> list[Reference]:
        annexed = documents.annexed_list(self.low)[::-1]
        while anchor := _ANCHOR.search(self.low, self.position):
            at = anchor.start()
            while annexed and annexed[-1][0] <= at:
                self._annexed(*annexed.pop())
            if at < self.position:
                continue
            end = self._units(at) or self._act(at) or self._document(at)
            self.position = max(end or anchor.end(), at + 1)
        for start, end in reversed(annexed):
            self._annexed(start, end)
        return amending.assigned(self.text, self.found)

    def _annexed(self, start: int, end: int) -> None:
        """Add a document annexed to this act, unless another reference holds its beginning."""
        if start >= self.position:
            self.found.append(Reference(start, end, (("annex", ""),), None, BARE, self.low[start:end]))
            self.position = end

    def _add(self, start: int, end: int, target: str) -> int:
        """Add the mention of an act; return where it ends."""
        start = max(start, self.position)
        while start < end and self.low[start] in " \n":
            start += 1
        target = self._with_issuer(start, end, target)
        self.found.append(Reference(start, min(end, start + _MAX_SPAN), (), target, EXTERNAL))
        return end

    def _with_issuer(self, start: int, end: int, target: str) -> str:
        """Return the mention of an act with the words of its kind and issuer, said once for a whole list."""
        if self.low[start] in '"(':
            return target  # a title or a code between two numbers of a list
        if self.low[start] not in "№n":
            self.issuer = mentions.issuer(self.low, start, end)
        elif (head := mentions.issued_before(self.low, start)) is not None:
            self.issuer, target = mentions.issuer(self.low, head, end), self.text[head:end]
        elif self.issuer:
            listed = mentions.listed_from(self.low, self.issued_until, start)
            self.issuer = self.issuer if listed is not None else ""
            target = target if listed is None else f"{self.issuer} {self.text[listed:end]}"
        self.issued_until = end
        return target

    def _units(self, at: int) -> int | None:
        """Add the chains that begin at `at`, joined ones too; return their end."""
        if (heading_end := self._heading(at)) is not None:
            return heading_end
        if self.low.startswith("ст.", at) and grammar.IN_GAZETTE.search(self.low, max(0, at - 60), at):
            return at + 3
        chains: list[Chain] = []
        start = at
        while (chain := self.reader.read(start)) is not None:
            chains.append(chain)
            join = grammar.JOIN.match(self.low, chain.end) if chain.scope == BARE else None
            if join is None:
                break
            start = join.end()
        share_owner(chains)
        for chain in chains:
            self._add_chain(chain)
        return chains[-1].end if chains else None

    def _heading(self, at: int) -> int | None:
        """Return where the number of the heading ends that begins at `at`: a heading refers to nothing."""
        before = self.low[max(0, at - 3) : at].rstrip(' "')
        if before and not before.endswith("\n"):
            return None
        stop = self.low.find("\n", at)
        found = heading(self.folded[at : stop if stop >= 0 else len(self.low)])
        return at + max(found.rest, 1) if found is not None else None

    def _add_chain(self, chain: Chain) -> None:
        """Add a reference for each unit the chain names, or a range of them."""
        target = self.text[chain.target[0] : chain.target[1]] if chain.target else None
        for start, end, levels in single_targets(chain):
            if end - start > _MAX_SPAN:
                end = self._without_title(chain, start)
            path = tuple(reversed([level for level in levels if level[0] != "sentence"]))
            self.found.append(Reference(start, end, path, target, chain.scope, chain.noun))

    def _without_title(self, chain: Chain, start: int) -> int:
        """Return an end that keeps a reference short: before the act's title, else at the limit."""
        title = self.text.rfind(" ", start, start + _MAX_SPAN)
        if chain.target is not None and chain.target[0] < start + _MAX_SPAN:
            quote = self.low.find('"', chain.target[0], start + _MAX_SPAN)
            title = quote - 1 if quote > 0 else title
        return title if title > start else start + _MAX_SPAN

    def _act(self, at: int) -> int | None:
        """Add the act named at `at`; return the end of the mention."""
        span = self._mention(at)
        return self._add(*span, self.text[span[0] : span[1]]) if span is not None else None

    def _mention(self, at: int) -> tuple[int, int] | None:
        low = self.low
        if low[at] in '("':
            end = mentions.titled_at(low, at) if low[at] == '"' else mentions.bracketed_at(low, at)
            return (at, end) if end is not None else None
        if low.startswith("кодекс", at):
            return None if self._is_own(at) else mentions.codex_at(low, at)
        end = mentions.named_at(low, at) or mentions.treaty_at(low, self.folded, at)
        return (at, end) if end is not None and not self._is_own(at) else None

    def _is_own(self, at: int) -> bool:
        """Tell whether the word at `at` is this act itself: «цього Закону»."""
        return grammar.OWN.search(self.low, max(0, at - 40), at) is not None

    def _document(self, at: int) -> int | None:
        """Add the document without a number that is named at `at`; return the end of the mention."""
        if self._is_own(at):
            return None
        if (own := documents.own_order_at(self.low, at)) is not None:
            self.found.append(Reference(at, own[0], (), None, SELF, own[1]))
            return own[0]
        if (annexed := documents.annexed_at(self.low, at)) is not None:
            self._annexed(at, min(annexed, at + _MAX_SPAN))
            return annexed
        for start, end in documents.terms_at(self.low, at):
            self._add(start, end, self.text[start:end])
            self.position = end
        named = documents.titled_by_adjective(self.low, self.folded, at)
        if named is not None:
            start = max(named[0], self.position)
            return self._add(start, named[1], self.text[start : named[1]])
        end_of = documents.set_order_at(self.low, at) or documents.document_at(self.low, self.folded, at)
        return self._add(at, end_of, self.text[at:end_of]) if end_of is not None else None
