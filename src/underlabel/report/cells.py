"""What spreadsheets share: the user's columns untouched, ours appended under names that cannot clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from underlabel.model import Finding
from underlabel.report.answers import Answer
from underlabel.report.flat import row

PREFIX = "underlabel:"
KEYS = (
    *("line", "item", "brand", "model", "role", "regime", "as_of", "verdict", "consequence", "what_follows"),
    *("reason", "through", "citation", "would_change_if", "reach", "rule_status", "answer", "id", "run"),
)
"""Our columns, in order; `answer` numbers the distinct answers, as in the HTML report and on the sheet Evidence."""


def user_columns(findings: Iterable[Finding], columns: Sequence[str]) -> tuple[str, ...]:
    """The user's columns in their order; where they are not given, as they first come in the rows."""
    if columns:
        return tuple(columns)
    return tuple(dict.fromkeys(column for finding in findings for column in finding.item.raw))


def our_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """Our column names; one that the user's file has already (a report read back in) gets a number."""
    taken = set(columns)
    named = []
    for key in KEYS:
        name, count = f"{PREFIX}{key}", 1
        while name in taken:
            count += 1
            name = f"{PREFIX}{key} ({count})"
        taken.add(name)
        named.append(name)
    return tuple(named)


def our_cells(finding: Finding, answer: int) -> tuple[str, ...]:
    """Our cells of one finding, in the order of `KEYS`."""
    flat = {
        **row(finding),
        "what_follows": finding.consequence.text,
        "reach": finding.reach,
        "rule_status": finding.rule_status,
        "answer": str(answer),
        "id": finding.id,
        "run": finding.run,
    }
    return tuple(flat[key] for key in KEYS)


def numbers(found: Iterable[Answer]) -> dict[int, int]:
    """The number of the answer of each finding, by the finding's identity in memory."""
    return {id(finding): answer.number for answer in found for finding in answer.findings}


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe is put before = + - @, a tab or a line end.

    Source: OWASP, "CSV Injection".
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def table(findings: Sequence[Finding], found: Iterable[Answer], columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The header, then one row per finding: the user's cells as they are, then ours."""
    yield (*columns, *our_columns(columns))
    number = numbers(found)
    for finding in findings:
        raw = finding.item.raw
        yield (*(raw.get(column, "") for column in columns), *our_cells(finding, number[id(finding)]))
