"""Attributes of types the rules do not know: the teacher's keys, and his value where he mostly gives one."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from engine.elements import JsonValue
from engine.learning.passages import Example
from engine.nlp.rules.all import RULE_TYPES

_MOSTLY = 0.6


def habits(examples: Sequence[Example]) -> dict[str, dict[str, JsonValue]]:
    """By type and key the value given to more than 60 % of its elements, else None."""
    seen: dict[str, dict[str, Counter[str]]] = {}
    for example in examples:
        for element in example.elements:
            if element["type"] in RULE_TYPES:
                continue
            by_key = seen.setdefault(element["type"], {})
            for key, value in element["attributes"].items():
                by_key.setdefault(key, Counter())[json.dumps(value, sort_keys=True)] += 1
    return {
        kind: {key: _usual(counts) for key, counts in keys.items()} for kind, keys in sorted(seen.items())
    }


def _usual(counts: Counter[str]) -> JsonValue:
    value, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    usual: JsonValue = json.loads(value) if count > _MOSTLY * sum(counts.values()) else None
    return usual


def with_habits(
    kind: str, attributes: dict[str, JsonValue], known: Mapping[str, Mapping[str, JsonValue]]
) -> dict[str, JsonValue]:
    """An element's attributes, those of an unknown type from habit."""
    return dict(known.get(kind, attributes))
