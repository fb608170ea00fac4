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
    (re.compile(r"Files validated"), N_("The files are valid; the job is waiting in the queue.")),
    (re.compile(r"Fine-tuning job started"), N_("Training has started.")),
    (re.compile(r"Fine-tuning job restarted"), N_("The engine was restarted; training is starting over.")),
    (re.compile(r"Checkpoint created"), N_("An intermediate version of the model was saved.")),
    (re.compile(r"New fine-tuned model created"), N_("The new model is ready.")),
    (re.compile(r"The job has successfully completed"), N_("Training finished successfully.")),
    (re.compile(r"\d+ of \d+ quotes"), N_("Some quotes are not in their text and are left out of training.")),
    (re.compile(r".*cancel", re.IGNORECASE), N_("The job was stopped.")),
)
_SHOWN = 40


def draw(t: Text, job: FineTuningView) -> None:
    """The newest lines first. Providers tell whole seconds: within one, their lines follow ours."""
    lines = [*_providers(t, job.id), *_ours(t, job.id)]
    lines.sort(key=lambda line: line[0].replace(microsecond=0), reverse=True)
    rows = [
        Row(str(i), [tables.muted(t.time(when)), _badge(t, level), text])
        for i, (when, level, text) in enumerate(lines[:_SHOWN])
    ]
    columns = [
        Column(t("Time"), shrink=True),
        Column(t("Kind"), shrink=True, secondary=True),
        Column(t("Event")),
    ]
    tables.simple_table(t, "ft_events", columns, rows, label=t("Job events"), height=260)


def _badge(t: Text, level: str) -> Badge:
    if level in ("warn", "warning"):
        return Badge(t("Warning"), "warning", "warn")
    return Badge(t("Error"), "error", "bad") if level == "error" else Badge(t("Progress"), "info", "muted")


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
        reason = explain_code(t, str(data.get("error", "")), {}).title
        return t("The start was not confirmed ({reason}); checking whether the job exists.", reason=reason)
    if code == "second_stopped":
        return t("The provider had started the job twice; the second one was stopped.")
    if code == "provider_away":
        reason = explain_code(t, str(data.get("error", "")), {}).title
        return t("No response from the provider ({reason}). The job is safe; waiting.", reason=reason)
    if code == "provider_back":
        return t("The provider is responding again.")
    if code == "not_measured":
        reason = explain_code(t, str(data.get("error", "")), {}).title
        return t("The new model was not evaluated: {reason}.", reason=reason)
    if code == "resumed":
        return t("Monitoring of the job resumed after a restart.")
    return t("The provider did not confirm the stop.") if code == "cancel_unconfirmed" else ""
