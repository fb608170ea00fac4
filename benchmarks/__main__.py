"""Run every benchmark: `python -m benchmarks`."""

import importlib
import pkgutil
from pathlib import Path


def main() -> None:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        measure = getattr(importlib.import_module(f"benchmarks.{module.name}"), "main", None)
        if measure and module.name != "__main__":
            measure()


if __name__ == "__main__":
    main()
