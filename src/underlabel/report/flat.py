"""Findings as flat rows: for a terminal table and for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from underlabel.model import Finding, Path, Step
from underlabel.report.words import held, item_text, name, share, status

COLUMNS: Final = (
    *("line", "item", "brand", "model", "role", "regime", "as_of", "verdict", "consequence", "reason"),
    *("through", "citation", "would_change_if"),
)


def rows(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """One row of texts per finding, in their order; keys are `COLUMNS`.

    `consequence` is its level, `through` the best path in short.
    """
    return [row(finding) for finding in findings]


def row(finding: Finding) -> dict[str, str]:
    """One finding as a flat row; see `rows`."""
    item = finding.item
    return {
        "line": f"{item.place.sheet}:{item.place.row}" if item.place.sheet else str(item.place.row),
        "item": item_text(finding),
        "brand": item.brand,
        "model": item.model,
        "role": finding.role,
        "regime": finding.regime,
        "as_of": finding.as_of.isoformat(),
        "verdict": finding.verdict,
        "consequence": finding.consequence.level,
        "reason": finding.reason.text,
        "through": through(finding.paths),
        "citation": finding.consequence.citation,
        "would_change_if": changes(finding),
    }


def through(paths: tuple[Path, ...]) -> str:
    """The best path in short: "Lorex → Lorex Technology Inc. ← 100 % Dahua Europe B.V. ↠ s.889 list".

    → leads on to, ← is held by, ↠ stands on the list.
    """
    if not paths:
        return ""
    steps = paths[0].steps
    text = ""
    for before, step in zip((None, *steps), steps, strict=False):
        if step.kind != "item":
            text += f" {_arrow(before, step)} {name(step)}" if text else name(step)
    more = len(paths) - 1
    return f"{text} (+{more} more)" if more else text


def changes(finding: Finding) -> str:
    """What would change the answer, in one line."""
    return " | ".join(f"if {change.if_}: {change.then}" for change in finding.would_change_if)


def _arrow(before: Step | None, step: Step) -> str:
    if step.kind == "listing":
        return "↠"
    back = before is not None and before.kind == "party" and held(step)
    return " ".join(part for part in ("←" if back else "→", status(step), share(step)) if part)
