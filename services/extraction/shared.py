"""Equal passages of several acts (two editions of one) are asked about once, also within one run."""

import threading
from collections import OrderedDict

from services.extraction.plan import ActPlan
from services.extraction.store import PassageAnswer
from services.llm.ledger import Entry

Place = tuple[ActPlan, int]
Answered = tuple[PassageAnswer, Entry]
_REMEMBERED = 1024


class Shared:
    """Who waits for which answer, and the latest answers: those that acts planned meanwhile did not see."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, list[Place]] = {}
        self._latest: OrderedDict[str, Answered] = OrderedDict()

    def claim(self, plan: ActPlan, position: int) -> Answered | bool:
        """True if the caller is to ask; the answer if it has just come; False if it will come unasked."""
        key = plan.keys[position]
        with self._lock:
            if key in self._latest:
                return self._latest[key]
            if key in self._waiting:
                self._waiting[key].append((plan, position))
                return False
            self._waiting[key] = [(plan, position)]
            return True

    def settle(self, key: str, answered: Answered | None) -> list[Place]:
        """The places that waited for `key`, the first of which asked; None where it failed."""
        with self._lock:
            if answered:
                self._latest[key] = answered
                if len(self._latest) > _REMEMBERED:
                    self._latest.popitem(last=False)
            return self._waiting.pop(key, [])
