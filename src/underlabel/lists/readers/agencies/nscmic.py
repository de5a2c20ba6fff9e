"""OFAC's list of Chinese military-industrial complex companies, and the annex it began with."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists import dates
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Day, Facts, Identifier

_LISTED: Final = re.compile(r"Listing Date \(CMIC\): (\d{2} [A-Z][a-z]{2} \d{4})")
_CODE: Final = re.compile(r"USCC: ([0-9A-Z]{18})\b")
_PROGRAMME: Final = re.compile(r"Program: ([^;]+)")
_ANNEX: Final = "ofac-eo14032"


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the NS-CMIC List, or the annex to E.O. 14032 (an extract of the list).

    A company stands on it from its listing day, on which it was made public; purchases are barred
    from the effective day. Chinese credit codes are identifiers. "Linked To" remarks are left
    where they are: they are no holding.
    """
    return shape.read(opened, _draft, extract=(_ANNEX,))


def _draft(row: Row, gather: Gather) -> None:
    notes = row.entry.notes or ""
    listed, code, programme = _LISTED.search(notes), _CODE.search(notes), _PROGRAMME.search(notes)
    effective = dates.us_day(row.entry.effective_date, kind="effective") if row.entry.effective_date else None
    published = dates.us_day(listed[1]) if listed else _cited(row)
    party = drafting.party(
        row, gather, drafting.all_names(row), identifiers=(Identifier("uscc", code[1]),) if code else ()
    )
    clock = Clock(since=published or effective or gather.undated(), published=published, effective=effective)
    terms = Terms(
        programme=programme[1].strip() if programme else "CMIC-EO13959",
        citation=row.entry.federal_register or "",
        policy=notes,
    )
    gather.listing(party, clock, terms, row.source)


def _cited(row: Row) -> Day | None:
    cited = dates.citations(row.entry.federal_register or "")
    return cited[0].day if cited else None
