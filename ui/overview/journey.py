"""The checklist of the journey: what is done, what comes next, what it is for."""

from typing import NamedTuple

from services.overview.service import Counts, Step
from ui import layout
from ui.i18n import N_, Text


class Words(NamedTuple):
    """A step in words: its name, why it is done, the button that leads there."""

    title: str
    why: str
    button: str
    page: str
    icon: str


STEPS: dict[str, Words] = {
    "acts": Words(
        N_("Load acts"),
        N_("Open the samples or import your own files."),
        N_("Open Acts"),
        "pages/acts.py",
        "article",
    ),
    "extract": Words(
        N_("Extract elements"),
        N_("The model marks duties, rights, powers, time limits and other elements in an act."),
        N_("Choose an act"),
        "pages/acts.py",
        "ink_highlighter",
    ),
    "confirm": Words(
        N_("Confirm elements"),
        N_("Confirm what is right, edit or reject the rest: models learn only from what you confirm."),
        N_("Open Review"),
        "pages/review.py",
        "rate_review",
    ),
    "dataset": Words(
        N_("Freeze a dataset"),
        N_("Confirmed passages are divided by act into training, validation and test."),
        N_("Build a dataset"),
        "pages/datasets.py",
        "dataset",
    ),
    "tune": Words(
        N_("Fine-tune a model"),
        N_(
            "One click: the model learns from your confirmed elements while you watch its "
            "progress on a chart."
        ),
        N_("Open Fine-tuning"),
        "pages/fine_tuning.py",
        "model_training",
    ),
    "compare": Words(
        N_("Compare base and fine-tuned models"),
        N_("One text, two models side by side; what only one of them found is marked."),
        N_("Compare models"),
        "pages/playground.py",
        "compare",
    ),
    "evaluate": Words(
        N_("Evaluate on test acts"),
        N_("Precision, recall and F1 on acts that the model has not seen."),
        N_("Open Evaluation"),
        "pages/evaluation.py",
        "fact_check",
    ),
}


def draw(t: Text, steps: list[Step], counts: Counts) -> None:
    """The list of steps; what is done shows its figure."""
    figures = _figures(t, counts)
    layout.readiness_list(
        layout.Remark(
            {"done": "good", "next": "info"}.get(step.state, "muted"),  # type: ignore[arg-type]
            t(STEPS[step.name].title),
            figures[step.name] if step.state == "done" else t(STEPS[step.name].why),
        )
        for step in steps
    )


def _figures(t: Text, c: Counts) -> dict[str, str]:
    return {
        "acts": t.n("{count} act", "{count} acts", c.acts),
        "extract": t.n("{count} act processed", "{count} acts processed", c.processed),
        "confirm": t.n("{count} element confirmed", "{count} elements confirmed", c.confirmed),
        "dataset": t.n("{count} version frozen", "{count} versions frozen", c.datasets),
        "tune": t.n("{count} fine-tuned model", "{count} fine-tuned models", c.tuned_models),
        "compare": t.n("{count} comparison", "{count} comparisons", c.comparisons),
        "evaluate": t.n("{count} evaluation", "{count} evaluations", c.evaluations),
    }
