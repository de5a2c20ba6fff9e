"""Whether a score means what it says, and how well pairs are told apart beside the peers, on the held-out pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from evals import matching_peers as peers
from evals.matching_bodies import group
from evals.matching_figures import Floats, area, best_f1, calibration, f1
from evals.matching_pairs import Pair, pairs
from underlabel import match
from underlabel.model import Hit, Query

_SAMPLE: Final = 30_000
_PEERS: Final = 10_000
BETWEEN: Final = (0.05, 0.95)


class Told(NamedTuple):
    """How well one tool tells the pairs of one group apart."""

    tool: str
    group: str
    area: float
    best: float


class Calibrated(NamedTuple):
    """Expected calibration error, and over how many pairs."""

    error: float
    pairs: int


def compared(asked: Sequence[tuple[Query, Query]]) -> list[Hit]:
    """Our hits for pairs: all at once where the matcher can, else one by one."""
    at_once: Callable[[Sequence[tuple[Query, Query]]], list[Hit]] | None = getattr(match, "compare_all", None)
    return at_once(asked) if at_once else [match.compare(left, right) for left, right in asked]


def scores(folder: Path) -> tuple[Calibrated, list[Told]]:
    """Print and give calibration and the areas under the curves."""
    held = pairs(folder, "held-out")[:_SAMPLE]
    ours = np.array([hit.score for hit in compared([(one.left, one.right) for one in held])], dtype=np.float64)
    return _calibrated(held, ours), _told(held[:_PEERS], ours[:_PEERS])


def _calibrated(held: Sequence[Pair], ours: Floats) -> Calibrated:
    same = _same(held)
    low, high = BETWEEN
    inside = (ours >= low) & (ours <= high)
    error, table = calibration(ours[inside], same[inside])
    print(
        f"calibration: {len(held):,} held-out pairs, {same.mean():.1%} of them one body; {inside.sum():,} scored "
        f"{low} to {high}, {same[inside].mean():.1%} of them one body"
    )
    print(f"  expected calibration error {error:.4f} in {len(table)} bins of equal mass")
    print("  said    so      pairs")
    for one in table:
        print(f"  {one.said:.3f}   {one.so:.3f}   {one.pairs:,}")
    return Calibrated(error, int(inside.sum()))


def _told(held: Sequence[Pair], ours: Floats) -> list[Told]:
    asked = [(one.left, one.right) for one in held]
    given: dict[str, Any] = {"ours": ours}
    if not peers.missing():
        given["logic-v2"] = peers.logic_v2(asked)
    given |= {"WRatio": peers.w_ratio(asked), "token_sort": peers.token_sort(asked)}
    same = _same(held)
    unlike = np.array([one.source.endswith("unlike") for one in held])
    groups = np.array([group(one.right.schema) for one in held])
    made = []
    print(f"pairs told apart: {len(held):,} held-out pairs; ours at its default threshold {match.DEFAULT_THRESHOLD}")
    print("                              ROC area   best F1   at       F1 at default")
    for name, among in (
        ("all", np.full(len(held), fill_value=True)),
        ("all that share something", ~unlike),
        ("person", groups == "person"),
        ("organisation", groups == "organisation"),
    ):
        print(f"  {name}, {among.sum():,} pairs")
        for tool, score in given.items():
            best, least = best_f1(score[among], same[among])
            default = f"{f1(ours[among], same[among], match.DEFAULT_THRESHOLD):.4f}" if tool == "ours" else ""
            made.append(Told(tool, name, area(score[among], same[among]), best))
            print(f"    {tool:<24}  {made[-1].area:.4f}     {best:.4f}    {least:<8.3f} {default}")
    return made


def _same(held: Sequence[Pair]) -> Any:  # noqa: ANN401 - an array of truths
    return np.array([one.same for one in held], dtype=bool)
