"""What a long run leaves in memory goes back to the system."""

import platform
import subprocess
import sys

import pytest

from services.config import ROOT

SCATTERED = """
import psutil
from services.jobs import memory
def resident(): return psutil.Process().memory_info().rss / 1e6
memory.few_arenas()
taken = [bytes(1000) for _ in range(60_000)]
left = taken[::500]
del taken
full = resident()
memory.give_back()
assert len(left) == 120
print(full - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what is free in the middle")
def test_free_memory_between_blocks_in_use_goes_back_to_the_system() -> None:
    said = subprocess.run(
        [sys.executable, "-c", SCATTERED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert float(said.stdout) > 30
