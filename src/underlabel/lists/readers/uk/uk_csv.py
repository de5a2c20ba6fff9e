"""The UK Sanctions List as its official CSV: one row per combination of a name, an address and the like."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from underlabel.lists import dates, headed
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.headed import Row, Sheet
from underlabel.lists.opening import Opened
from underlabel.lists.readers.uk import uk_entry
from underlabel.lists.readers.uk.uk_entry import Entry
from underlabel.model import Facts, InputError

_WANTED: Final = ("Unique ID", "Name 6", "Name 1", "Name type", "Regime Name", "Designation Type")
_NAME: Final = tuple(f"Name {number}" for number in (1, 2, 3, 4, 5, 6))
_LINES: Final = tuple(f"Address Line {number}" for number in (1, 2, 3, 4, 5, 6))
_DAY: Final = "Date Designated"
_READ: Final = (
    *_NAME,
    *_LINES,
    *("OFSI Group ID", "UN Reference Number", "Alias strength", "Name non-latin script", "Non-latin script language"),
    *("Address Postal Code", "Address Country", "Sanctions Imposed", _DAY, "Nationality(/ies)", "IMO number"),
    *("Business registration number (s)", "Current believed flag of ship"),
)
"""The other columns that are read."""

_REPORT: Final = re.compile(r"Report Date:\s*(?P<day>[^,]+)", re.IGNORECASE)


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read `UK-Sanctions-List.csv`: "Report Date: 12-Nov-2026", a header, rows; a record is a row.

    The rows of one unique id are one party, its primary names first: its first row is the party, the
    others parts. Days are day before month. The edition is the user's, or the day of the report. Kept are
    names, the regime, the sanctions imposed (requirement), the date designated, references
    of the UN and of OFSI; of persons the nationality; of bodies addresses and registration numbers; of
    ships the IMO number and the flag. Statements of reasons, owners told in words, and all else about
    persons are not kept. A row without a unique id is a `Rejected`, as are all rows of an entry without a name.
    """
    gather = Gather(opened, opened.edition)
    sheet = headed.read(opened.content, opened.where, _WANTED, gather)
    gather.edition = opened.edition or _report_day(sheet, gather)
    sheet.want(_READ, gather)
    entries: dict[str, tuple[Entry, list[Row]]] = {}
    rejected = 0
    for row in sheet.rows:
        try:
            entry = _entry(sheet, row)
            uk_entry.check(entry)
        except InputError as error:
            rejected += 1
            gather.reject(error.what, where=sheet.where(row), hint=error.hint, raw=sheet.cell(row, "Unique ID")[:20])
            continue
        held, rows = entries.setdefault(entry.id, (entry, []))
        rows.append(row)
        _lend(held, sheet, row)
    for entry, rows in entries.values():
        try:
            uk_entry.keep(entry, gather)
        except InputError as error:
            rejected += len(rows)
            for row in rows:
                gather.reject(error.what, where=sheet.where(row), hint=error.hint, raw=entry.id[:20])
    parties = len(gather.parties)
    tally = sheet.tally(parties=parties, parts=len(sheet.rows) - rejected - parties, rejected=rejected)
    return gather.facts((tally,), entries=parties), (tally,)


def _report_day(sheet: Sheet, gather: Gather) -> date | None:
    for line in sheet.preamble:
        report = _REPORT.match(line)
        if report:
            try:
                return dates.day_first(report["day"]).earliest
            except InputError as error:
                gather.reject(f"the report date: {error.what}", where=f"{sheet.file}:1", hint="give the edition's day")
    return None


def _entry(sheet: Sheet, row: Row) -> Entry:
    return Entry(
        id=sheet.cell(row, "Unique ID"),
        kind=sheet.cell(row, "Designation Type"),
        where=sheet.where(row),
        locator=f"line {row.line}",
        regime=sheet.cell(row, "Regime Name"),
        requirement=sheet.cell(row, "Sanctions Imposed"),
        designated=sheet.cell(row, _DAY),
        un=sheet.cell(row, "UN Reference Number"),
        group=sheet.cell(row, "OFSI Group ID"),
    )


def _lend(entry: Entry, sheet: Sheet, row: Row) -> None:
    def cell(column: str) -> str:
        return sheet.cell(row, column)

    latin = " ".join(filter(None, map(cell, _NAME)))
    entry.names.append(uk_entry.name(latin, cell("Name type"), cell("Alias strength")))
    entry.scripts.append(uk_entry.script_name(cell("Name non-latin script"), cell("Non-latin script language")))
    lines, country = tuple(map(cell, _LINES)), cell("Address Country")
    entry.addresses.append(uk_entry.address(lines, cell("Address Postal Code"), country))
    entry.seats.append(country)
    entry.nationalities.append(cell("Nationality(/ies)"))
    entry.flags.append(cell("Current believed flag of ship"))
    entry.numbers.append(cell("Business registration number (s)"))
    entry.imos.append(cell("IMO number"))
