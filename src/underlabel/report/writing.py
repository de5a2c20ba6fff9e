"""Findings into a file, in the form its suffix names: START HERE."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple, TextIO, cast

from xlsxwriter.exceptions import XlsxWriterException

from underlabel.model import Finding, InputError, Rejected, Run, UsageError
from underlabel.report.delimited import write_csv
from underlabel.report.jsonlines import lines
from underlabel.report.page import page
from underlabel.report.placing import placed
from underlabel.report.workbook import write_workbook


class _Report(NamedTuple):
    findings: Sequence[Finding]
    run: Run
    rejected: Sequence[Rejected]
    columns: Sequence[str]


def write(
    findings: Sequence[Finding],
    run: Run,
    path: Path,
    rejected: Sequence[Rejected] = (),
    columns: Sequence[str] = (),
    form: str = "",
) -> None:
    """Write findings to `path` as `form`, else in the form of its suffix: .html, .xlsx, .csv, .jsonl, .json.

    A .json is one array. `columns` are the user's columns in their order; `rejected` is what could not be read,
    told in HTML and XLSX. The file is put in its place whole.
    Errors: `UsageError` for another form; `InputError` where the file cannot be written.
    """
    writer = _FORMS.get(f".{form}" if form else path.suffix.lower())
    if writer is None:
        known = " ".join(_FORMS)
        raise UsageError(
            f"'{form or path.name}' names no form of report", where=str(path), hint=f"end the name in one of {known}"
        )
    try:
        with placed(path, binary=writer is _xlsx) as out:
            writer(_Report(findings, run, rejected, columns), out)
    except XlsxWriterException as error:
        raise InputError(f"cannot be written: {error}", where=str(path), hint="write .csv or .jsonl") from error


def _html(report: _Report, out: IO[bytes] | IO[str]) -> None:
    cast("TextIO", out).write(page(report.findings, report.run, report.rejected))


def _xlsx(report: _Report, out: IO[bytes] | IO[str]) -> None:
    write_workbook(report.findings, report.run, report.rejected, report.columns, cast("IO[bytes]", out))


def _csv(report: _Report, out: IO[bytes] | IO[str]) -> None:
    write_csv(report.findings, report.columns, cast("TextIO", out))


def _jsonl(report: _Report, out: IO[bytes] | IO[str]) -> None:
    cast("TextIO", out).writelines(f"{line}\n" for line in lines(report.findings, report.run))


def _json(report: _Report, out: IO[bytes] | IO[str]) -> None:
    text = cast("TextIO", out)
    text.write("[")
    for count, line in enumerate(lines(report.findings, report.run)):
        text.write(f"{',' if count else ''}\n{line}")
    text.write("\n]\n")


_FORMS: Final[dict[str, Callable[[_Report, IO[bytes] | IO[str]], None]]] = {
    ".html": _html,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".json": _json,
}
