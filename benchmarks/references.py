"""References against the hyperlinks of the Rada's own editors, and structure against their notes.

A link is found when a reference overlaps it. A single self-reference («частини другої статті 5 цього
Закону», one link in it) is resolved when it leads to within five characters of the link's target. A link
whose target lies in another article than the one its own words name («статтею 122», set to article 121)
is counted as what it is, a link set wrongly, and told apart from a wrong answer of ours. The
editors' notes below a paragraph («{Частина друга статті 5 в редакції …}») say which unit it is: a second
oracle for the structure, of units and not of phrases.
"""

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks import report
from services.acts import references
from services.acts.references import Reference, Resolver
from services.acts.structure import Unit, parse
from services.acts.structure.lines import read
from services.acts.unit_numbers import ORDINAL, normal

ROOT = Path(__file__).parent.parent
LINKS = Path(__file__).parent / "data" / "links.csv"
NEAR = 5  # characters
LONGEST = 300
_SHOWN = 60  # characters
ELSEWHERE = "another article"
AGAINST_ITS_WORDS = "another article, which the words of the link do name"
APART = """Where the two disagree. Read against the texts, these links were set for an older edition, in
which the paragraphs had other numbers, to a neighbouring article, to the heading instead of the part that the
words name, or from a list to its first member."""

_NUMBER = rf'(?:\d+(?:\.\d+)*(?:-\d+)?|"[а-яіїєґ](?:-\d+)?"|{ORDINAL})'
_NOTE = re.compile(
    rf"\{{\s*(?P<unit>абзац|частина|пункт|підпункт)\s+(?P<number>{_NUMBER})\s+"
    rf"(?P<rest>(?:(?:абзацу|підпункту|пункту|частини|статті)\s+{_NUMBER}\s*)*)"
    r"(?:із змінами|в редакції|доповнен)"
)
_OF = re.compile(rf"(абзацу|підпункту|пункту|частини|статті)\s+({_NUMBER})")
_KINDS = {"абза": "indent", "част": "part", "пунк": "point", "підп": "subpoint", "стат": "article"}


@dataclass(frozen=True)
class Link:
    """A hyperlink of the editors."""

    start: int
    end: int
    kind: str
    target: str


def links() -> dict[str, list[Link]]:
    """The links by act."""
    by_act: dict[str, list[Link]] = defaultdict(list)
    with LINKS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            link = Link(int(row["start"]), int(row["end"]), row["kind"], row["target"])
            by_act[row["act"]].append(link)
    return by_act


class Tally:
    """What became of the links; `missed` and `elsewhere` hold the words of those that failed."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.outcome: Counter[str] = Counter()
        self.named: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.apart: list[list[str]] = []

    def add(self, act: str, text: str, own: list[Link]) -> None:
        units, found = parse(text), references.find(text)
        resolver = Resolver(units)
        for link in own:
            near = [
                r for r in found if r.start < link.end and r.end > link.start and r.end - r.start <= LONGEST
            ]
            self.asked[link.kind] += 1
            self.found[link.kind] += bool(near)
            if link.kind == "external":
                self.named[_act(near, link)] += 1
            if not near:
                self.missed[f"{link.kind}: {text[link.start : link.end].split()[0].lower()}"] += 1
            if link.kind == "internal" and len(near) == 1 and near[0].scope == "self":
                mates = [o for o in own if o.start < near[0].end and o.end > near[0].start]
                if len(mates) == 1:
                    unit = resolver.resolve(near[0])
                    outcome = _outcome(unit, int(link.target), units)
                    if outcome == ELSEWHERE and not _named(near[0], int(link.target), resolver):
                        outcome = AGAINST_ITS_WORDS
                    self.outcome[outcome] += 1
                    if outcome != "exact":
                        self._apart(act, text, near[0], unit, int(link.target))

    def _apart(self, act: str, text: str, reference: Reference, unit: Unit | None, target: int) -> None:
        """Keep, for the reader to judge, where a reference leads and where the official link does."""
        words = text[reference.start : reference.end].replace("\n", " ")
        ours = "" if unit is None else text[unit.start : unit.start + _SHOWN]
        rows = [words[:_SHOWN], ours, text[target : target + _SHOWN]]
        self.apart.append([act, *(" ".join(row.replace("|", "/").split()) for row in rows)])


def _act(near: list[Reference], link: Link) -> str:
    """Return whether the act of the reference that shares most with the link is the link's."""
    acts = [r for r in near if r.target_act]
    if not acts:
        return "not found"
    best = max(acts, key=lambda r: min(r.end, link.end) - max(r.start, link.start))
    number = references.identify(best.target_act or "")
    return "not told by the words" if number is None else "the link's" if number == link.target else "another"


