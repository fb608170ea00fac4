"""Choosing passages, putting acts on sides and making rows: everything before a version is frozen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from services.datasets import duplicates, rows, split
from services.review.gold import GoldText

_KEEP_FIRST = ("train", "validation", "test")


@dataclass(frozen=True)
class Plan:
    """Rows in the order they will be stored; `left_out` counts held-out passages with a twin elsewhere.

    `twins` are pairs of positions in `rows`: what is left of the one search for them, which takes long.
    """

    rows: list[rows.Row]
    left_out: int
    twins: list[duplicates.Pair]


def plan(gold: Sequence[GoldText], *, limit: int | None, seed: int, ratios: tuple[int, int, int]) -> Plan:
    """Rows from confirmed passages; the same passages, limit, seed and ratios give the same rows.

    Raises BadRatiosError.
    """
    chosen = choose(gold, limit, seed)
    owners = [key(text) for text in chosen]
    pairs = list(duplicates.twins([text.text for text in chosen]))
    groups = duplicates.unite(owners, pairs)
    sizes: dict[str, int] = defaultdict(int)
    for owner in owners:
        sizes[groups[owner]] += 1
    sides = split.assign(sizes, seed=seed, ratios=ratios)
    placed = {i: sides[groups[owner]] for i, owner in enumerate(owners)}
    out = duplicates.crossing(pairs, placed, _KEEP_FIRST)
    kept = [i for i in range(len(chosen)) if i not in out]
    kept.sort(key=lambda i: split.SPLITS.index(placed[i]))
    position = {i: at for at, i in enumerate(kept)}
    left = [(position[a], position[b]) for a, b in pairs if a in position and b in position]
    return Plan([rows.make(chosen[i], placed[i]) for i in kept], len(out), left)


def key(text: GoldText) -> str:
    """What names an act in the seeded order: its label, so that another computer splits alike.

    Editions of one act share a label and so a side.
    """
    return text.act_label or f"act {text.act_id}"


def choose(gold: Sequence[GoldText], limit: int | None, seed: int) -> list[GoldText]:
    """At most `limit` passages, taken act by act in turn so that a small set still knows many acts.

    A larger limit only adds to what a smaller one takes. In the order of acts and places.
    """
    ordered = sorted(gold, key=lambda text: (key(text), text.act_id, text.start))
    if limit is None or limit >= len(ordered):
        return ordered
    turns: dict[str, int] = defaultdict(int)
    turn: dict[int, tuple[int, str]] = {}
    for position in sorted(range(len(ordered)), key=lambda i: split.rank(seed, _name(ordered[i]))):
        act = key(ordered[position])
        turn[position] = (turns[act], split.rank(seed, act))
        turns[act] += 1
    taken = sorted(turn, key=lambda position: turn[position])[: max(0, limit)]
    return [ordered[position] for position in sorted(taken)]


def _name(text: GoldText) -> str:
    return f"{key(text)}:{text.start}"
