"""Findings as a workbook: Findings, Evidence, Claims, Run, Not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, Final

import xlsxwriter

from underlabel.model import Finding, Rejected, Run, UsageError, Verdict
from underlabel.report.about import about
from underlabel.report.answers import Answer, answers
from underlabel.report.cells import KEYS, table, user_columns
from underlabel.report.words import according, item_text, name, printable, subject

_ROWS: Final = 1_048_576
_CELL: Final = 32_767
_COLOURS: Final[dict[Verdict, tuple[str, str]]] = {
    "restricted": ("#8f1d2c", "#fbe6e4"),
    "review": ("#7a4a00", "#fdf0d9"),
    "linked": ("#37408f", "#e9ebfa"),
    "not_checked": ("#4b5563", "#eceef1"),
    "clear": ("#1c5f3c", "#e2f2e8"),
}
_WIDTHS: Final = {
    "line": 7,
    "item": 30,
    "regime": 11,
    "as_of": 11,
    "verdict": 12,
    "role": 13,
    "what_follows": 44,
    "reason": 56,
    "through": 60,
    "citation": 30,
    "would_change_if": 44,
}
_EVIDENCE: Final = {
    "answer": 8,
    "regime": 11,
    "verdict": 12,
    "path": 6,
    "step": 6,
    "kind": 9,
    "text": 36,
    "detail": 30,
    "edge": 30,
    "since": 12,
    "until": 24,
    "status": 11,
    "confidence": 11,
    "source": 36,
    "url": 40,
    "in words": 80,
}
_CLAIMS: Final = {
    "answer": 8,
    "outlet": 20,
    "title": 36,
    "published": 12,
    "quote": 70,
    "subject": 24,
    "relation": 20,
    "object": 24,
    "day": 12,
    "hedge": 14,
    "attributed to": 22,
    "polarity": 10,
    "url": 40,
}
_UNCHECKED: Final = {"where": 22, "what": 40, "regime": 11, "why": 60, "hint": 40}


def write_workbook(
    findings: Sequence[Finding], run: Run, rejected: Sequence[Rejected], columns: Sequence[str], out: IO[bytes]
) -> None:
    """Write the workbook; every cell is a text, so none is a formula. Evidence and claims stand once per answer.

    Errors: `UsageError` for more findings than a sheet has rows.
    """
    if len(findings) >= _ROWS:
        raise UsageError(
            f"{len(findings):,} findings do not fit a sheet of {_ROWS:,} rows", hint="write .csv or .jsonl"
        )
    found = answers(findings)
    theirs = user_columns(findings, columns)
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheets = _Sheets(book)
    rows = table(findings, found, theirs)
    header = next(rows)
    widths = [16] * len(theirs) + [_WIDTHS.get(key, 14) for key in KEYS]
    sheets.add("Findings", dict(zip(header, widths, strict=True)), rows, coloured=len(theirs) + KEYS.index("verdict"))
    sheets.add("Evidence", _EVIDENCE, _evidence(found), coloured=2)
    sheets.add("Claims", _CLAIMS, _claims(found))
    sheets.add("Run", {"what": 24, "value": 70, "edition": 12, "version": 24, "records": 10, "url": 50}, _run(run))
    sheets.add("Not checked", _UNCHECKED, _unchecked(findings, rejected))
    book.close()


class _Sheets:
    """Sheets with one look: a frozen bold header, a filter, texts only, verdicts in colour and word."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401  xlsxwriter has no types
        self._book = book
        self._head = book.add_format({"bold": True, "bg_color": "#1c2530", "font_color": "#ffffff", "valign": "top"})
        self._cell = book.add_format({"valign": "top", "text_wrap": True})
        self._verdict = {
            str(verdict): book.add_format({"bold": True, "valign": "top", "font_color": ink, "bg_color": ground})
            for verdict, (ink, ground) in _COLOURS.items()
        }

    def add(
        self, title: str, columns: dict[str, int], rows: Iterable[Sequence[str]], *, coloured: int | None = None
    ) -> None:
        """Add a sheet; `columns` maps headers to widths in characters, `coloured` is the column of verdicts."""
        sheet = self._book.add_worksheet(title)
        for at, wide in enumerate(columns.values()):
            sheet.set_column(at, at, wide)
        sheet.freeze_panes(1, 0)
        for at, header in enumerate(columns):
            sheet.write_string(0, at, _cut(header), self._head)
        last = 0
        for last, row in enumerate(rows, start=1):
            if last == _ROWS - 1:
                sheet.write_string(last, 0, "cut here: a sheet holds no more rows; write .jsonl for all", self._cell)
                break
            for at, text in enumerate(row):
                look = self._verdict.get(text, self._cell) if at == coloured else self._cell
                if text:
                    sheet.write_string(last, at, _cut(text), look)
        sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))


def _cut(text: str) -> str:
    """A text as a cell can hold it: at most 32,767 characters, none that XML forbids."""
    text = printable(text)
    return text if len(text) <= _CELL else f"{text[: _CELL - 6]} (cut)"


def _evidence(found: Iterable[Answer]) -> Iterator[tuple[str, ...]]:
    for answer in found:
        first = answer.first
        for number, path in enumerate(answer.paths, start=1):
            for count, (before, step) in enumerate(zip((None, *path.steps), path.steps, strict=False), start=1):
                yield (
                    *(str(answer.number), first.regime, first.verdict, str(number), str(count)),
                    *(step.kind, name(step), step.detail, step.edge, step.since, step.until, step.status),
                    *(step.confidence, step.source, step.url, according(before, step)),
                )


def _claims(found: Iterable[Answer]) -> Iterator[tuple[str, ...]]:
    for answer in found:
        for claim in answer.first.claims:
            yield (
                *(str(answer.number), claim.outlet, claim.title, str(claim.published or ""), claim.quote),
                *(claim.subject, claim.relation, claim.object, str(claim.day or ""), claim.hedge),
                *(claim.attributed_to, claim.polarity, claim.source.url),
            )


def _run(run: Run) -> Iterator[tuple[str, ...]]:
    yield from about(run)
    for one in run.datasets:
        edition = one.edition.isoformat() if one.edition else "not stated"
        yield (one.id, f"{one.title} ({one.coverage})", edition, one.version, str(one.records), one.url)


def _unchecked(findings: Iterable[Finding], rejected: Iterable[Rejected]) -> Iterator[tuple[str, ...]]:
    for one in rejected:
        yield (one.where, one.raw, "", one.reason, one.hint)
    for finding in findings:
        if finding.verdict == "not_checked":
            what = item_text(finding) + (f" ({subject(finding)})" if finding.subject else "")
            hint = "; ".join(f"if {change.if_}: {change.then}" for change in finding.would_change_if)
            yield (str(finding.item.place), what, finding.regime, finding.reason.text, hint)
