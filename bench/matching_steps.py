"""What is measured of one list, each step in a process of its own.

Run as `python -m bench.matching_steps STEP FOLDER PARTIES`. Each prints its figures as one JSON
object. The process keeps to one core, and arithmetic libraries to one thread: `bench.matching` sets
their variables, which are read as numpy is loaded. Rates are per second of processor time, which
neighbours on the machine change little; opening, single queries and whole commands go by the clock.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from bench import matching_stock
from underlabel import match
from underlabel.model import Found, Query

QUERIES: Final = 3_000
SINGLE: Final = 300
TOP: Final = 25
BATCH: Final = 1_000
_FIRST_BATCH: Final = 50
PAIRS: Final = 20_000
FILE_PAIRS: Final = 20_000
BATCH_S: Final = 40.0
SINGLE_S: Final = 40.0
_WARM: Final = 50
FIRST: Final = _WARM + SINGLE
"""Queries asked before those in batches."""
_AGAIN: Final = 9_000
"""Lists up to this size are built twice: the forms of their names are still held."""
Figures = dict[str, float]


def one_core() -> None:
    """Keep this process, and those it starts, to one core where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def built(folder: Path, parties: int) -> Figures:
    """Build and save the index; the time to make up the list is measured alone and taken off."""
    stock = matching_stock.stock(parties)
    began = time.process_time()
    counted = words = 0
    for row in stock.rows():
        counted += 1
        words += row[1].count(" ") + 1
    making = time.process_time() - began
    analysed = _build_s(stock, folder) - making
    found = {"names": counted, "words": words, "build": counted / analysed, "build_mib": _memory("VmHWM")}
    if parties <= _AGAIN:
        found["build_again"] = counted / (_build_s(stock, None) - making)
    found["bytes"] = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    return found


def asked(folder: Path, parties: int) -> Figures:
    """Open the index in this fresh process and answer: singly, then in batches."""
    given = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    queries = [Query(name, schema) for name, schema, _, _ in given]
    began = time.perf_counter()
    index = match.load(folder / "index")
    opened = time.perf_counter() - began
    match.find(index, queries[:1], top=TOP)
    first = time.perf_counter() - began
    match.find(index, queries[1:_WARM], top=TOP)
    singles = _singly(index, queries[_WARM:FIRST])
    rate, answers = _batched(index, queries[FIRST:])
    whats = [(what, party) for _, _, what, party in given[FIRST:]]
    return {
        "parties": parties,
        "open_ms": opened * 1000,
        "first_ms": first * 1000,
        "p50_ms": statistics.median(singles) * 1000,
        "p99_ms": statistics.quantiles(singles, n=100)[98] * 1000 if len(singles) > 1 else singles[0] * 1000,
        "singles": len(singles),
        "rate": rate,
        "answered": len(answers),
        "rss_mib": _memory("VmHWM"),
        "anonymous_mib": _memory("RssAnon"),
        **_quality(answers, whats),
    }


def pairs(_: Path, parties: int) -> Figures:
    """Score pairs: with the forms of their names to be made, and with forms already made."""
    given = [(Query(a, schema), Query(b, schema)) for a, b, schema in matching_stock.stock(parties).pairs(PAIRS)]
    began = time.process_time()
    first, second = (match.prepared(side) for side in zip(*given, strict=True))
    match.scores(first, second)
    whole = time.process_time() - began
    took = []
    for _again in range(5):
        began = time.process_time()
        match.scores(first, second)
        took.append(time.process_time() - began)
    return {"pairs": len(given), "first": len(given) / whole, "again": len(given) / min(took)}


def command(folder: Path, parties: int) -> Figures:
    """`underlabel compare --pairs`, start to end; nothing where it is not there yet. Errors: its own last words."""
    compare = [sys.executable, "-c", "import sys; from underlabel.cli import main; sys.exit(main())", "compare"]
    home = os.environ | {"UNDERLABEL_HOME": str(folder)}
    helped = subprocess.run([*compare, "--help"], check=False, capture_output=True, text=True, env=home)
    if helped.returncode or "--pairs" not in helped.stdout:
        return {}
    given = matching_stock.stock(parties).pairs(FILE_PAIRS)
    path = folder / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("name1", "name2", "schema"))
        writer.writerows(given)
    asked = [*compare, "--pairs", str(path), "-o", str(folder / "scored.csv")]
    began = time.perf_counter()
    done = subprocess.run(asked, check=False, capture_output=True, text=True, env=home)
    took = time.perf_counter() - began
    if not (folder / "scored.csv").exists():
        sys.exit(f"compare wrote nothing, exit code {done.returncode}: {' '.join(done.stderr.split())[-200:]}")
    return {"file_pairs": len(given), "file_rate": len(given) / took}


def _build_s(stock: matching_stock.Stock, folder: Path | None) -> float:
    began = time.process_time()
    index = match.build(stock.rows(), stock.identifiers())
    took = time.process_time() - began
    if folder is not None:
        index.save(folder / "index")
    return took


def _singly(index: match.Index, queries: list[Query]) -> list[float]:
    """Seconds of each query by itself; fewer queries where they take too long together."""
    took: list[float] = []
    for query in queries:
        began = time.perf_counter()
        match.find(index, [query], top=TOP)
        took.append(time.perf_counter() - began)
        if sum(took) > SINGLE_S:
            break
    return took


def _batched(index: match.Index, queries: list[Query]) -> tuple[float, list[Found]]:
    """Queries a second, and the answers; small batches, and not all, where they take too long."""
    answers: list[Found] = []
    size = _FIRST_BATCH
    began = time.process_time()
    took = 0.0
    while len(answers) < len(queries) and took < BATCH_S:
        answers += match.find(index, queries[len(answers) : len(answers) + size], top=TOP)
        took = time.process_time() - began
        # A batch is to take no more than a tenth of the time there is.
        size = max(1, min(BATCH, int(len(answers) / took * BATCH_S / 10)))
    return len(answers) / took, answers


def _quality(answers: Iterable[Found], whats: list[tuple[str, str]]) -> Figures:
    """Shares found of each sort of query, and of hits that carry reasons: speed is not bought by misses."""
    found: dict[str, list[bool]] = {"invented": [], "exact": [], "slip": []}
    hits = reasoned = 0
    for answer, (what, party) in zip(answers, whats, strict=False):
        met = (hit.party == party or hit.similarity == 1 for hit in answer.hits)
        found[what].append(bool(answer.hits) if what == "invented" else any(met))
        hits += len(answer.hits)
        reasoned += sum(bool(hit.reasons) for hit in answer.hits)
    shares = {what: sum(values) / max(1, len(values)) for what, values in found.items()}
    return shares | {"hits": hits, "reasoned": reasoned / max(1, hits)}


def _memory(field: str) -> float:
    """MiB of this process, by the system's own word; the peak of the process where it has none."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(f"{field}:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


_STEPS: Final[dict[str, Callable[[Path, int], Figures]]] = {
    "build": built,
    "ask": asked,
    "pairs": pairs,
    "compare": command,
}

if __name__ == "__main__":
    one_core()
    print(json.dumps(_STEPS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
