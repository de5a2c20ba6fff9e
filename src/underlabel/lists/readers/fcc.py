"""The FCC Covered List: equipment and services, by who produces them; some rows name none."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists import dates
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Facts

_SCOPES: Final = (
    (re.compile(r"^Video surveillance and telecommunications equipment"), ("video", "telecom")),
    (re.compile(r"^Telecommunications equipment"), ("telecom",)),
    (re.compile(r"^(?:International )?[Tt]elecommunications services"), ("service",)),
    (re.compile(r"^(?:Information security products|Cybersecurity and anti-virus software)"), ("software", "service")),
)
_REACH: Final = re.compile(r"or any of its ([^.]*?)(?=\.|,? including|\)|$)")


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the Covered List.

    A row that names no producer ("routers produced in a foreign country") is a category, never a
    party. `scope` follows from the entry's opening words. The page states no country of a
    producer, so none is taken over.
    """
    return shape.read(opened, _draft)


def _draft(row: Row, gather: Gather) -> None:
    entry = row.entry
    words = " ".join((entry.notes or "").split())
    day = dates.us_day(entry.effective_date, kind="effective") if entry.effective_date else None
    clock = Clock(since=day or gather.undated(), effective=day)
    reach = _REACH.search(words)
    scope = next((scope for form, scope in _SCOPES if form.search(words)), ())
    terms = Terms(scope=scope, requirement=words, reach=reach[0] if reach else "")
    if any(re.search(pattern, entry.name) for pattern in row.info.categories):
        gather.listing(gather.category(entry.name, row.source, words), clock, terms, row.source)
        return
    gather.listing(drafting.party(row, gather, drafting.all_names(row)), clock, terms, row.source)
