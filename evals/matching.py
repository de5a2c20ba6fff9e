"""How well names are matched, on bodies that were not used to fit the matcher; the peers beside it.

Run by `make eval`. Everything is seeded: two runs print the same figures. See `matching_bodies.py` for the
split, `matching_pairs.py` for the labelled pairs, `matching_slips.py` for the slips and
`matching_invented.py` for names that are on no list.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from evals import matching_invented, matching_peers
from evals.matching_bodies import VARIABLE, bodies, folder
from evals.matching_listed import Listed
from evals.matching_recall import Recall, left_out, published
from evals.matching_scores import Calibrated, Told, scores
from evals.matching_screening import Screened, screening

_FLOORS: Final[dict[str, Any]] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
Figure = tuple[str, str, float]


def main() -> int:
    """Print the figures; 1 if a figure is past its floor in `floors.json`, or the data is missing."""
    data = folder()
    if data is None:
        sys.stderr.write(f"error: the real data is not there\nhint: set {VARIABLE}\n")
        return 1
    skipped = sorted({*matching_invented.missing(), *matching_peers.missing()})
    start = time.perf_counter()
    held = bodies(data)
    listed = Listed(held)
    _head(listed, skipped)
    figures = [
        *_of_recall("recall at 25", published(listed)),
        *_of_recall("recall at 25, alias taken out", left_out(held)),
        *_of_screening(screening(listed)),
        *_of_scores(*scores(data)),
    ]
    for name in skipped:
        print(f"skipped for want of {name}: what is measured with it (install requirements-peers.lock)")
    print(f"skipped: {len(skipped)}; took {time.perf_counter() - start:.0f} s")
    return int(sum(_past(*figure) for figure in figures) > 0)


def _head(listed: Listed, skipped: list[str]) -> None:
    out = sum(body.split == "held-out" for body in listed.bodies)
    print(
        f"SDN, United Nations and Entity List: {len(listed.bodies):,} entries, {len(listed.index):,} names in one "
        f"index; {out:,} entries held out of fitting. Shares with Wilson's 95 % interval."
    )
    if not {"nomenklatura"} & set(skipped):
        print(f"beside it: nomenklatura {matching_peers.version()} (logic-v2), rapidfuzz")


def _of_recall(title: str, made: Iterable[Recall]) -> Iterator[Figure]:
    for one in made:
        yield f"matching {title}", f"{one.kind}, {one.group}", one.share.value


def _of_screening(made: Iterable[Screened]) -> Iterator[Figure]:
    seen: set[str] = set()
    for one in made:
        # Each tool stands first at the threshold of the allowed rate, then at its own default.
        tool = f"{one.tool}, default threshold" if one.tool in seen else one.tool
        seen.add(one.tool)
        yield "matching false hits, at most", tool, one.false.value
        for which, recall in (("all names", one.recall), ("first names", one.main)):
            for (edits, group), found in recall.items():
                yield "matching recall end to end", f"{tool}, {edits} slips, {group}, {which}", found.value


def _of_scores(calibrated: Calibrated, told: Iterable[Told]) -> Iterator[Figure]:
    yield "matching calibration error, at most", "held-out pairs", calibrated.error
    yield "matching pairs that bear on calibration", "held-out pairs", calibrated.pairs
    for one in told:
        yield "matching ROC area", f"{one.tool}, {one.group}", one.area
        yield "matching best F1", f"{one.tool}, {one.group}", one.best


def _past(title: str, name: str, value: float) -> bool:
    """Whether a figure is past its floor; figures without one are printed only."""
    known = _FLOORS.get(title, {}).get(name)
    if known is None:
        return False
    past = bool(value > known["floor"] if title.endswith("at most") else value < known["floor"])
    if past:
        print(f"wrong: {title}, {name}: {value:.4f} is past its floor {known['floor']}")
    return past


if __name__ == "__main__":
    raise SystemExit(main())
