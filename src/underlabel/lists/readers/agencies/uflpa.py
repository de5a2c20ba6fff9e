"""The UFLPA Entity List: importers' presumption, some entries with "and subsidiaries"."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.lists import dates, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Facts

_AFFILIATES: Final = re.compile(r";\s*(?P<words>and its [^;]*entities)$")


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the UFLPA Entity List: listed from its stated effective day ("June 21, 2022").

    Words such as "and subsidiaries" are taken out of the name, and "and its subordinate and
    affiliated entities" out of the notes, and kept as the listing's `reach`.
    """
    return shape.read(opened, draft)


def draft(row: Row, gather: Gather) -> None:
    """Gather the facts of a row, whatever form of the list it was read from.

    Errors: `InputError` where the row names nobody or its day is none.
    """
    name, reach = wording.reach(row.entry.name)
    notes = row.entry.notes or ""
    affiliates = _AFFILIATES.search(notes)
    row = msgspec.structs.replace(row, entry=msgspec.structs.replace(row.entry, name=name))
    day = dates.us_day(row.entry.effective_date, kind="effective") if row.entry.effective_date else None
    party = drafting.party(row, gather, drafting.all_names(row))
    terms = Terms(
        programme=_AFFILIATES.sub("", notes),
        reach="; ".join(filter(None, (reach, affiliates["words"] if affiliates else ""))),
    )
    gather.listing(party, Clock(since=day or gather.undated(), effective=day), terms, row.source)
