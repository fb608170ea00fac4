"""Extract legal elements from the acts that were not processed yet, and wait for the end.

`--nreg N…` takes these acts instead, processed or not: identifiers, printed numbers or links of the Rada's
pages, in the newest edition that is here or in the one that a link names.
Exit 0: done; 1: some passages have no usable answer, an act is not here, or the run was stopped; 2: not
understood.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.common import in_words, positive, progress_line, run_safely
from services.acts import editions
from services.acts import service as acts
from services.acts.rada import lists, numbers
from services.acts.rada.errors import RadaError
from services.acts.rada.numbers import Wanted
from services.db import migrate
from services.extraction import service as extraction
from services.jobs import service as jobs
from services.jobs import supervisor
from services.llm import provider


def main() -> int:
    """Parse the command line, choose the acts, extract from them."""
    options = _options()
    migrate.upgrade()
    ids, missing = _chosen(options.nreg) if options.nreg else (acts.ids(processed=False), [])
    for number in missing:
        print(f"{number}: not here; import it with scripts/import_acts.py --nreg", file=sys.stderr)
    ids = ids[: options.limit]
    if not ids:
        print("Nothing to do." if options.nreg else "Nothing to do: every act is processed.")
        return int(bool(missing))
    return max(_extract(ids, options), int(bool(missing)))


def _options() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--nreg", nargs="+", default=[], metavar="N", help="only acts with these numbers")
    arguments.add_argument("--model", help="model to use; default: the active one")
    arguments.add_argument("--limit", type=positive, help="at most so many acts")
    arguments.add_argument("--concurrency", type=positive, help="model calls at once")
    arguments.add_argument("--budget", type=float, metavar="USD", help="stop when this is spent")
    arguments.add_argument(
        "--batch", action="store_true", help="through the provider's batch service: half the price, slower"
    )
    options = arguments.parse_args()
    try:
        options.nreg = [
            act for typed in lists.several("\n".join(options.nreg)) for act in numbers.acts(typed)
        ]
    except RadaError as problem:
        arguments.error(in_words(problem))
    return options


def _chosen(wanted: Iterable[Wanted]) -> tuple[list[int], list[str]]:
    """The ids of the acts that are here, and the numbers of those that are not."""
    found = {act: editions.newest(act.number, act.edition) for act in wanted}
    ids = dict.fromkeys(act_id for act_id in found.values() if act_id is not None)
    return list(ids), [act.number for act, act_id in found.items() if act_id is None]


def _extract(ids: list[int], options: argparse.Namespace) -> int:
    """Run one extraction job and report it; its exit code."""
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
