"""Fine-tune a model on training files: checked and priced; uploaded and started with --upload.

Files that were written by `prepare_finetuning_data.py` are recognised, and the finished model is measured
on their dataset's test acts. Exit 0: done; 1: a check forbids it, or the job failed; 2: not understood.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.common import check_line, progress_line, run_safely
from services.datasets import files
from services.db import migrate
from services.evaluation import service as evaluation
from services.fine_tuning import targets
from services.fine_tuning.service import FineTuningService
from services.fine_tuning.views import FineTuningView, Preflight
from services.jobs import service as jobs
from services.jobs import supervisor
from services.llm import provider

_YEAR = 365 * 86_400.0
_ENGINE_SECONDS = 30.0


def main() -> int:
    """Check, then launch, then watch, as far as asked."""
    arguments = _arguments()
    options = arguments.parse_args()
    for path in (options.training_file, options.validation_file):
        if path is not None and not path.is_file():
            arguments.error(f"no such file: {path}")
    migrate.upgrade()
    model = options.base_model or provider.current().default_model
    validation = options.validation_file.read_bytes() if options.validation_file else b""
    embedded = targets.is_embedded(model)
    with supervisor.temporary(engine=embedded):
        if embedded:
            _await_engine()
        dataset = files.import_jsonl(
            options.training_file.stem, options.training_file.read_bytes(), validation
        )
        return _go(options, dataset.id, model)


def _go(options: argparse.Namespace, dataset_id: int, model: str) -> int:
    service = FineTuningService()
    found = service.preflight(dataset_id, model)
    _report(found)
    if not found.ready or not options.upload:
        return int(not found.ready)
    job = service.launch(dataset_id, model, suffix=options.suffix)
    print(f"job {job.id}", flush=True)
    if not options.monitor and not job.embedded:
        return _outcome(_until_submitted(service, job.id))
    jobs.wait(job.id, seconds=_YEAR, watch=progress_line if options.monitor else None)
    return _outcome(service.get_fine_tune_status(job.id))


def _until_submitted(service: FineTuningService, job_id: str) -> FineTuningView:
    """Long enough for the provider to have the job; it goes on there, and the application watches it."""
    while (job := service.get_fine_tune_status(job_id)).alive and not job.provider_job_id:
        time.sleep(0.2)
    return job


def _await_engine() -> None:
    """It has just been started; where it does not come up, the readiness check says so."""
    until = time.monotonic() + _ENGINE_SECONDS
    while not supervisor.engine_alive() and time.monotonic() < until:
        time.sleep(0.2)


def _arguments() -> argparse.ArgumentParser:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--training-file", required=True, type=Path)
    arguments.add_argument("--validation-file", type=Path)
    arguments.add_argument("--upload", action="store_true", help="upload the files and start the job")
    arguments.add_argument("--base-model", help="model to start from; default: the provider's")
    arguments.add_argument("--suffix", default="norma", help="part of the new model's name")
    arguments.add_argument("--monitor", action="store_true", help="wait for the end and tell how it goes")
    return arguments


def _report(found: Preflight) -> None:
    for item in found.items:
        print(check_line(item))
    if found.estimate and found.estimate.known:
        print(f"price: {found.estimate.low:.2f} to {found.estimate.high:.2f} USD")


def _outcome(job: FineTuningView) -> int:
    print(f"\n{job.status}: {job.fine_tuned_model or job.error_code or job.provider_job_id}")
    if job.trained_tokens:
        print(f"{job.label}: {job.trained_tokens} tokens, {(job.cost_micro or 0) / 1e6:.2f} USD")
    if job.status == "succeeded":
        _measured(job)
    return int(job.status in ("failed", "cancelled"))


def _measured(job: FineTuningView) -> None:
    """F1 of base and new model, where an evaluation followed."""
    found = evaluation.of_pair(job.dataset_id, [job.base_model, job.fine_tuned_model or ""])
    if found is None:
        return
    jobs.wait(found.job_id, seconds=_YEAR)
    for score in evaluation.get(found.id).scores:
        exact, overlap = score.exact.micro.f1 or 0.0, score.iou.micro.f1 or 0.0
        print(f"F1 of {score.label}: {exact:.3f} exact, {overlap:.3f} by overlap")


if __name__ == "__main__":
    sys.exit(run_safely(main))
