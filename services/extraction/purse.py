"""The money of one run: a call goes out only while its price is left beside those of the calls under way."""

import math
import threading
from collections.abc import Iterable, Mapping

from services.datasets import tokens
from services.extraction import prompt
from services.extraction.chunking import Passage
from services.llm.prices import Price, price

_REPLY_SHARE = 1.2  # tokens of the longest usual reply, by those of its request


def at_most(rate: Price, messages: Iterable[Mapping[str, str]]) -> float:
    """What a request with its reply costs at most, in micro-USD."""
    counted = tokens.count_messages(messages)
    return counted * rate.input + counted * _REPLY_SHARE * rate.output


class Purse:
    """`limit` and `spent` in micro-USD; `empty` once a passage could not be afforded. Thread-safe."""

    def __init__(self, limit: int | None, spent: int, model: str) -> None:
        self.limit, self.spent, self.empty = limit, spent, False
        self._rate = None if limit is None else price(model)
        self._held = 0
        self._changed = threading.Condition()

    def take(self, passage: Passage) -> int | None:
        """Set aside what a passage costs at most; None where that is more than is left.

        Waits for calls under way, which may cost less than is set aside for them. A run that has spent
        nothing yet may ask about one passage under any limit: a run that is gone on with gets on.
        """
        most = math.ceil(at_most(self._rate, prompt.messages(passage))) if self._rate else 0
        with self._changed:
            while self._held and self._beyond(most):
                self._changed.wait()
            self.empty = self.empty or self._beyond(most if self.spent else 0)
            if self.empty:
                return None
            self._held += most
            return most

    def pay(self, cost: int) -> None:
        """Note what an answer cost."""
        with self._changed:
            self.spent += cost
            self.empty = self.empty or (self.limit is not None and self.spent >= self.limit)

    def reaches(self) -> bool:
        """Is there enough left for what is set aside, after calls were paid that may have to be repeated?"""
        with self._changed:
            self.empty = self.empty or self._beyond(0)
            return not self.empty

    def put_back(self, held: int) -> None:
        """Free what was set aside for a call that is over."""
        with self._changed:
            self._held -= held
            self._changed.notify_all()

    def _beyond(self, most: int) -> bool:
        return self.limit is not None and self.spent + self._held + most > self.limit
