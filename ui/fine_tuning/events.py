"""What happened to a job, in words: our own remarks and the provider's, by time."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.fine_tuning.service import FineTuningService
from services.fine_tuning.views import FineTuningView
from services.jobs import service as jobs
from ui import tables
from ui.datasets.checks import SPLITS
from ui.elements import Badge
from ui.errors import explain_code
from ui.i18n import N_, Text
from ui.tables import Column, Row

# What providers write is English prose; these are the lines known to be written, by their beginnings.
_SAID = (
    (re.compile(r"Created fine-tuning job"), N_("The job was created at the provider.")),
    (re.compile(r"Validating training file"), N_("The training file is being checked.")),
    (re.compile(r"Validating validation file"), N_("The validation file is being checked.")),
    (re.compile(r"Files validated"), N_("The files are in order; the job waits for its turn.")),
    (re.compile(r"Fine-tuning job started"), N_("Training has begun.")),
    (re.compile(r"Fine-tuning job restarted"), N_("The engine was restarted; training begins again.")),
    (re.compile(r"Checkpoint created"), N_("An intermediate state of the model was saved.")),
    (re.compile(r"New fine-tuned model created"), N_("The new model was made.")),
    (re.compile(r"The job has successfully completed"), N_("Training has ended well.")),
    (re.compile(r"\d+ of \d+ quotes"), N_("Some quotes do not stand in their text and are not learned.")),
    (re.compile(r".*cancel", re.IGNORECASE), N_("The job was stopped.")),
)
_SHOWN = 40


def draw(t: Text, job: FineTuningView) -> None:
    """The newest lines first."""
    lines = sorted([*_ours(t, job.id), *_providers(t, job.id)], key=lambda line: line[0], reverse=True)
    rows = [
        Row(str(i), [tables.muted(t.time(when)), _badge(t, level), text])
        for i, (when, level, text) in enumerate(lines[:_SHOWN])
    ]
    columns = [
        Column(t("Time"), shrink=True),
        Column(t("Kind"), shrink=True, secondary=True),
        Column(t("Event")),
    ]
    tables.simple_table(t, "ft_events", columns, rows, label=t("Events of the job"), height=260)


def _badge(t: Text, level: str) -> Badge:
    if level in ("warn", "warning"):
        return Badge(t("Attention"), "warning", "warn")
    return Badge(t("Error"), "error", "bad") if level == "error" else Badge(t("Course"), "info", "muted")


def _providers(t: Text, job_id: str) -> list[tuple[datetime, str, str]]:
    found = []
    for event in FineTuningService().events(job_id, 200):
        words = next((words for pattern, words in _SAID if pattern.match(event.message)), None)
        if event.type != "metrics" and words is not None:
            found.append((event.created_at, event.level, t(words)))
    return found


def _ours(t: Text, job_id: str) -> list[tuple[datetime, str, str]]:
    found = []
    for event in jobs.events(job_id):
        words = _own_words(t, event.code, event.data)
        if words:
            found.append((event.created_at, event.level, words))
    return found


def _own_words(t: Text, code: str, data: Mapping[str, Any]) -> str:
    if code == "uploaded":
        part = SPLITS[data["split"]]
        return t("File sent: {part}, {size}.", part=t(part), size=t.size(data["bytes"]))
    if code == "submitted":
        return t("The provider accepted the job: {id}.", id=data["provider_job_id"])
    if code == "found_again":
        return t("The job was found at the provider; no second one was started.")
    if code == "create_in_doubt":
        return t("The answer to the start was lost; looking whether the job is there.")
    if code == "provider_away":
        reason = explain_code(t, str(data.get("error", "")), {}).title
        return t("No answer from the provider ({reason}). The job is safe; waiting.", reason=reason)
    if code == "provider_back":
        return t("The provider answers again.")
    if code == "not_measured":
        reason = explain_code(t, str(data.get("error", "")), {}).title
        return t("The new model was not measured: {reason}.", reason=reason)
    if code == "resumed":
        return t("Watching was taken up again after a restart.")
    return t("The stop was not confirmed by the provider.") if code == "cancel_unconfirmed" else ""
