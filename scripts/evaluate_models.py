"""Measure models on the test acts of a dataset: precision, recall and F1 by type, and the verdict.

The first model is compared with the last. Answers that are stored already are not asked for again.
Exit 0: done; 1: some passages have no usable answer, or the evaluation ended early; 2: not understood.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.common import progress_line, run_safely
from services.datasets import service as datasets
from services.db import migrate
from services.evaluation import service as evaluation
from services.evaluation.errors import NothingToTestError
from services.evaluation.metrics import Counts
from services.evaluation.statistics import Interval, wilson
from services.evaluation.views import EvaluationView, ModelScores
from services.fine_tuning import registry, targets
from services.jobs import service as jobs
from services.jobs import supervisor

_YEAR = 365 * 86_400.0


def main() -> int:
    """Parse the command line, run one evaluation, report its figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--dataset", type=_dataset, metavar="ID|latest", help="default: the newest with test acts"
    )
    arguments.add_argument("--models", nargs="+", metavar="M", help="default: the base and the newest tuned")
    arguments.add_argument("--match", choices=("exact", "iou"), default="exact", help="when one is found")
    arguments.add_argument("--budget", type=float, metavar="USD", help="stop when this is spent")
    options = arguments.parse_args()
    migrate.upgrade()
    dataset, models = options.dataset or _newest(), options.models or _pair()
    with supervisor.temporary(engine=any(map(targets.is_embedded, models))):
        budget = None if options.budget is None else round(options.budget * 1e6)
        started = evaluation.start(dataset, models, budget)
        jobs.wait(started.job_id, seconds=_YEAR, watch=progress_line)
        return _report(evaluation.get(started.id), options.match)


def _dataset(text: str) -> int | None:
    return None if text == "latest" else int(text)


def _newest() -> int:
    tested = [d.id for d in datasets.list_versions() if d.splits["test"].passages]
    if not tested:
        raise NothingToTestError(left_out=0)
    return tested[0]


def _pair() -> list[str]:
    tuned = registry.newest_tuned()
    return [registry.base().name, *([tuned.name] if tuned else [])]


def _report(found: EvaluationView, match: str) -> int:
    measured = f"{found.passages} passages of {found.acts} acts, {found.cost_micro / 1e6:.4f} USD"
    print(f"\n{found.status}: dataset {found.dataset_id}, {measured}")
    if found.left_out:
        print(f"{found.left_out} passages left out: a model learned from their acts")
    for score in found.scores:
        _figures(score, match)
    if match in found.verdicts:
        print(_verdict(found, match))
    if found.error_code:
        print(f"reason: {_reason(found)}", file=sys.stderr)
    return int(found.status != "succeeded" or any(score.failed for score in found.scores))


def _figures(score: ModelScores, match: str) -> None:
    """A line a type, the whole last; ranges are 95 % intervals, that of F1 drawn over acts."""
    scores = score.under(match)
    troubles = f"{score.failed} passages without a usable answer, {score.unplaced} quotes not found"
    print(f"\n{score.name}: {troubles}")
    print(f"{'type':<16}{'precision':<24}{'recall':<24}F1")
    for code, counts in scores.by_type.items():
        print(_line(code, counts))
    print(_line("all", scores.micro, scores.interval))


def _line(name: str, counts: Counts, interval: Interval | None = None) -> str:
    precision = _share(counts.precision, wilson(counts.found, counts.predicted))
    recall = _share(counts.recall, wilson(counts.found, counts.gold))
    return f"{name:<16}{precision:<24}{recall:<24}{_share(counts.f1, interval)}".rstrip()


def _share(value: float | None, interval: Interval | None) -> str:
    shown = "-" if value is None else f"{value:.3f}"
    return f"{shown} [{interval.low:.3f}, {interval.high:.3f}]" if interval else shown


def _verdict(found: EvaluationView, match: str) -> str:
    """The sentence the application shows, in English."""
    from ui.evaluation.result import verdict_words  # loaded late: the interface's libraries take a second
    from ui.i18n import Text

    tuned = found.scores[0].kind == "base" and found.scores[-1].kind == "tuned"
    _, sentence, second = verdict_words(Text("en"), found.verdicts[match], tuned)
    return f"\n{sentence} {second}".rstrip()


def _reason(found: EvaluationView) -> str:
    from ui.errors import explain_code
    from ui.i18n import Text

    words = explain_code(Text("en"), found.error_code or "", found.error_data)
    return f"{words.title}. {words.text} {words.next_step}".rstrip() + f" [{found.error_code}]"


if __name__ == "__main__":
    sys.exit(run_safely(main))
