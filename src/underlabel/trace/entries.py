"""Where a party stands: the entries of lists, by the ids their publishers gave them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import msgspec

from underlabel.model import Day, Entry, Held, Listing, held
from underlabel.world import World

_SCHEMES: Final[Mapping[str, str]] = {
    "us_ofac_sdn": "ofac-uid",
    "us_ofac_cons": "ofac-uid",
    "us_ofac_nscmic": "ofac-uid",
    "un_sc": "un-ref",
    "gb_sanctions": "uksl",
    "eu_fsf": "eu-ref",
}
"""Lists that number their entries, and the scheme of those numbers among a party's identifiers.

OFAC: the uid of its files; UN: the permanent reference number; UK: the unique id; EU: the reference number.
"""
_BESIDE: Final = frozenset({"eu-ref"})
"""Schemes whose numbers stand beside the one that our ids of the list are made of."""
_COMPILED: Final = "ftm:"


class Standing(msgspec.Struct, frozen=True):
    """An entry, and the days between which it holds."""

    entry: Entry
    since: Day | None
    until: Day | None


class Entries:
    """The entries of the parties of a World, each party worked out once."""

    def __init__(self, world: World) -> None:
        """Ask this World."""
        self._world = world
        self._known: dict[str, tuple[Standing, ...]] = {}
        self._on: dict[str, tuple[Entry, ...]] = {}

    def all(self, party: str) -> tuple[Standing, ...]:
        """Every entry of a party, whatever the day."""
        if party not in self._known:
            self._known[party] = tuple(_standing(party, self._world))
        return self._known[party]

    def of(self, party: str) -> tuple[Entry, ...]:
        """The entries of a party, each once."""
        return tuple(dict.fromkeys(one.entry for one in self.all(party)))

    def on(self, party: str, lists: Collection[str], day: date) -> tuple[Entry, ...]:
        """The entries of a party on some lists that hold on a day, perhaps; asked with one day and one set of lists."""
        if party not in self._on:
            stands = (
                one.entry
                for one in self.all(party)
                if one.entry.list in lists and held(one.since, one.until, day) is not Held.NO
            )
            self._on[party] = tuple(dict.fromkeys(stands))
        return self._on[party]


def source_id(listing: Listing, world: World) -> str:
    """The publisher's own id of an entry; the id of our record of it, where the publisher gives none.

    It is what the record's own id was made of ("gb_sanctions:RUS0001"), or a number among its identifiers; for a
    record of the package, which is told of several lists, among those of the party. A body of a compilation bears the
    compiler's id.
    """
    own, scheme = listing.subject, _SCHEMES.get(listing.list, "")
    made_of = own.removeprefix(f"{listing.list}:") if own.startswith(f"{listing.list}:") else ""
    if made_of and scheme and scheme not in _BESIDE:
        return made_of
    if scheme:
        return _number(own, scheme, world) or made_of or own.removeprefix(_COMPILED)
    return own.removeprefix(_COMPILED)


def _number(own: str, scheme: str, world: World) -> str:
    """The number of a record in a scheme; of the party's, where the record is one of the package."""
    newest = {one.id: one for one in world.records(world.one(own))}  # the newest version of each comes last
    records = [newest[own]] if own in newest else []
    if ":" not in own:
        records += [one for name, one in sorted(newest.items()) if name != own]
    return next((one.value for record in records for one in record.identifiers if one.scheme == scheme), "")


def _standing(party: str, world: World) -> list[Standing]:
    listings = world.listings.get(party, ())
    official = {one.list for one in listings if ":" in one.subject}
    # Of one entry, the list's own file speaks before the facts of the package.
    told = [one for one in listings if ":" in one.subject or one.list not in official]
    found = (Standing(Entry(list=one.list, source_id=source_id(one, world)), one.since, one.until) for one in told)
    return sorted(found, key=lambda one: (one.entry.list, one.entry.source_id, str(one.since or "")))
