"""The UFLPA Entity List: importers' presumption, some entries with "and subsidiaries"."""

from __future__ import annotations

import msgspec

from underlabel.lists import dates, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Facts


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the UFLPA Entity List: listed from its stated effective day ("June 21, 2022").

    Words such as "and subsidiaries" are taken out of the name and kept as the listing's `reach`.
    """
    return shape.read(opened, _draft)


def _draft(row: Row, gather: Gather) -> None:
    name, reach = wording.reach(row.entry.name)
    row = msgspec.structs.replace(row, entry=msgspec.structs.replace(row.entry, name=name))
    day = dates.us_day(row.entry.effective_date, kind="effective") if row.entry.effective_date else None
    party = drafting.party(row, gather, drafting.all_names(row))
    terms = Terms(programme=row.entry.notes or "", reach=reach)
    gather.listing(party, Clock(since=day or gather.undated(), effective=day), terms, row.source)
