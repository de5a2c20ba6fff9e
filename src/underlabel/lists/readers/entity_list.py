"""The Entity List (Supplement No. 4 to Part 744 of the EAR): a citation history per row."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from underlabel.lists import dates, wording
from underlabel.lists.gather import Clock, Gather, Tally, Terms
from underlabel.lists.opening import Opened
from underlabel.lists.readers import drafting, shape
from underlabel.lists.readers.shape import Row
from underlabel.model import Facts, Name, Party

_ADDRESS_ONLY: Final = re.compile(r"Address \d+")
_OTHERS: Final = re.compile(
    r"including .*operating units wherever located.*|.*?The following addresses apply to [^:]*:\s*"
)
_ALIASES: Final = re.compile(r"\(a\.k\.a\.?,? (?P<names>[^()]*)\),?\s*")
_EMPTY: Final = re.compile(r"^a\.k\.a\.,? the following \w+ alias(?:es)?:\s*")


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the Entity List.

    A listing is published, and holds, from the day of its first citation; `citation` keeps the
    whole history; an effective day is not stated in the list and stays unknown. A party named in
    two rows of one country is one party with both listings. An entry that is an address alone is
    a party of schema Address. An alias that runs on into an address ("X Ltd., 20 Nuolitie,
    Vantaa, Finland") is parted from it.
    """
    return shape.read(opened, _draft)


def _draft(row: Row, gather: Gather) -> None:
    history = " ".join((row.entry.federal_register or "").split())
    cited = dates.citations(history)
    published = cited[0].day if cited else None
    row, reach = _tidied(row)
    party = _address(row, gather) if _ADDRESS_ONLY.fullmatch(row.entry.name) else None
    if party is None:
        party = drafting.party(row, gather, drafting.all_names(row))
    clock = Clock(since=published or gather.undated(), published=published)
    terms = Terms(citation=history, requirement=" ".join((row.entry.notes or "").split()), reach=reach)
    gather.listing(party, clock, terms, row.source)


def _tidied(row: Row) -> tuple[Row, str]:
    """The row with what stands in the wrong field put right, and its own words on other bodies.

    Addresses are taken out of aliases, aliases out of the address field, and words on further
    bodies ("and any nuclear-related entities …", "subordinate institutions") out of both.
    """
    entry = row.entry
    address = entry.address or ""
    aliases, reach, addresses = [], [], []
    for number, alias in enumerate(entry.aliases, 1):
        kept, words = wording.reach(alias)
        last = not address and number == len(entry.aliases)
        kept, swallowed = wording.address_in_alias(kept, entry.country or "", last=last)
        aliases.append(kept)
        reach.append(words)
        addresses.append(swallowed)
    others = _OTHERS.match(address)
    if others:
        reach.append(others[0].strip().rstrip(":"))
        address = address[others.end() :]
    inside = _ALIASES.match(address)
    if inside:
        aliases += re.split(r",\s*|\s+and\s+", inside["names"])
        address = address[inside.end() :]
    address = "; ".join(filter(None, (_EMPTY.sub("", address), *addresses)))
    entry = msgspec.structs.replace(entry, aliases=tuple(aliases), address=address)
    return msgspec.structs.replace(row, entry=entry), "; ".join(filter(None, reach))


def _address(row: Row, gather: Gather) -> Party | None:
    addresses = wording.addresses(row.entry.address, row.entry.country or "")
    if not addresses:
        return None
    number = Name(row.entry.name, "weak")
    return drafting.party(row, gather, (Name(addresses[0]), number), schema="Address")
