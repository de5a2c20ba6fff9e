"""Findings as CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from underlabel.model import Finding
from underlabel.report.answers import answers
from underlabel.report.cells import harmless, table, user_columns


def write_csv(findings: Sequence[Finding], columns: Sequence[str], out: TextIO) -> None:
    """One row per finding; every cell is quoted.

    The user's cells are written as they came, also where one looks like a formula: they are the user's.
    Ours get an apostrophe before a sign that a spreadsheet would take for a formula.
    """
    theirs = user_columns(findings, columns)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for cells in table(findings, answers(findings), theirs):
        writer.writerow((*cells[: len(theirs)], *map(harmless, cells[len(theirs) :])))
