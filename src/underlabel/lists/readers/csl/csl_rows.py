"""The Consolidated Screening List as CSV, with its old header and the newer one that begins with `_id`."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists import headed, wording
from underlabel.lists.gather import Gather
from underlabel.lists.readers.csl.csl_entry import LONGEST, Entry, File, Number, Record
from underlabel.model import InputError

COLUMNS: Final = (
    *("source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice"),
    *("start_date", "end_date", "standard_order", "license_requirement", "license_policy", "call_sign"),
    *("vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks"),
    *("source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth"),
    *("source_information_url", "ids"),
)
_NEW: Final = "_id"
_COUNTRY: Final = re.compile(r"(?:^|, )(?P<code>[A-Z]{2})$")
_PERSONAL: Final = ("dates_of_birth", "places_of_birth", "citizenships", "nationalities")
"""Fields that only persons have; what the first two say is never kept."""

_WINDOWS: Final = str.maketrans(
    {chr(code): text for code in range(0x80, 0xA0) if (text := bytes([code]).decode("cp1252", "ignore"))}
)
"""Marks of Windows-1252 that the publisher took for Latin-1 ("HA\\x92Assif"): no text holds such controls."""

_FEWEST: Final = 2
_ALPHA_2: Final = re.compile(r"[A-Z]{2}")


def rows(gather: Gather) -> File:
    """The rows of the CSV file. Errors: `InputError` for another header or encoding."""
    opened = gather.opened
    sheet = headed.read(opened.content, opened.where, COLUMNS, gather)
    newer = sheet.has(_NEW)
    if sheet.width != len(COLUMNS) + newer:
        raise InputError(
            f"the header has {sheet.width} columns; {len(COLUMNS)} belong there, or one more, '{_NEW}'",
            where=f"{opened.where}:1",
            hint="the form has changed: this reader must learn what is new in it",
        )
    records = tuple(_record(sheet, row, newer=newer) for row in sheet.rows)
    return File(records, lost=sheet.rejected, form="text")


def _record(sheet: headed.Sheet, row: headed.Row, *, newer: bool) -> Record:
    locator = f"line {row.line}"
    if max(map(len, row.cells)) > LONGEST:
        return Record(locator, None, f"a cell is longer than {LONGEST} letters")
    return Record(locator, _entry(sheet, row, newer=newer))


def _entry(sheet: headed.Sheet, row: headed.Row, *, newer: bool) -> Entry:
    def cell(column: str) -> str:
        return sheet.cell(row, column).translate(_WINDOWS)

    addresses = wording.addresses(cell("addresses"), "")
    return Entry(
        source=cell("source"),
        name=cell("name"),
        number=cell("entity_number"),
        type=cell("type"),
        programmes=_split(cell("programs")),
        aliases=_split(cell("alt_names")),
        addresses=addresses,
        countries=tuple(match["code"] for one in addresses if (match := _COUNTRY.search(one))),
        nationalities=_split(cell("nationalities")) + _split(cell("citizenships")),
        person=any(cell(column) for column in _PERSONAL),
        numbers=tuple(number for one in _split(cell("ids")) for number in _numbers(one, newer=newer)),
        notice=cell("federal_register_notice"),
        start=cell("start_date"),
        end=cell("end_date"),
        standard=cell("standard_order"),
        requirement=cell("license_requirement"),
        policy=cell("license_policy"),
        remarks=cell("remarks"),
        flag=cell("vessel_flag"),
        call_sign=cell("call_sign"),
        owner=cell("vessel_owner"),
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in text.split(";")) if part)


def _numbers(text: str, *, newer: bool) -> tuple[Number, ...]:
    """A statement of `ids`: "RU, 1137746390572, Registration ID", in the newer form turned about."""
    parts = text.split(", ")
    if not newer:
        parts.reverse()
    if len(parts) < _FEWEST:
        return ()
    placed = len(parts) > _FEWEST and _ALPHA_2.fullmatch(parts[-1]) is not None
    values = parts[1:-1] if placed else parts[1:]
    if not newer:
        values.reverse()
    return (Number(parts[0], ", ".join(values), parts[-1] if placed else ""),)
