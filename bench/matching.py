"""How fast names are matched, on one core, at 9,000, 100,000 and 1,000,000 parties, and beside what others use.

The lists are grown from real name parts (see `matching_stock`); queries are 40 % invented, 30 % exact
names, 30 % names with one slip. Every figure with a bound is printed beside it. Each step runs in a
process of its own (`matching_steps`, `matching_peers`), so that memory and open times are those of a
fresh process. UNDERLABEL_BENCH_MOST=100000 leaves out the longer lists.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from bench import matching_peers, matching_steps, matching_stock
from bench.matching_steps import Figures

SIZES: Final = (9_000, 100_000, 1_000_000)
MOST: Final = "UNDERLABEL_BENCH_MOST"
_TIMEOUT_S: Final = 900
_ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class StepError(Exception):
    """A step of the benchmark that did not end well; its text is the last thing it said."""


class MissingError(StepError):
    """A peer that is not installed; its text is the module's name."""


class Line(NamedTuple):
    """A figure, and the bound wanted of it where there is one."""

    text: str
    value: float
    digits: int = 0
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool:
        """Whether the figure keeps its bound."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def __str__(self) -> str:
        """The figure, and in brackets what is wanted; a bound that is not kept is marked."""
        shown = f"  {self.text:<58}{self.value:>13,.{self.digits}f}"
        if self.least is not None:
            shown += f"  (wanted: at least {self.least:,.6g})"
        if self.most is not None:
            shown += f"  (wanted: at most {self.most:,.6g})"
        return shown if self.met else f"{shown}  MISSED"


def main() -> int:
    """Print every figure; 1 where one misses its bound, or a step of ours failed."""
    most = int(os.environ.get(MOST, SIZES[-1]))
    source = (
        "real name parts" if os.environ.get(matching_stock.VARIABLE) else "made name parts: no real data is at hand"
    )
    print(f"matching, one core, lists grown from {source}; top {matching_steps.TOP}, default threshold, with reasons")
    print("  (rates per second of processor time; opening, single queries and whole commands by the clock)", flush=True)
    if os.getloadavg()[0] > (os.cpu_count() or 1):
        print(
            f"  (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores: what goes by the clock is too slow)",
            flush=True,
        )
    good = True
    rates: dict[int, float] = {}
    for size in (size for size in SIZES if size <= most):
        with tempfile.TemporaryDirectory() as folder:
            good &= _sound(_list, Path(folder), size, rates)
            if size == SIZES[0]:
                good &= _sound(_pairs, Path(folder), size)
                good &= _sound(_command, Path(folder), size)
                good &= _sound(_peers, Path(folder), size, rates.get(size, 0.0))
    if len(rates) > 1:
        last = max(rates)
        least = 1 / 8 if last == SIZES[-1] else None
        ratio = rates[last] / rates[SIZES[0]] if SIZES[0] in rates else 0.0
        good &= _told([Line(f"queries/s at {last:,} parties to those at {SIZES[0]:,}", ratio, 3, least=least)])
    return 0 if good else 1


def of_list(built: Figures, asked: Figures) -> list[Line]:
    """The lines of one list: its index, opening it, and asking it."""
    largest = asked["parties"] >= SIZES[-1]
    again = []
    if "build_again" in built:
        again = [Line("index build on forms made, names/s", built["build_again"], least=20_000)]
    return [
        Line("index build with analysis, names/s", built["build"], least=8_000),
        *again,
        Line("peak memory of the build, MiB", built["build_mib"]),
        Line("index on disk, bytes per name part", built["bytes"] / built["words"], 1, most=150),
        Line("open, ms", asked["open_ms"]),
        Line("open and first answer, ms", asked["first_ms"]),
        Line("memory of a fresh process that opened and answered, MiB", asked["rss_mib"], most=1_536),
        Line("  of it not shared with the index's files, MiB", asked["anonymous_mib"]),
        Line(f"{asked['singles']:.0f} single queries, p50, ms", asked["p50_ms"], 1),
        Line("  p99, ms", asked["p99_ms"], 1, most=20 if largest else None),
        Line(
            f"{asked['answered']:,.0f} queries in batches, queries/s", asked["rate"], least=1_000 if largest else None
        ),
        Line("  found of exact names, %", 100 * asked["exact"], 1),
        Line("  found of names with one slip, %", 100 * asked["slip"], 1),
        Line("  invented names with a hit, %", 100 * asked["invented"], 1),
        Line(f"  of {asked['hits']:,.0f} hits with reasons, %", 100 * asked["reasoned"], 1, least=100),
    ]


def of_peer(peer: str, ours: float, figures: Figures) -> list[Line]:
    """The lines of one peer, and how many times as fast ours is."""
    if peer == "nomenklatura":
        return [
            Line("nomenklatura blocker and logic-v2, queries/s", figures["rate_all"]),
            Line("  the blocker alone, queries/s", figures["blocker"]),
            Line("  candidates of a query", figures["candidates"], 1),
            Line("  logic-v2 alone, pairs/s", figures["scored"]),
            Line("  ours, times as fast", ours / figures["rate_all"], 1, least=100),
            Line(f"  with only its best {matching_steps.TOP} scored, queries/s", figures["rate"]),
            Line("  ours, times as fast", ours / figures["rate"], 1),
        ]
    text = {
        "rapidfuzz": "rapidfuzz over every name, words sorted before, queries/s",
        "trigrams": "trigram TF-IDF product and token-sort, queries/s",
    }
    return [Line(text[peer], figures["rate"]), Line("  ours, times as fast", ours / figures["rate"], 1)]


def _sound(part: Callable[..., bool], *given: object) -> bool:
    """Whether a part kept its bounds; one that failed says why, and the next goes on."""
    try:
        return part(*given)
    except StepError as error:
        print(f"  failed: {error}", flush=True)
        return False


def _list(folder: Path, size: int, rates: dict[int, float]) -> bool:
    asked = matching_stock.stock(size).queries(matching_steps.FIRST + matching_steps.QUERIES)
    (folder / "queries.json").write_text(json.dumps(asked), encoding="utf-8")
    built = step("matching_steps", "build", folder, size)
    print(f"{size:,} parties, {built['names']:,.0f} names, {built['words']:,.0f} name parts:", flush=True)
    figures = step("matching_steps", "ask", folder, size)
    rates[size] = figures["rate"]
    return _told(of_list(built, figures))


def _pairs(folder: Path, size: int) -> bool:
    figures = step("matching_steps", "pairs", folder, size)
    if not figures:
        print("  match.compare_all: not there yet")
        return False
    text = f"{figures['pairs']:,.0f} pairs scored, forms made, pairs/s"
    lines = [Line(text, figures["again"], least=200_000), Line("  with analysis, pairs/s", figures["first"])]
    return _told(lines)


def _command(folder: Path, size: int) -> bool:
    figures = step("matching_steps", "compare", folder, size)
    if not figures:
        print("  compare --pairs: not there yet")
        return False
    text = f"compare --pairs, {figures['file_pairs']:,.0f} pairs, whole command, pairs/s"
    return _told([Line(text, figures["file_rate"], least=5_000)])


def _peers(folder: Path, size: int, ours: float) -> bool:
    good = True
    for peer in matching_peers.PEERS:
        try:
            good &= _told(of_peer(peer, ours, step("matching_peers", peer, folder, size)))
        except MissingError as error:
            print(f"  {peer}: not compared, {error} is not installed (requirements-peers.lock)")
        except StepError as error:
            print(f"  {peer}: not compared, it failed: {error}")
    return good


def _told(lines: list[Line]) -> bool:
    for line in lines:
        print(line, flush=True)
    return all(line.met for line in lines)


def step(module: str, name: str, folder: Path, size: int) -> Figures:
    """The figures of one step, run in a fresh process. Errors: `MissingError`, `StepError`."""
    command = [sys.executable, "-m", f"bench.{module}", name, str(folder), str(size)]
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env=os.environ | _ONE_THREAD, timeout=_TIMEOUT_S
        )
    except subprocess.TimeoutExpired as error:
        raise StepError(f"{name} at {size:,} parties took longer than {_TIMEOUT_S} s") from error
    said = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    if done.returncode == matching_peers.MISSING:
        raise MissingError(said)
    if done.returncode:
        raise StepError(f"{name} at {size:,} parties: {said}")
    figures: Figures = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    raise SystemExit(main())
