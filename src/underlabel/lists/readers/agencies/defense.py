"""The Department of Defense's lists: s.1260H (military companies) and s.1286 (institutions)."""

from __future__ import annotations

import re
from typing import Final

from underlabel.lists import dates
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.agencies import endings, subsidiaries
from underlabel.lists.readers.shape import Row
from underlabel.model import Day, Facts

_TOGETHER: Final = re.compile(r"^Listed together with subsidiaries: (?P<names>.*?)(?: \| |$)")
_PROGRAMMES: Final = "Table 2"


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the s.1260H list or the s.1286 list.

    Both are restated whole in each edition, so a row tells that a body stands on the list by that
    day, not since when: `since` is the stretch from the list's first day to the edition's notice.
    An entry whose status says that it was removed keeps its end. Subsidiaries a 1260H entry names become
    parties with listings of their own, each controlled by the entry's company, where the names can be
    told apart; the row's words stay in `reach`. What it says of the state ("indirectly owned by
    SASAC") stays in `policy`: no share is stated, and the state stands on no list. Talent programmes of
    s.1286 are categories.
    """
    draft = _company if opened.info.id == "us_dod_1260h" else _institution
    return shape.read(opened, draft)


def _company(row: Row, gather: Gather) -> None:
    citation = row.entry.federal_register or ""
    cited = dates.citations(citation)
    published = cited[0].day if cited else None
    since = Day(row.info.begins, published.latest, "published") if published else gather.undated()
    clock = Clock(since=since, until=endings.ended(row, since, gather), published=published)
    together = _TOGETHER.search(row.entry.notes or "")
    words = together["names"].strip() if together else ""
    parent = drafting.party(row, gather, drafting.all_names(row))
    reach = f"and subsidiaries: {words}" if words else ""
    policy = _TOGETHER.sub("", row.entry.notes or "")
    gather.listing(parent, clock, Terms(citation=citation, reach=reach, policy=policy), row.source)
    theirs = Terms(citation=citation, policy=f"named with {parent.caption}")
    subsidiaries.tie(row, gather, parent, subsidiaries.parted(words), (clock, theirs))


def _institution(row: Row, gather: Gather) -> None:
    notes = row.entry.notes or ""
    clock, terms = Clock(since=gather.undated()), Terms(programme=notes)
    if _PROGRAMMES in notes:
        gather.listing(gather.category(row.entry.name, row.source, notes), clock, terms, row.source)
        return
    gather.listing(drafting.party(row, gather, drafting.all_names(row)), clock, terms, row.source)
