"""What became of a party on the lists: listed, changed, renamed, taken off; when it was so, and since when known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import msgspec

from underlabel.model import Listing, Party, UsageError
from underlabel.trace.who import who
from underlabel.world import World


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened on a list, on whose word.

    `day` is when it was so, as the list or its editions tell ("2022-02-24..2022-02-25" lies between two); `known`
    since when that was known. `what` is listed, ended, said otherwise or renamed.
    """

    list: str
    what: str
    day: str
    known: str
    text: str
    announced: str = ""
    published: str = ""
    effective: str = ""
    citation: str = ""
    record: str = ""
    source: str = ""


def history(world: World, text: str) -> tuple[str, tuple[Event, ...]]:
    """The party that `text` means first (its name), and what the lists held say became of it, by day.

    Errors: `UsageError` where no record is held.
    """
    found = who(world, text, most=1)
    if not found:
        raise UsageError(f"no record is held of '{text}'", hint="`underlabel who NAME` looks for likely names")
    party = found[0].party
    every = (*_listed(world, party.id), *_renamed(world, party.id))
    events = (one for one in every if world.known_at is None or one.known <= str(world.known_at))
    return party.caption, tuple(sorted(events, key=lambda one: (one.day, one.list, one.known, one.what, one.text)))


def _listed(world: World, party: str) -> Iterator[Event]:
    rows = world.every_listing(party)
    seen: dict[str, Listing] = {}
    for one in sorted(rows, key=lambda row: (row.id, row.known_from or date.min, row.known_to or date.max)):
        before = seen.get(one.id)
        if before is None or before.since != one.since or (before.until is not None and one.until is None):
            yield _event(one, "listed", str(one.since or "unknown"), one.known_from)
        elif _said(before) != _said(one):
            yield _event(one, "said otherwise", str(one.known_from or "unknown"), one.known_from)
        if one.until is not None and (before is None or before.until != one.until):
            known = one.known_from if before is not None else None
            yield _event(one, "ended", str(one.until), known or one.until.latest)
        seen[one.id] = one


def _renamed(world: World, party: str) -> Iterator[Event]:
    for before, after in pairwise(world.records(party)):
        if before.id == after.id and before.caption != after.caption:
            day = str(after.known_from or "unknown")
            yield Event(
                list=after.source.dataset,
                what="renamed",
                day=day,
                known=day,
                text=f"{before.caption} → {after.caption}",
                record=after.id,
                source=_place(after),
            )


def _event(one: Listing, what: str, day: str, known: date | None) -> Event:
    return Event(
        list=one.list,
        what=what,
        day=day,
        known=str(known or ""),
        text=one.programme or one.requirement,
        announced=str(one.announced or ""),
        published=str(one.published or ""),
        effective=str(one.effective or ""),
        citation=one.citation,
        record=one.subject,
        source=_place(one),
    )


def _said(one: Listing) -> tuple[object, ...]:
    return one.programme, one.scope, one.reach, one.requirement, one.policy, one.citation


def _place(fact: Listing | Party) -> str:
    """Dataset, version and row: "us_ofac_sdn 9f2c41a0b3d2 sdn.csv line 12"."""
    source = fact.source
    return " ".join(filter(None, (source.dataset, source.version[:12], source.locator)))