def _outcome(unit: Unit | None, target: int, units: list[Unit]) -> str:
    if unit is None:
        return "not resolved"
    if abs(unit.start - target) <= NEAR:
        return "exact"
    return "same article" if _article(units, unit.start) == _article(units, target) else ELSEWHERE


def _named(reference: Reference, target: int, resolver: Resolver) -> bool:
    """Tell whether `target` may be what the reference's words say: it lies in the article they name."""
    number = dict(reference.path).get("article")
    if number is None:
        return True
    here = reference.start if number == "" else target
    article = next((unit for unit in reversed(resolver.enclosing(here)) if unit.kind == "article"), None)
    return article is not None and (article.start <= target < article.end and number in ("", article.number))


def _article(units: list[Unit], offset: int) -> int | None:
    return next((u.start for u in units if u.kind == "article" and u.start <= offset < u.end), None)


def agreement(text: str, tally: Counter[tuple[str, bool]]) -> None:
    """Count, by kind, whether the unit an editor's note names is the paragraph above the note."""
    resolver = Resolver(parse(text))
    above = 0
    for line in read(text).lines:
        if not line.is_note:
            above = line.start
        elif match := _NOTE.match(line.note.lower()):
            path = [(_KINDS[match["unit"][:4]], normal(match["number"]))]
            path += [(_KINDS[unit[:4]], normal(number)) for unit, number in _OF.findall(match["rest"])]
            unit = resolver.resolve(Reference(above, above + 1, tuple(reversed(path)), None, "bare"))
            tally[path[0][0], unit is not None and _holds(unit, above)] += 1


def _holds(unit: Unit, offset: int) -> bool:
    """Tell whether the paragraph at `offset` is the unit, or one of its paragraphs."""
    return unit.start == offset if unit.kind == "indent" else unit.start <= offset < unit.end


def main() -> None:
    """Measure over the sample acts and write the section."""
    tally, notes = Tally(), Counter[tuple[str, bool]]()
    by_act = links()
    for file in sorted((ROOT / "samples" / "acts").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        tally.add(file.stem, text, by_act.get(file.stem, []))
        agreement(text, notes)
    apart = report.table(["act", "reference", "leads here to", "the official link leads to"], tally.apart)
    body = f"{_links(tally)}\n\n{_notes(notes)}\n\n{APART}\n\n{apart}"
    report.write("references", "References and structure", body)


def _links(tally: Tally) -> str:
    rows = [
        [f"{kind} links found", str(asked), f"{tally.found[kind] / asked:.2%}"]
        for kind, asked in tally.asked.items()
    ]
    single = sum(tally.outcome.values())
    rows += [
        [f"single self-references: {name}", str(single), f"{tally.outcome[name] / single:.2%}"]
        for name in ("exact", "same article", ELSEWHERE, AGAINST_ITS_WORDS, "not resolved")
    ]
    rows += [
        [
            f"external links: the act is {name}",
            str(tally.asked["external"]),
            f"{count / tally.asked['external']:.2%}",
        ]
        for name, count in tally.named.most_common()
    ]
    missed = ", ".join(f"{words} ({count})" for words, count in tally.missed.most_common())
    return (
        f"{report.table(['official links', 'of', 'share'], rows)}\n\nMissed, by their first word: {missed}."
    )


def _notes(notes: Counter[tuple[str, bool]]) -> str:
    rows = []
    for kind in ("part", "point", "subpoint", "indent"):
        right, asked = notes[kind, True], notes[kind, True] + notes[kind, False]
        rows.append([kind, str(asked), f"{right / asked:.2%}"])
    return report.table(["unit named by an editor's note", "of", "is the paragraph above it"], rows)


if __name__ == "__main__":
    main()
