"""The Denied Persons List: orders with a day of effect and, mostly, a day of expiry."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.lists import dates, kinds
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Facts

_EXPIRES: Final = re.compile(r"Expires: (\d{4}-\d{2}-\d{2})")

_FORM_IN_ADDRESS: Final = re.compile(
    r"(?P<form>(?:INC|LTD|LLC|L\.L\.C|CORP|CO|LIMITED|PLC|JR|SR|S\.A|GMBH)\b\.?\)?)(?:,\s*|$)", re.IGNORECASE
)
HELD: Final = re.compile(r"\b(?:INMATE|INCARCERATED|REGISTER NUMBER|USM NO|CORRECTIONAL)\b", re.IGNORECASE)
"""Words of prisons, in an address or an action: they say where someone is held."""


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the Denied Persons List.

    A denial holds from its day of effect to its expiry; it is published on the day of its first
    citation. The list does not say who of them is a person, so none is marked as one; several
    rows of one name and country are addresses of one party.
    """
    return shape.read(opened, draft)


def draft(row: Row, gather: Gather) -> None:
    """Gather the facts of a row, whatever form of the list it was read from.

    Errors: `InputError` where the row names nobody or one of its days is none.
    """
    row = _tidied(row)
    entry = row.entry
    effective = dates.us_day(entry.effective_date, kind="effective") if entry.effective_date else None
    expires = _EXPIRES.search(entry.notes or "")
    citation = " ".join((entry.federal_register or "").split())
    cited = dates.citations(citation)
    published = cited[0].day if cited else None
    clock = Clock(
        since=effective or published or gather.undated(),
        until=dates.us_day(expires[1], kind="effective") if expires else None,
        published=published,
        effective=effective,
    )
    party = drafting.party(row, gather, drafting.all_names(row))
    gather.listing(party, clock, Terms(citation=citation, policy=entry.notes or ""), row.source)


def _tidied(row: Row) -> Row:
    """The row with a legal form that was cut off into its address put back, and without a cell number as address.

    "X GROUP" at "INC., 8746 Some Drive" is X GROUP, INC. Where someone is held in prison is no address of theirs.
    """
    entry = row.entry
    address = entry.address or ""
    form = _FORM_IN_ADDRESS.match(address)
    if form:
        name, address = f"{entry.name}, {form['form']}", address[form.end() :]
        entry = msgspec.structs.replace(entry, name=name)
    # The list does not say who is a person: what may be one's home is left out, and where someone is held.
    held = HELD.search(f"{address} {entry.notes or ''}") or not kinds.plainly_body(entry.name)
    address = "" if held else address
    return msgspec.structs.replace(row, entry=msgspec.structs.replace(entry, address=address))
