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
from underlabel.model import Facts, InputError, Name, Party

ADDRESS_ONLY: Final = re.compile(r"Address \d+")
"""The name of an entry that is an address and no body."""

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
    return shape.read(opened, draft)


def draft(row: Row, gather: Gather, *, policy: str = "", others: str = "") -> None:
    """Gather the facts of a row, whatever form of the list it was read from.

    `policy` is the licence review policy and `others` are the row's words on further bodies,
    where the form states them apart. Errors: `InputError` where the row names nobody.
    """
    history = " ".join((row.entry.federal_register or "").split())
    cited = dates.citations(history)
    published = cited[0].day if cited else None
    row, reach = _tidied(row)
    party = _address(row, gather) if ADDRESS_ONLY.fullmatch(row.entry.name) else None
    if party is None:
        party = drafting.party(row, gather, drafting.all_names(row))
    clock = Clock(since=published or gather.undated(), published=published)
    terms = Terms(
        citation=history,
        requirement=" ".join((row.entry.notes or "").split()),
        policy=policy,
        reach="; ".join(filter(None, (reach, others))),
    )
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
    return drafting.party(row, gather, address_names(row.entry.name, addresses), schema="Address")


def address_names(number: str, addresses: tuple[str, ...]) -> tuple[Name, ...]:
    """The names of an entry that is an address alone: the address, then its number ("Address 01").

    Errors: `InputError` where the address is missing: a number names nobody.
    """
    if not addresses:
        raise InputError(
            f"'{number}' is an address, and the address is not given", hint="read a form that has addresses"
        )
    return Name(addresses[0]), Name(number, "weak")
