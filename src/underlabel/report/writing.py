"""Findings into a file, in the form its suffix names: START HERE."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple, TextIO, cast

from xlsxwriter.exceptions import XlsxWriterException

from underlabel.model import Finding, InputError, Rejected, Run, UsageError
from underlabel.report.delimited import write_csv
from underlabel.report.jsonlines import lines
from underlabel.report.page import page
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
) -> None:
    """Write findings to `path` in the form of its suffix: .html, .xlsx, .csv, .jsonl, .json (one array).

    `columns` are the user's columns in their order; `rejected` what could not be read, told in HTML and XLSX.
    Written beside the target and renamed into place: a reader sees the old file or the new one, whole.
    Errors: `UsageError` for another suffix; `InputError` where the file cannot be written.
    """
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        known = " ".join(_FORMS)
        raise UsageError(
            f"'{path.name}' names no form of report", where=str(path), hint=f"end the name in one of {known}"
        )
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.part")
    report = _Report(findings, run, rejected, columns)
    try:
        with _opened(beside, binary=form is _xlsx) as out:
            form(report, out)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    except (OSError, XlsxWriterException) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot write the report: {reason}", where=str(path), hint=_hint(target)) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _opened(path: Path, *, binary: bool) -> IO[bytes] | IO[str]:
    if binary:
        return path.open("xb")
    # Halves of surrogate pairs, which UTF-8 cannot hold, stay visible as \udc80; in JSON that is their escape.
    return path.open("x", encoding="utf-8", errors="backslashreplace", newline="")


def _hint(target: Path) -> str:
    if target.is_dir():
        return "name a file in that folder"
    if not target.parent.is_dir():
        return f"make the folder first: mkdir -p '{target.parent}'"
    return "choose a folder you may write to, with room left on the disk"


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
