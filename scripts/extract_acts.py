"""Extract legal elements from the acts that were not processed yet, and wait for the end.

Exit 0: done; 1: some passages have no usable answer, or the run was stopped; 2: not understood.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.common import positive, progress_line, run_safely
from services.acts import service as acts
from services.db import migrate
from services.extraction import service as extraction
from services.jobs import service as jobs
from services.jobs import supervisor
from services.llm import provider


def main() -> int:
    """Parse the command line, run one extraction job, report it in one line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", help="model to use; default: the active one")
    arguments.add_argument("--limit", type=positive, help="at most so many acts")
    arguments.add_argument("--concurrency", type=positive, help="model calls at once")
    arguments.add_argument("--budget", type=float, metavar="USD", help="stop when this is spent")
    arguments.add_argument(
        "--batch", action="store_true", help="through the provider's batch service: half the price, slower"
    )
    options = arguments.parse_args()
    migrate.upgrade()
    ids = acts.ids(processed=False)[: options.limit]
    if not ids:
        print("Nothing to do: every act is processed.")
        return 0
    with supervisor.temporary(engine=provider.current().embedded):
        submitted = extraction.start(
            ids,
            options.model,
            concurrency=options.concurrency,
            budget_usd=options.budget,
            batch=options.batch,
        )
        job = jobs.wait(submitted.job_id, seconds=10**9, interval=0.1, watch=progress_line)
    result = job.result
    print(f"\n{job.status}: {result.get('acts', 0)} acts, {result.get('passages', 0)} passages,", end=" ")
    print(f"{result.get('changes', {}).get('added', 0)} new elements, {job.cost_micro / 1e6:.4f} USD")
    if job.error_code:
        print(f"reason: {job.error_code}", file=sys.stderr)
    for passage in extraction.failed_passages(submitted.job_id, limit=20):
        where = f"act {passage.act_id} {passage.address}".strip()
        print(f"no usable answer: {where}: {passage.outcome}", file=sys.stderr)
    troubles = (result.get("failed"), result.get("unusable"), result.get("stopped"))
    return int(job.status != "succeeded" or any(troubles))


if __name__ == "__main__":
    sys.exit(run_safely(main))
