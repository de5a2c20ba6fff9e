"""Whole inventories traced, on real input: a table of camera models, and a council's payments.

Counts only: council files name private people, so no row of theirs is ever printed.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from underlabel import trace, world
from underlabel.model import Finding

CAMERAS = "labels/cameras-2026-06-12.csv"
COUNCIL = "inventories/lambeth/2012-06-payments.csv"
REACHED = {"Hikvision": 150, "Dahua": 107, "Lorex": 21, "EZVIZ": 21}
THROUGH = {"Hikvision": "hikvision", "Dahua": "dahua", "Lorex": "dahua", "EZVIZ": "hikvision"}


def main() -> int:
    """Print what each brand's lines came to; 1 where a line is missing or a known answer differs."""
    folder = Path(os.environ["UNDERLABEL_TEST_DATA"])
    with tempfile.TemporaryDirectory() as home:
        facts = world.open_world(world.home(Path(home)))
        cameras = trace.inventory(folder / CAMERAS, facts, trace.ask("us_agency", date(2026, 6, 12)))
        council = trace.inventory(folder / COUNCIL, facts, trace.ask("uk_council", date(2012, 6, 30)))
    wrong = [*_cameras(cameras.findings), *_council(council)]
    for one in wrong:
        print(f"wrong: {one}")
    return 1 if wrong else 0


def _cameras(findings: tuple[Finding, ...]) -> list[str]:
    by_brand: dict[str, Counter[str]] = defaultdict(Counter)
    reached: Counter[str] = Counter()
    for finding in findings:
        brand = finding.item.brand
        by_brand[brand][f"{finding.verdict} ({finding.reason.code})"] += 1
        parties = {step.id for path in finding.paths for step in path.steps}
        reached[brand] += finding.verdict in {"restricted", "review"} and THROUGH.get(brand) in parties
    print(f"{CAMERAS}: {len(findings)} findings, {len(by_brand)} brands, us_agency under s889 on 2026-06-12")
    for brand, counts in sorted(by_brand.items()):
        print(f"  {brand}: {', '.join(f'{number} {what}' for what, number in counts.most_common())}")
    wrong = [
        f"{brand}: {reached[brand]} of {number} reached"
        for brand, number in REACHED.items()
        if reached[brand] != number
    ]
    if len(findings) != sum(sum(counts.values()) for counts in by_brand.values()) or len(findings) != 1314:
        wrong.append(f"{len(findings)} findings for 1,314 lines and one regime")
    if set(by_brand["Axis"]) != {"clear (not_reached)"}:
        wrong.append(f"Axis: {dict(by_brand['Axis'])}")
    return wrong


def _council(traced: trace.Traced) -> list[str]:
    counts = Counter(f"{one.regime}: {one.verdict} ({one.reason.code})" for one in traced.findings)
    print(f"{COUNCIL}: {traced.inventory.lines} lines, {len(traced.rejected)} rejected")
    for what, number in sorted(counts.items()):
        print(f"  {number} {what}")
    return ["a council payment is answered though no maker is named"] if any("clear" in what for what in counts) else []


if __name__ == "__main__":
    raise SystemExit(main())
