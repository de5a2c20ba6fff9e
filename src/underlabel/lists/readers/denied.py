"""The Denied Persons List: orders with a day of effect and, mostly, a day of expiry."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists import dates
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Facts

_EXPIRES: Final = re.compile(r"Expires: (\d{4}-\d{2}-\d{2})")


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the Denied Persons List.

    A denial holds from its day of effect to its expiry; it is published on the day of its first
    citation. The list does not say who of them is a person, so none is marked as one; several
    rows of one name and country are addresses of one party.
    """
    return shape.read(opened, _draft)


def _draft(row: Row, gather: Gather) -> None:
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
