"""The Military End-User List (Supplement No. 7 to Part 744 of the EAR)."""

from __future__ import annotations

from underlabel.lists import dates
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Facts


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the Military End-User List: listed, and published, from the day of the first citation.

    `policy` keeps the note that names a parent ("Subordinate institution of …").
    """
    return shape.read(opened, draft)


def draft(row: Row, gather: Gather, *, reach: str = "") -> None:
    """Gather the facts of a row; `reach` are its own words on further bodies, where it has any.

    Errors: `InputError` where the row names nobody.
    """
    citation = " ".join((row.entry.federal_register or "").split())
    cited = dates.citations(citation)
    published = cited[0].day if cited else None
    party = drafting.party(row, gather, drafting.all_names(row))
    clock = Clock(since=published or gather.undated(), published=published)
    terms = Terms(citation=citation, policy=row.entry.notes or "", reach=reach)
    gather.listing(party, clock, terms, row.source)
