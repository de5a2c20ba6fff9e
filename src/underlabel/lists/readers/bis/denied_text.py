"""The Denied Persons List as the text file the Bureau publishes: one order and address per line."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists import dates, headed, opening, places
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.opening import Opened
from underlabel.lists.readers.bis import denied
from underlabel.lists.readers.shape import Entry, Row
from underlabel.model import Facts, InputError

_COLUMNS: Final = (
    *("Name", "Street_Address", "City", "State", "Country", "Postal_Code"),
    *("Effective_Date", "Expiration_Date", "Standard_Order", "Last_Update", "Action", "FR_Citation"),
)
_US_DAY: Final = re.compile(r"\d{2}/\d{2}/\d{4}")
_STANDARD: Final = {"Y": "Type of denial: Standard", "N": "Type of denial: Non-Standard", "": ""}
_STATES: Final = re.compile(
    r"A[KLRZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]"
)
_ZIP: Final = re.compile(r"\d{4,5}(?:-\d{4})?")


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the tab-separated text of the list: days are written month first, as MM/DD/YYYY.

    A record is a line below the head. An order that has run out is kept, with its end. What a line
    says is drawn up as in the JSON form, and so has the same id: name and country make it. Where
    the country is left blank, a US state with a ZIP code stands for it; else the party has none.
    The file does not state its own day: the edition is what the user says. Errors: `InputError`
    where the head is not the list's.
    """
    rows = headed.records(_in_utf8(opened.content), opened.where, "\t")
    _check_head(next(rows, (1, [], ""))[1], opened)
    gather = Gather(opened, opened.edition)
    outcomes = {"party": 0, "part": 0, "rejected": 0}
    cells, fault = list(_COLUMNS), ""
    for number, cells, fault in rows:
        outcomes[_take(cells, fault, number, gather)] += 1
    # Every cell stands in quotes, so a file that ends without one ends inside a line.
    if fault or len(cells) != len(_COLUMNS) or not opened.content.rstrip(b"\r\n").endswith(b'"'):
        gather.lose("the last line is broken: the file may be cut off there", where=opened.where)
    tally = Tally(
        file=opened.where,
        records=sum(outcomes.values()),
        parties=outcomes["party"],
        parts=outcomes["part"],
        rejected=outcomes["rejected"],
    )
    return gather.facts((tally,), opened.info.files[0]), (tally,)


def _in_utf8(content: bytes) -> bytes:
    try:
        headed.check_utf8(content, "")
    except InputError:
        return opening.text(content).encode()
    return content


def _check_head(head: list[str], opened: Opened) -> None:
    if tuple(cell.strip() for cell in head) != _COLUMNS:
        raise InputError(
            f"the head should be {', '.join(_COLUMNS)}; it is {', '.join(head)}"[:300],
            where=f"{opened.where}:1",
            hint="give the list's own tab-separated file; has its head changed?",
        )


def _take(cells: list[str], fault: str, number: int, gather: Gather) -> str:
    where = f"{gather.opened.where}:{number}"
    before = len(gather.parties)
    try:
        entry = _entry(cells, fault)
        source = gather.source(f"line {number}", entry.federal_register or "")
        denied.draft(Row(entry, source, gather.opened.info, "text", where), gather)
    except InputError as error:
        gather.reject(error.what, where=where, hint=error.hint, raw="".join(cells[:1]))
        return "rejected"
    return "party" if len(gather.parties) > before else "part"


def _entry(cells: list[str], fault: str) -> Entry:
    if fault:
        raise InputError(fault, hint="look at the line: every cell stands in quotes")
    if len(cells) != len(_COLUMNS):
        raise InputError(f"the line has {len(cells)} cells, not {len(_COLUMNS)}", hint="is the line cut off?")
    line = {name: " ".join(cell.split()) for name, cell in zip(_COLUMNS, cells, strict=True)}
    if not line["Name"]:
        raise InputError("the line names nobody", hint="look at the entry on the list's own page")
    if line["Standard_Order"] not in _STANDARD:
        raise InputError(f"Standard_Order is '{line['Standard_Order']}'", hint="expected Y, N or nothing")
    effective, expires = _day(line["Effective_Date"]), _day(line["Expiration_Date"])
    # The two days of an order decide for whom it holds: a line with an order the wrong way round says nothing.
    if effective and expires and expires < effective:
        raise InputError(f"the order expires on {expires}, before it takes effect", hint="look at the order itself")
    notes = (
        _STANDARD[line["Standard_Order"]],
        f"Expires: {expires}" if expires else "",
        f"Action: {line['Action']}" if line["Action"] and not denied.HELD.search(line["Action"]) else "",
    )
    address = (line["Street_Address"], line["City"], line["State"], line["Country"], line["Postal_Code"])
    return Entry(
        name=line["Name"],
        country=_country(line) or None,
        address=", ".join(filter(None, address)) or None,
        effective_date=effective or None,
        federal_register=line["FR_Citation"] or None,
        notes="; ".join(filter(None, notes)) or None,
    )


def _day(text: str) -> str:
    """A day of the file as YYYY-MM-DD; empty where none is stated."""
    if not text:
        return ""
    if not _US_DAY.fullmatch(text):
        raise InputError(f"'{text}' is not a day", hint="the file writes MM/DD/YYYY")
    return dates.us_day(text).latest.isoformat()


def _country(line: dict[str, str]) -> str:
    if line["Country"]:
        return places.label(line["Country"])
    at_home = _STATES.fullmatch(line["State"]) and _ZIP.fullmatch(line["Postal_Code"])
    return places.label("US") if at_home else ""
