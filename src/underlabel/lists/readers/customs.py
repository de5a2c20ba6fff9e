"""CBP withhold-release orders and findings: by producer, vessel, or whole class of goods."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.lists import dates, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Day, Facts

_VESSEL: Final = "Fishing Vessel: "
_KIND: Final = re.compile(r"^(WRO|Finding)\b;?\s*")
_GOODS: Final = re.compile(r"Merchandise: ([^;]+)")


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read CBP's orders and findings.

    Each is in effect from its date. One whose status is neither active nor partially modified
    ended on a day the file does not give: some day between its date and the edition's. Orders
    against goods of a country or region are categories; a row naming several companies is parted
    where each ends with a legal form.
    """
    return shape.read(opened, _draft)


def _draft(row: Row, gather: Gather) -> None:
    entry = row.entry
    notes = entry.notes or ""
    day = dates.us_day(entry.effective_date, kind="effective") if entry.effective_date else None
    clock = Clock(since=day or gather.undated(), until=_ended(entry.status, day, gather), effective=day)
    kind, goods = _KIND.search(notes), _GOODS.search(notes)
    name, reach = wording.reach(entry.name)
    terms = Terms(
        programme=kind[1] if kind else "",
        requirement=f"Merchandise: {goods[1].strip()}" if goods else "",
        policy=f"{entry.status}; {_KIND.sub('', notes)}".strip("; "),
        reach=reach,
    )
    if any(re.search(pattern, entry.name) for pattern in row.info.categories):
        goods_text = goods[1].strip() if goods else ""
        gather.listing(gather.category(entry.name, row.source, goods_text), clock, terms, row.source)
        return
    vessel = name.startswith(_VESSEL)
    for number, one in enumerate(wording.several(name.removeprefix(_VESSEL))):
        aliases = entry.aliases if number == 0 else ()
        single = msgspec.structs.replace(row, entry=msgspec.structs.replace(entry, name=one, aliases=aliases))
        party = drafting.party(single, gather, drafting.all_names(single), schema="Vessel" if vessel else "")
        gather.listing(party, clock, terms, row.source)


def _ended(status: str | None, day: Day | None, gather: Gather) -> Day | None:
    if status in (None, "", "Active", "Partially Modified") or gather.edition is None:
        return None
    return Day(day.earliest if day else gather.opened.info.begins, gather.edition, "effective")
