"""What was measured: the verdict in a sentence, F1 with intervals, precision and recall by type."""

from services.evaluation.metrics import Counts
from services.evaluation.statistics import Interval
from services.evaluation.views import EvaluationView, ModelScores, VerdictView
from ui import charts, layout, tables
from ui.elements import TYPES, type_label
from ui.i18n import EN_DASH, N_, Text
from ui.tables import Column, Row

# Below this many confirmed elements a type's figures are shown as uncertain.
FEW = 30
_SMALL = 0.1
# So many more acts nobody confirms to tell two models apart.
_OUT_OF_REACH = 300
_BETTER = N_(
    "The fine-tuned model is more accurate than the base model: F1 {second} against "
    "{first}. The difference is not due to chance."
)
_WORSE = N_(
    "The fine-tuned model is less accurate than the base model: F1 {second} against "
    "{first}. The difference is not due to chance."
)
_SECOND_BETTER = N_(
    "The second model is more accurate: F1 {second} against {first}. The difference is not due to chance."
)
_SECOND_WORSE = N_(
    "The second model is less accurate: F1 {second} against {first}. The difference is not due to chance."
)


def verdict(t: Text, found: EvaluationView, match: str) -> None:
    """One careful sentence on which model is better, and what it would take to know."""
    known = found.verdicts.get(match)
    if known is not None:
        first, second = found.scores[0], found.scores[-1]
        layout.remark(*verdict_words(t, known, first.kind == "base" and second.kind == "tuned"))


def verdict_words(t: Text, found: VerdictView, tuned: bool = True) -> tuple[layout.Kind, str, str]:
    """Kind, sentence and second line of a verdict; `tuned`: a base model and one fine-tuned are compared."""
    second, first = t.score(found.second_f1), t.score(found.first_f1)
    if found.code == "better":
        words = _BETTER if tuned else _SECOND_BETTER
        return "good", t(words, second=second, first=first), _range(t, found)
    if found.code == "worse":
        words = _WORSE if tuned else _SECOND_WORSE
        return "bad", t(words, second=second, first=first), _range(t, found)
    if found.code == "no_gold":
        return "warn", t("The test acts contain no confirmed elements, so there is nothing to compare."), ""
    return "warn", _unproven(t, found, second, first), _range(t, found)


def _unproven(t: Text, found: VerdictView, second: str, first: str) -> str:
    if found.code == "too_few_acts":
        return t.n(
            "F1 {second} against {first}. {count} test act is not enough to prove an advantage.",
            "F1 {second} against {first}. {count} test acts are not enough to prove an advantage.",
            found.acts,
            second=second,
            first=first,
        )
    if found.more_acts is None:
        return t("Both models are equally accurate so far: F1 {second}.", second=second)
    if found.more_acts > _OUT_OF_REACH:
        return t(
            "No advantage proven: F1 {second} against {first}. The difference is very small.",
            second=second,
            first=first,
        )
    return t.n(
        "No advantage proven yet: F1 {second} against {first}. About {count} more act is needed.",
        "No advantage proven yet: F1 {second} against {first}. About {count} more acts are needed.",
        found.more_acts,
        second=second,
        first=first,
    )


def _range(t: Text, found: VerdictView) -> str:
    if found.interval is None or found.difference is None:
        return ""
    return t(
        "Difference {difference}; 95% confidence interval from {low} to {high}.",
        difference=_signed(t, found.difference),
        low=_signed(t, found.interval.low),
        high=_signed(t, found.interval.high),
    )


def _signed(t: Text, value: float) -> str:
    """Three places below a tenth: rounded to two, a difference is not that of the scores beside it."""
    return t.signed(value, 3 if 0 < abs(value) < _SMALL else 2)


def figures(t: Text, found: EvaluationView, match: str) -> None:
    """F1 of each model with its interval, and what it was measured on."""
    cells = [
        layout.Figure(
            t.score(score.under(match).micro.f1), f1_label(t, score), interval(t, score.under(match).interval)
        )
        for score in found.scores
    ]
    gold = found.scores[0].under(match).micro.gold if found.scores else 0
    passages = t.n("{count} passage", "{count} passages", found.passages)
    cells.append(
        layout.Figure(
            t.number(gold),
            t.n("confirmed element in the test acts", "confirmed elements in the test acts", gold),
        )
    )
    cells.append(layout.Figure(t.number(found.acts), t.n("test act", "test acts", found.acts), passages))
    layout.figures_strip(cells, key="ev_figures")


