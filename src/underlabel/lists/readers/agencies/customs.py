"""CBP withhold-release orders and findings: by producer, vessel, or whole class of goods."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.lists import dates, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.agencies import endings, subsidiaries
from underlabel.lists.readers.shape import Row
from underlabel.model import Day, Facts

_VESSEL: Final = "Fishing Vessel: "
_KIND: Final = re.compile(r"^(WRO|Finding)\b;?\s*")
_GOODS: Final = re.compile(r"Merchandise: ([^;]+)")
_ELSEWHERE: Final = re.compile(r"\s*\(of (?P<place>[^(),]+), (?P<country>[^(),]+)\)$")
_NAMED: Final = re.compile(r"subsidiaries\b[^,]*, (?P<names>.+)$", re.IGNORECASE)
_REMOVED: Final = re.compile(r" removed from the order,?\s+(?P<day>\d{1,2}/\d{1,2}/\d{4})")
_TOWN: Final = re.compile(r";\s*(?P<town>[A-Z]\w+)\.?$")


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read CBP's orders and findings.

    Each is in effect from its date. One that stands no longer is kept with its end: the day its
    status or remarks give, or some day between its date and the edition's. Orders against goods of
    a country or region are categories. A row naming several companies is parted where each ends
    with a legal form, or where its remarks tell of the same names that the order was lifted for
    some of them: those end on the day given. Subsidiaries an order names are parties with listings of
    their own.
    """
    return shape.read(opened, _draft)


def _draft(row: Row, gather: Gather) -> None:
    entry = row.entry
    notes = entry.notes or ""
    day = dates.us_day(entry.effective_date, kind="effective") if entry.effective_date else None
    clock = Clock(since=day or gather.undated(), until=endings.ended(row, day, gather), effective=day)
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
    lifted = _lifted(name, notes)
    named = _NAMED.search(reach)
    for number, one in enumerate(lifted or wording.several(name.removeprefix(_VESSEL))):
        aliases = entry.aliases if number == 0 else ()
        single = _single(row, one, aliases)
        party = drafting.party(single, gather, drafting.all_names(single), schema="Vessel" if vessel else "")
        own = msgspec.structs.replace(clock, until=lifted.get(one) or clock.until)
        gather.listing(party, own, terms, row.source)
        if named and number == 0:
            subsidiaries.tie(row, gather, party, subsidiaries.parted(named["names"]), (clock, terms))


def _single(row: Row, name: str, aliases: tuple[str, ...]) -> Row:
    """The row as if it named one producer; "(of Nagoya, Japan)" behind a name says where that one is."""
    elsewhere = _ELSEWHERE.search(name)
    country, address = row.entry.country, row.entry.address
    if elsewhere:
        name, country, address = name[: elsewhere.start()], elsewhere["country"], elsewhere["place"]
    entry = msgspec.structs.replace(row.entry, name=name, aliases=aliases, country=country, address=address)
    return msgspec.structs.replace(row, entry=entry)


def _lifted(name: str, notes: str) -> dict[str, Day | None]:
    """The producers of a row, each with the day the order was lifted for it; empty where the remarks tell of none.

    Only where every producer the remarks name is one of the row's own: so the row is sure to be a
    list of names.
    """
    _, told, remarks = notes.partition("the following:")
    found: dict[str, Day] = {}
    at = 0
    for match in _REMOVED.finditer(remarks if told else ""):
        day = dates.us_day(match["day"], kind="effective")
        found |= dict.fromkeys(subsidiaries.pieces(remarks[at : match.start()].replace(";", ",")), day)
        at = match.end()
    producers = subsidiaries.pieces(_TOWN.sub("", name))
    return {one: found.get(one) for one in producers} if found and found.keys() <= set(producers) else {}
