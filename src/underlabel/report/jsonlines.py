"""Findings as JSON, one line each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

import msgspec

from underlabel.model import Claim, Day, Finding, Item, Miss, Path, Run, percent

# JSON lets these stand, but readers that split lines by Unicode's rules would cut a record in two.
_BREAKS: Final = str.maketrans({"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def lines(findings: Iterable[Finding], run: Run) -> Iterator[str]:
    """One JSON object per finding, in their order, without a line end.

    Keys: id, item, role, regime, as_of, verdict, reason, consequence, reach, rule_status, subject, paths,
    claims, nearest_miss, would_change_if, coverage, notes, run. Days are texts ("2018-02-06", "2023-02"),
    shares are percentages as exact decimal texts. Text is kept as it is, not escaped to ASCII.
    """
    about = _run(run)
    for finding in findings:
        yield json.dumps(record(finding, about), ensure_ascii=False, separators=(", ", ": ")).translate(_BREAKS)


def record(finding: Finding, run: dict[str, Any]) -> dict[str, Any]:
    """One finding as plain JSON values; see `lines`."""
    return {
        "id": finding.id,
        "item": _item(finding.item),
        "role": finding.role,
        "regime": finding.regime,
        "as_of": finding.as_of.isoformat(),
        "verdict": finding.verdict,
        "reason": {"code": finding.reason.code, "text": finding.reason.text},
        "consequence": {
            "level": finding.consequence.level,
            "text": finding.consequence.text,
            "citation": finding.consequence.citation,
        },
        "reach": finding.reach,
        "rule_status": finding.rule_status,
        "subject": finding.subject,
        "paths": [_path(path) for path in finding.paths],
        "claims": [_claim(claim) for claim in finding.claims],
        "nearest_miss": _miss(finding.nearest_miss),
        "would_change_if": [{"if": change.if_, "then": change.then} for change in finding.would_change_if],
        "coverage": list(finding.coverage),
        "notes": list(finding.notes),
        "run": run,
    }


def _item(item: Item) -> dict[str, Any]:
    """The fields that are stated, then the user's row and where it stands."""
    stated = {
        name: value for name, value in msgspec.to_builtins(item).items() if value and name not in {"raw", "place"}
    }
    parties = stated.get("parties", ())
    if parties:
        stated["parties"] = [{name: text for name, text in party.items() if text} for party in parties]
    return {
        **stated,
        "row": dict(item.raw),
        "file": item.place.file,
        "sheet": item.place.sheet,
        "line": item.place.row,
    }


def _path(path: Path) -> dict[str, Any]:
    return {"confidence": path.confidence, "says": path.says, "steps": msgspec.to_builtins(path.steps)}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "outlet": claim.outlet,
        "title": claim.title,
        "quote": claim.quote,
        "subject": claim.subject,
        "relation": claim.relation,
        "object": claim.object,
        "day": _day(claim.day),
        "published": _day(claim.published),
        "hedge": claim.hedge,
        "attributed_to": claim.attributed_to,
        "polarity": claim.polarity,
        "url": claim.source.url,
    }


def _miss(miss: Miss | None) -> dict[str, str] | None:
    if miss is None:
        return None
    return {"text": miss.text, "held_percent": percent(miss.held), "missing_percent": percent(miss.missing)}


def _run(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "as_of": _date(run.as_of),
        "known_at": _date(run.known_at),
        "snapshot": run.snapshot,
        "facts": run.facts,
        "tool": run.tool,
        "asked_at": run.asked_at.isoformat() if run.asked_at else None,
    }


def _day(day: Day | None) -> str | None:
    return str(day) if day else None


def _date(day: date | None) -> str | None:
    return day.isoformat() if day else None
