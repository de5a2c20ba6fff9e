"""The UK Sanctions List as its official XML: one `Designation` per party."""

from __future__ import annotations

from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from underlabel.lists import dates, markup
from underlabel.lists.gather import Gather, Tally
from underlabel.lists.opening import Opened
from underlabel.lists.readers.uk import uk_entry
from underlabel.lists.readers.uk.uk_entry import Entry
from underlabel.model import Facts, InputError, Name

_RECORD: Final = "Designation"
_DAY: Final = "DateGenerated"
_NAME: Final = tuple(f"Name{number}" for number in (1, 2, 3, 4, 5, 6))
_LINES: Final = tuple(f"AddressLine{number}" for number in (1, 2, 3, 4, 5, 6))


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read `UK-Sanctions-List.xml`; a record is a `Designation`.

    The same is kept as from the CSV (`uk_csv`), and the same is not. The edition is the user's, or the
    day in `DateGenerated`. A designation without id, name or type is a `Rejected`.
    """
    gather = Gather(opened, opened.edition)
    number = rejected = 0
    for element in markup.records(opened, _DAY, _RECORD):
        if element.tag == _DAY:
            gather.edition = opened.edition or _generated(element, gather)
            continue
        number += 1
        entry = _entry(element, number, opened)
        try:
            uk_entry.keep(entry, gather)
        except InputError as error:
            rejected += 1
            gather.reject(error.what, where=entry.where, hint=error.hint, raw=entry.id)
    if not number:
        raise InputError(
            f"expected <Designations> with a <{_RECORD}> per party, saw <{markup.root(opened)[0]}> without one",
            where=opened.where,
            hint="is this the UK Sanctions List? fetch it again from its publisher",
        )
    tally = Tally(file=opened.where, records=number, parties=len(gather.parties), rejected=rejected)
    return gather.facts((tally,)), (tally,)


def _generated(element: Element, gather: Gather) -> date | None:
    text = " ".join((element.text or "").split())
    try:
        return dates.day_first(text).earliest
    except InputError as error:
        where = f"{gather.opened.where}:{_DAY}"
        gather.reject(f"the day of the list: {error.what}", where=where, hint="give the edition's day")
    return None


def _entry(element: Element, number: int, opened: Opened) -> Entry:
    countries = [markup.text(one, "AddressCountry") for one in element.iter("Address")]
    return Entry(
        id=markup.text(element, "UniqueID"),
        kind=markup.text(element, "IndividualEntityShip"),
        where=f"{opened.where}:{_RECORD}[{number}]",
        locator=f"{_RECORD}[{number}]",
        names=[_name(one) for one in element.iter("Name")],
        scripts=[_script_name(one) for one in element.iter("NonLatinName")],
        regime=markup.text(element, "RegimeName"),
        requirement=markup.text(element, "SanctionsImposed"),
        designated=markup.text(element, "DateDesignated"),
        un=markup.text(element, "UNReferenceNumber"),
        group=markup.text(element, "OFSIGroupID"),
        nationalities=_leaves(element, "Nationality"),
        seats=countries,
        flags=_leaves(element, "CurrentBelievedFlagOfShip"),
        addresses=[_address(one) for one in element.iter("Address")],
        numbers=_leaves(element, "BusinessRegistrationNumber"),
        imos=_leaves(element, "IMONumber"),
    )


def _name(element: Element) -> Name:
    text = " ".join(markup.text(element, part) for part in _NAME)
    return uk_entry.name(text, markup.text(element, "NameType"), markup.text(element, "AliasStrength"))


def _script_name(element: Element) -> Name:
    language = markup.text(element, "NonLatinScriptLanguage")
    return uk_entry.script_name(markup.text(element, "NameNonLatinScript"), language)


def _address(element: Element) -> str:
    lines = tuple(markup.text(element, part) for part in _LINES)
    return uk_entry.address(lines, markup.text(element, "AddressPostalCode"), markup.text(element, "AddressCountry"))


def _leaves(element: Element, tag: str) -> list[str]:
    """The texts of elements of a name wherever they stand, as the wrappers around them have changed over the years."""
    return [" ".join((one.text or "").split()) for one in element.iter(tag) if not len(one)]
