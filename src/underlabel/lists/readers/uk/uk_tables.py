"""The UK Sanctions List as five tables: subjects, and beside it by name their names, countries and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from underlabel.lists import dates, headed
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.headed import Sheet
from underlabel.lists.opening import Opened, digest, unpack
from underlabel.lists.readers.uk import uk_entry
from underlabel.lists.readers.uk.uk_entry import Entry
from underlabel.model import Facts, InputError

_MAIN: Final = ("unique_id", "subject_type", "un_reference_number", "ofsi_group_id", "date_designated")
_BEGINS: Final = b"unique_id,subject_type,"
_SIBLINGS: Final = {
    "subject_names": ("unique_id", "name_type", "alias_strength", "full_name"),
    "subject_countries": ("unique_id", "raw_value", "country_type", "iso"),
    "subject_identifiers": ("unique_id", "raw_value", "identifier_type"),
    "subject_dobs": ("unique_id",),
}
_NAMES: Final = "subject_names"
_COUNTRIES: Final = frozenset({"nationality", "address", "birth"})
_NUMBERS: Final = frozenset({"imo", "business_registration_numbers", "passport", "national"})
_SAME_EDITION: Final = "are the tables of one edition?"

Cells = tuple[str, ...]
"""The cells of a row that were asked for, in the order of `_SIBLINGS`."""

Take = Callable[[Entry, Cells], str]
"""Lends a row to its entry; gives what is wrong with the row, else nothing."""


def is_main(content: bytes) -> bool:
    """Whether a file is the table of subjects, by how its header begins."""
    return content.removeprefix(b"\xef\xbb\xbf").startswith(_BEGINS)


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the five tables; a record is a row of one of them.

    The others are found beside `subjects.csv` by name ("subject_names-D.csv.gz" for "subjects-D.csv"). A
    row of theirs is a part of its subject: names, seats of bodies, nationalities and register numbers are
    lent to the party; days and places of birth, addresses, passports and the like of persons are counted
    and not kept. Without an edition
    given it is the day of the newest update in the file. Errors: `InputError` where the names are missing.
    """
    paths = _beside(opened.path)
    contents = {stem: unpack(path) for stem, path in paths.items()}
    opened = msgspec.structs.replace(opened, version=digest(opened.content, *contents.values()))
    gather = Gather(opened, opened.edition)
    main = headed.read(opened.content, opened.where, _MAIN, gather)
    gather.edition = opened.edition or _newest(main)
    entries, refused = _subjects(main, gather)
    stated = {main.cell(row, "unique_id") for row in main.rows}
    tallies = []
    for stem, take in _TAKES.items():
        if stem in paths:
            sheet = headed.read(contents[stem], paths[stem].name, _SIBLINGS[stem], gather)
            tallies.append(_lend(sheet, _SIBLINGS[stem], entries, take, gather))
            if any(sheet.cell(row, "unique_id") not in stated for row in sheet.rows):
                what = f"{paths[stem].name} tells of subjects that are not in {opened.where}"
                gather.lose(what, where=opened.where, hint=f"it lost them, or: {_SAME_EDITION}")
        elif stem == "subject_dobs":
            gather.reject(f"{stem}.csv is not beside {opened.where}", where=opened.where, hint="nothing is kept of it")
        else:
            gather.lose(f"{stem}.csv is not beside {opened.where}", where=opened.where, hint="put it there")
        if stem == _NAMES:
            refused += _nameless(entries, gather)
    for entry in entries.values():
        uk_entry.keep(entry, gather)
    tallies.insert(0, main.tally(parties=len(gather.parties), rejected=refused))
    return gather.facts(tallies), tuple(tallies)


def _beside(main: Path) -> dict[str, Path]:
    name = re.fullmatch(r"subjects(?P<rest>(?:[-_.]?\d[\d-]*)?\.csv)(?:\.gz)?", main.name, re.IGNORECASE)
    rest = name["rest"] if name else ".csv"
    there = {path.name.casefold(): path for path in sorted(main.parent.iterdir())}
    found: dict[str, Path] = {}
    for stem in _SIBLINGS:
        for wanted in (f"{stem}{rest}", f"{stem}{rest}.gz"):
            if wanted.casefold() in there:
                found.setdefault(stem, there[wanted.casefold()])
    if _NAMES not in found:
        raise InputError(
            f"the file {_NAMES}{rest} (or .gz) is missing beside it",
            where=main.name,
            hint="the subjects bear no names of their own: put the tables of one edition into one folder",
        )
    return found


