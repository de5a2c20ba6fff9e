"""Building one snapshot from every list file of the real data, and opening it; needs UNDERLABEL_TEST_DATA.

The build is compared with merely parsing the same files by the standard library, the opening with reading the
snapshot's tables whole. Each is measured in a process of its own, with its peak memory.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import fromstring

from evals.files import VARIABLE, given, small
from underlabel import lists, world
from underlabel.model import Party

BUILD_S: Final = 60.0
BUILD_MIB: Final = 1536.0
OPEN_MS: Final = 150.0
_RUNS: Final = 5


def main() -> int:
    """Print the figures; 1 where one is over its bound."""
    if not os.environ.get(VARIABLE):
        print(f"snapshots: skipped, {VARIABLE} is not set")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        parsed = _told("parse", folder)
        built = _told("build", folder)
        opened = min((_told("open", folder) for _ in range(_RUNS)), key=lambda one: one["ms"])
    print(
        f"a snapshot of every list file in the real data: {built['records']:,.0f} records of {built['files']:.0f} files"
    )
    print(f"  {built['rows']:,.0f} rows, {built['parties']:,.0f} parties")
    print(f"  read and built in {built['s']:.1f} s (bound {BUILD_S:.0f})")
    print(f"  peak {built['mib']:.0f} MiB (bound {BUILD_MIB:.0f})")
    print(f"  {built['s'] / parsed['s']:.1f} times as long as parsing the files alone ({parsed['s']:.1f} s)")
    print(f"  opened, with one name found and its party told, in {opened['ms']:.0f} ms (bound {OPEN_MS:.0f})")
    print(f"  reading its parties whole takes {opened['whole_ms'] / opened['ms']:.1f} times that")
    return int(built["s"] > BUILD_S or built["mib"] > BUILD_MIB or opened["ms"] > OPEN_MS)


def build(folder: Path) -> dict[str, float]:
    """Read every file and build one snapshot."""
    began = time.perf_counter()
    records, editions, files = 0, [], 0
    for one in given(Path(os.environ[VARIABLE])):
        facts, tallies = lists.read_accounted(one.path, one.list, one.day, accept_small=small(one))
        records += sum(tally.records for tally in tallies)
        files += len(tallies)
        editions.append(facts)
    snapshot = world.add(world.home(folder), editions, accept=True)
    rows = snapshot.manifest.rows
    return {
        "s": time.perf_counter() - began,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "records": records,
        "files": files,
        "rows": sum(rows.values()),
        "parties": rows["party"],
    }


def opened(folder: Path) -> dict[str, float]:
    """Open the snapshot, search a name and tell its party; then read the parties whole."""
    began = time.perf_counter()
    held = world.open_world(world.home(folder))
    held.index.rows_of("hikvision")
    told = held.parties["hikvision"], held.listings["hikvision"]
    ms = (time.perf_counter() - began) * 1000
    began = time.perf_counter()
    whole = held.snapshot.rows(Party)
    return {"ms": ms, "whole_ms": (time.perf_counter() - began) * 1000, "parties": len(whole), "listings": len(told[1])}


def parse(_: Path) -> dict[str, float]:
    """Parse the same files by the standard library, and keep nothing."""
    began = time.perf_counter()
    folder = Path(os.environ[VARIABLE]) / "lists"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        name = path.name.removesuffix(".gz")
        if name.endswith(".json"):
            json.loads(content)
        elif name.endswith(".xml") and "2025-08-16" not in name:
            fromstring(content)  # noqa: S314 - the files are at hand and known
        else:
            list(csv.reader(content.decode("latin-1").splitlines()))
    return {"s": time.perf_counter() - began}


_STEPS: Final[dict[str, Callable[[Path], dict[str, float]]]] = {"parse": parse, "build": build, "open": opened}


def _told(step: str, folder: str) -> dict[str, float]:
    """One step in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.snapshots", step, folder], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_STEPS[sys.argv[1]](Path(sys.argv[2]))))
    else:
        sys.exit(main())
