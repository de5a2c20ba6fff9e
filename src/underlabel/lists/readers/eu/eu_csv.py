"""The EU consolidated list as its official CSV ("…-FULL-1_1(xsd).csv"): each row bears one detail of an entity."""

from __future__ import annotations

from datetime import date
from typing import Final

from underlabel.lists import dates, headed
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.headed import Row, Sheet
from underlabel.lists.opening import Opened
from underlabel.lists.readers.eu import eu_entry
from underlabel.lists.readers.eu.eu_entry import Country, Entry, Number, Regulation
from underlabel.model import Facts, InputError

_DAY: Final = "fileGenerationDate"
_WANTED: Final = (
    "Entity_LogicalId",
    "Entity_EU_ReferenceNumber",
    "Entity_SubjectType",
    "Entity_Regulation_PublicationDate",
    "Entity_Regulation_EntryIntoForceDate",
    "Entity_Regulation_NumberTitle",
    "Entity_Regulation_Programme",
    "NameAlias_WholeName",
)
_READ: Final = (
    *("Entity_UnitedNationId", "NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_LastName"),
    *("NameAlias_NameLanguage", "Address_City", "Address_Street", "Address_PoBox", "Address_ZipCode"),
    *("Address_Region", "Address_Place", "Address_CountryIso2Code", "Address_CountryDescription"),
    *("Citizenship_CountryIso2Code", "Citizenship_CountryDescription"),
    *("Identification_Number", "Identification_TypeCode"),
)
"""The other columns that are read."""


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the semicolon CSV of the EU's list; a record is a row.

    The rows of one `Entity_LogicalId` are one party: its first row is the party, the others parts, in
    whatever order they stand. Days are ISO, or day before month. The edition is the user's, or the day of
    generation. Kept are names, the regulation (programme; number and Official Journal as citation; days of publication
    and of entry into force), references of the EU and the UN; of persons the citizenship; of bodies
    addresses and numbers. All else about persons, remarks and functions are not kept. The CSV does not
    say which names are weak, unless it has a column NameAlias_Strong. A row without a logical id is a
    `Rejected`, as are all rows of an entity without a name.
    """
    gather = Gather(opened, opened.edition)
    sheet = headed.read(opened.content, opened.where, _WANTED, gather, ";")
    sheet.want(_READ, gather)
    gather.edition = opened.edition or _generated(sheet, gather)
    entries: dict[str, tuple[Entry, list[Row]]] = {}
    rejected = 0
    for row in sheet.rows:
        try:
            entry = _entry(sheet, row)
            eu_entry.check(entry)
        except InputError as error:
            rejected += 1
            gather.reject(
                error.what, where=sheet.where(row), hint=error.hint, raw=sheet.cell(row, "Entity_LogicalId")[:20]
            )
            continue
        held, rows = entries.setdefault(entry.id, (entry, []))
        rows.append(row)
        _lend(held, sheet, row)
    for entry, rows in entries.values():
        try:
            eu_entry.keep(entry, gather)
        except InputError as error:
            rejected += len(rows)
            for row in rows:
                gather.reject(error.what, where=sheet.where(row), hint=error.hint, raw=entry.id[:20])
    parties = len(gather.parties)
    tally = sheet.tally(parties=parties, parts=len(sheet.rows) - rejected - parties, rejected=rejected)
    return gather.facts((tally,), entries=parties), (tally,)


def _generated(sheet: Sheet, gather: Gather) -> date | None:
    written = dict.fromkeys(sheet.cell(row, _DAY) for row in sheet.rows)
    for text in filter(None, written):
        try:
            return dates.day_first(text).earliest
        except InputError as error:
            gather.reject(f"the day of the file: {error.what}", where=f"{sheet.file}:{_DAY}", hint=error.hint)
    return None


def _entry(sheet: Sheet, row: Row) -> Entry:
    return Entry(
        id=sheet.cell(row, "Entity_LogicalId"),
        kind=sheet.cell(row, "Entity_SubjectType") or sheet.cell(row, "Entity_SubjectType_ClassificationCode"),
        where=sheet.where(row),
        locator=f"line {row.line}",
        reference=sheet.cell(row, "Entity_EU_ReferenceNumber"),
        un=sheet.cell(row, "Entity_UnitedNationId"),
    )


def _lend(entry: Entry, sheet: Sheet, row: Row) -> None:
    def cells(room: str, *columns: str) -> tuple[str, ...]:
        return tuple(sheet.cell(row, f"{room}_{column}") for column in columns)

    columns = ("Programme", "NumberTitle", "PublicationDate", "EntryIntoForceDate")
    regulation = Regulation(*cells("Entity_Regulation", *columns))
    if any(regulation):
        entry.regulations.append(regulation)
    whole, language, strong = cells("NameAlias", "WholeName", "NameLanguage", "Strong")
    parts = cells("NameAlias", "FirstName", "MiddleName", "LastName")
    entry.names.append(eu_entry.name(whole, parts, language, strong))
    seat = Country(*cells("Address", "CountryIso2Code", "CountryDescription"))
    entry.seats.append(seat)
    place = cells("Address", "Street", "PoBox", "ZipCode", "City", "Place", "Region")
    entry.addresses.append(eu_entry.address(place, seat))
    entry.citizenships.append(Country(*cells("Citizenship", "CountryIso2Code", "CountryDescription")))
    code, value, latin = cells("Identification", "TypeCode", "Number", "LatinNumber")
    entry.numbers.append(Number(code, value or latin))