def _newest(main: Sheet) -> date | None:
    """The day of the newest update: the edition is of that day or, should nothing have changed since, a later one."""
    newest: date | None = None
    for row in main.rows:
        try:
            day = dates.day_first(main.cell(row, "last_updated")).earliest
        except InputError:
            continue  # says nothing of the entry itself
        newest = max(newest or day, day)
    return newest


def _subjects(main: Sheet, gather: Gather) -> tuple[dict[str, Entry], int]:
    entries: dict[str, Entry] = {}
    refused = 0
    for row in main.rows:
        id_, kind, un, group, designated = (main.cell(row, column) for column in _MAIN)
        entry = Entry(
            id=id_,
            kind=kind,
            where=main.where(row),
            locator=f"{main.file} line {row.line}",
            designated=designated,
            un=un,
            group=group,
        )
        try:
            _check_new(entry, entries)
        except InputError as error:
            refused += 1
            gather.reject(error.what, where=entry.where, hint=error.hint, raw=id_[:20])
            continue
        entries[id_] = entry
    return entries, refused


def _check_new(entry: Entry, entries: dict[str, Entry]) -> None:
    uk_entry.check(entry)
    if entry.id in entries:
        raise InputError(f"the unique id {entry.id} is used twice", hint="the first row of it is kept")


def _nameless(entries: dict[str, Entry], gather: Gather) -> int:
    nameless = [entry for entry in entries.values() if not entry.names]
    if nameless:
        gather.lose("subjects have no name", where=gather.opened.where, hint=_SAME_EDITION)
    for entry in nameless:
        del entries[entry.id]
        gather.reject(f"the subject {entry.id} has no name", where=entry.where, hint=_SAME_EDITION, raw=entry.id)
    return len(nameless)


def _lend(sheet: Sheet, wanted: Cells, entries: dict[str, Entry], take: Take, gather: Gather) -> Tally:
    """Lend every row of a table to its subject; a row that repeats another is a part all the same."""
    seen: dict[Cells, str] = {}
    rejected = 0
    for row in sheet.rows:
        cells = tuple(sheet.cell(row, column) for column in wanted)
        if cells not in seen:
            entry = entries.get(cells[0])
            seen[cells] = take(entry, cells) if entry else f"no subject has the unique id {cells[0]}"
        if seen[cells]:
            rejected += 1
            # The row itself is not shown: it may be a person's passport or day of birth.
            gather.reject(seen[cells], where=sheet.where(row), hint=_SAME_EDITION, raw=cells[0][:20])
    return sheet.tally(parts=len(sheet.rows) - rejected, rejected=rejected)


def _name(entry: Entry, cells: Cells) -> str:
    _, kind, strength, text = cells
    if not text:
        return "a name without a text"
    entry.names.append(uk_entry.name(text, kind, strength))
    return ""


def _country(entry: Entry, cells: Cells) -> str:
    _, written, kind, code = cells
    if kind == "nationality":
        entry.nationalities.append(code or written)
    elif kind == "address":
        entry.seats.append(code or written)
    return "" if kind in _COUNTRIES else f"'{kind}' is no type of country in this table"


def _number(entry: Entry, cells: Cells) -> str:
    _, text, kind = cells
    if kind == "imo":
        entry.imos.append(text)
    elif kind == "business_registration_numbers":
        entry.numbers.append(text)
    return "" if kind in _NUMBERS else f"'{kind}' is no type of number in this table"


def _nothing(_entry: Entry, _cells: Cells) -> str:
    return ""


_TAKES: Final[dict[str, Take]] = {
    _NAMES: _name,
    "subject_countries": _country,
    "subject_identifiers": _number,
    "subject_dobs": _nothing,
}
