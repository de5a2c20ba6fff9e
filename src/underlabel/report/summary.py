"""Counts over findings: by verdict, by regime, by the party spoken of, and the worst answer per line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from underlabel.model import VERDICTS, Finding, Verdict
from underlabel.report.words import subject

_RANK: Final[Mapping[Verdict, int]] = {verdict: rank for rank, verdict in enumerate(VERDICTS)}


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over findings.

    `by_verdict`, `by_regime` and `by_subject` count findings, `lines` counts each line once, by its worst
    verdict; every inner mapping holds all five verdicts, worst first. `by_subject` leaves out findings that
    name no party, and has the party with the worst and most answers first. `worst_of` maps a line
    ("stock.csv:12") to its worst verdict, `worst` is that of all (None: no findings).
    """

    findings: int
    items: int
    worst: Verdict | None
    by_verdict: dict[Verdict, int]
    lines: dict[Verdict, int]
    by_regime: dict[str, dict[Verdict, int]]
    by_subject: dict[str, dict[Verdict, int]]
    worst_of: dict[str, Verdict]


def summary(findings: Iterable[Finding]) -> Summary:
    """Count findings; regimes keep the order in which they come."""
    total = 0
    by_verdict, lines = _nought(), _nought()
    by_regime: dict[str, dict[Verdict, int]] = {}
    by_subject: dict[str, dict[Verdict, int]] = {}
    worst_of: dict[str, Verdict] = {}
    for finding in findings:
        total += 1
        verdict, place = finding.verdict, str(finding.item.place)
        by_verdict[verdict] += 1
        by_regime.setdefault(finding.regime, _nought())[verdict] += 1
        if finding.subject:
            by_subject.setdefault(subject(finding), _nought())[verdict] += 1
        worst_of[place] = worse(verdict, worst_of.get(place, verdict))
    for verdict in worst_of.values():
        lines[verdict] += 1
    ordered = sorted(by_subject.items(), key=lambda pair: ([-pair[1][verdict] for verdict in VERDICTS], pair[0]))
    return Summary(
        findings=total,
        items=len(worst_of),
        worst=next((verdict for verdict in VERDICTS if lines[verdict]), None),
        by_verdict=by_verdict,
        lines=lines,
        by_regime=by_regime,
        by_subject=dict(ordered),
        worst_of=worst_of,
    )


def worse(first: Verdict, second: Verdict) -> Verdict:
    """The worse of two verdicts, by the order of `VERDICTS`."""
    return first if _RANK[first] <= _RANK[second] else second


def _nought() -> dict[Verdict, int]:
    return dict.fromkeys(VERDICTS, 0)
