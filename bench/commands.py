"""How long whole commands take: `--help` warm beside a bare interpreter, and the demo after set-up."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

RUNS = 9
HELP_MS = 200
DEMO_S = 60


def seconds(command: Sequence[str], folder: str, runs: int) -> list[float]:
    """Wall seconds of whole runs, after one that warms the caches."""
    times = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        subprocess.run(
            command, cwd=folder, check=True, capture_output=True, env=os.environ | {"UNDERLABEL_HOME": folder}
        )
        times.append(time.perf_counter() - began)
    return times[1:] if runs > 1 else times[:1]


def main() -> int:
    """Print the figures; 1 where one is over its bound."""
    underlabel = str(Path(sys.executable).with_name("underlabel"))
    with tempfile.TemporaryDirectory() as folder:
        bare = statistics.median(seconds([sys.executable, "-c", "pass"], folder, RUNS)) * 1000
        helped = statistics.median(seconds([underlabel, "--help"], folder, RUNS)) * 1000
        demo = seconds([underlabel, "demo"], folder, 1)[0]
    print(
        f"underlabel --help: median {helped:.0f} ms of {RUNS} warm runs (bound {HELP_MS}); bare python {bare:.0f} ms,"
    )
    print(f"  ratio {helped / bare:.1f}")
    print(f"underlabel demo, from an empty home: {demo:.1f} s (bound {DEMO_S})")
    return 0 if helped <= HELP_MS and demo <= DEMO_S else 1


if __name__ == "__main__":
    raise SystemExit(main())