def f1_label(t: Text, score: ModelScores) -> str:
    """What a figure is: F1 of which model."""
    if score.kind == "tuned":
        return t("F1 of {model}, fine-tuned", model=score.label)
    return t("F1 of {model}, base", model=score.label)


def interval(t: Text, found: Interval | None) -> str:
    """A confidence interval in words; empty where there is none."""
    if found is None:
        return ""
    return t("95% interval: {low} to {high}", low=t.score(found.low), high=t.score(found.high))


def notes(t: Text, found: EvaluationView) -> None:
    """What a reader must know to trust the figures."""
    if found.left_out:
        layout.remark(
            "info",
            t.n(
                "{count} test passage was left out because one of the models learned from its act.",
                "{count} test passages were left out because one of the models learned from their acts.",
                found.left_out,
            ),
        )
    for score in found.scores:
        if score.failed:
            layout.remark(
                "warn",
                t.n(
                    "{model}: {count} answer could not be used and counts as nothing found.",
                    "{model}: {count} answers could not be used and count as nothing found.",
                    score.failed,
                    model=score.label,
                ),
            )
        if score.unplaced:
            layout.remark(
                "info",
                t.n(
                    "{model}: {count} quote is not in the text and counts as wrong.",
                    "{model}: {count} quotes are not in the text and count as wrong.",
                    score.unplaced,
                    model=score.label,
                ),
            )


def by_type(t: Text, found: EvaluationView, match: str) -> None:
    """F1 of each type for each model, with precision and recall below it; rare types are marked."""
    columns = [Column(t("Type")), Column(t("Confirmed"), align="right", shrink=True)]
    columns += [Column(score.label, align="right") for score in found.scores]
    if len(found.scores) == 2:
        columns.append(Column(t("F1 difference"), align="right", shrink=True))
    rows = [_row(t, found, match, code) for code in TYPES]
    total = [score.under(match).micro for score in found.scores]
    rows.append(Row("all", [tables.strong(t("All types")), *_figures(t, total)]))
    tables.simple_table(t, "ev_types", columns, rows, label=t("Scores by element type"))
    layout.note(
        t(
            "* Fewer than {count} confirmed elements in the test acts, so the figures are uncertain.",
            count=FEW,
        )
    )


def _row(t: Text, found: EvaluationView, match: str, code: str) -> Row:
    counts = [score.under(match).by_type.get(code, Counts()) for score in found.scores]
    gold = counts[0].gold if counts else 0
    name = type_label(t, code)
    return Row(code, [f"{name} *" if gold < FEW else name, *_figures(t, counts)], faded=not gold)


def _figures(t: Text, counts: list[Counts]) -> list[tables.Cell]:
    cells: list[tables.Cell] = [t.number(counts[0].gold if counts else 0)]
    for one in counts:
        parts = t("{precision} / {recall}", precision=t.score(one.precision), recall=t.score(one.recall))
        cells.append(tables.stack(t.score(one.f1), parts))
    if len(counts) == 2:
        first, second = counts[0].f1, counts[1].f1
        cells.append(t.number(None) if first is None or second is None else _signed(t, second - first))
    return cells


def chart(t: Text, found: EvaluationView, match: str) -> None:
    """F1 by type, both models."""
    if len(found.scores) != 2:
        return
    first, second = (score.under(match).by_type for score in found.scores)
    shown = [code for code in TYPES if code in first or code in second]
    charts.f1_by_type(
        t,
        [
            charts.TypeScore(code, first.get(code, Counts()).f1, second.get(code, Counts()).f1)
            for code in shown
        ],
        key="ev_f1",
        models=(found.scores[0].label, found.scores[1].label),
    )


def speed(t: Text, found: EvaluationView) -> None:
    """How long an answer takes, and what all of them cost."""
    facts: list[str | tuple[str, str]] = []
    for score in found.scores:
        facts.append((t("{model}, median response time:", model=score.label), _latency(t, score.latency_ms)))
    facts.append((t("Spent on this evaluation:"), t.money(found.cost_micro / 1e6)))
    facts.append(t("Evaluated {when}", when=t.datetime(found.finished_at) if found.finished_at else EN_DASH))
    layout.meta_line(facts)


def _latency(t: Text, milliseconds: int) -> str:
    if milliseconds < 1000:
        return t("{count} ms", count=milliseconds)
    return t.duration(milliseconds / 1000)
