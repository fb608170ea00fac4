"""Track one example run in Weights & Biases, or offline where there is no key or no server.

Exit 0: the run is kept, on the server or on this computer; 2: the command was not understood.
"""

import argparse
import math
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.common import run_safely
from services.config import settings
from services.db import migrate
from services.tracking import environment, runs
from services.tracking.journal import RunState

_STEPS = 30


def main() -> int:
    """Log a loss that falls, close the run, say where it is."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    if environment.mode() == "off":
        print("Tracking is switched off (WANDB_ENABLED=false): nothing was recorded.")
        return 0
    migrate.upgrade()
    run_id = f"example-{int(time.time() * 1000):x}"
    run = runs.open_run(
        run_id,
        name="Example run",
        config={"purpose": "example", "steps": _STEPS, "start_loss": 2.0},
        tags=["norma", "example"],
        notes="An example of what a fine-tuning job leaves; the curve is a formula.",
        job_type="example",
    )
    for step in range(1, _STEPS + 1):
        run.log(step, {"train_loss": 2.0 * math.exp(-step / 10)})
    run.summary({"steps": _STEPS})
    _say(run.finish("succeeded"))
    return 0


def _say(state: RunState) -> None:
    if state.confirmed:
        print(f"The run is in Weights & Biases: {state.url}")
        return
    reason = state.error_code or (
        "no key is set" if not settings.WANDB_API_KEY else "it has not answered yet"
    )
    print(f"Weights & Biases was not reached ({reason}). Nothing is lost.")
    if state.directory:
        print(f"The run is on this computer: {state.directory}")
    print("It is sent by itself once a key is set and the server answers.")


if __name__ == "__main__":
    sys.exit(run_safely(main))
