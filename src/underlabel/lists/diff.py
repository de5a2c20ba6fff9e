"""What one edition of a list says differently from another: added, removed, renamed, changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from underlabel.lists.renaming import Body, renames
from underlabel.model import Category, Day, Facts, Listing, Party

_TERMS: Final = ("programme", "scope", "reach", "requirement", "policy", "citation", "until")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A body or class that stands in an edition: its id, name, kind, seat and programmes."""

    id: str
    name: str
    schema: str
    country: str = ""
    programme: str = ""


class Rename(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that bears another name: `before` is in the one edition, `after` in the other; `why` they are one."""

    before: Entry
    after: Entry
    why: str


class Altered(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said otherwise of an entry: what (aliases, addresses, policy …), what is gone and what is new."""

    what: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of which something but its name is said otherwise."""

    entry: Entry
    altered: tuple[Altered, ...]


class Diff(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """The difference of two editions, by their days ("unknown" where one states none)."""

    list: str
    from_: str
    to: str
    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    renamed: tuple[Rename, ...] = ()
    changed: tuple[Change, ...] = ()


class _Side(msgspec.Struct, frozen=True):
    """One edition: its entries by id, with their party or class and their listings."""

    bodies: Mapping[str, Party | Category]
    listings: Mapping[str, Sequence[Listing]]


def diff(name: str, before: Sequence[Facts], after: Sequence[Facts]) -> Diff:
    """What the edition `after` says otherwise than `before`; each may come in several parts.

    Entries are compared by id. One that went while another came that bears its name among its own, or has
    its identifier, is renamed; so is one that keeps its id and bears another first name.
    """
    old, new = _side(before), _side(after)
    gone, came = old.bodies.keys() - new.bodies.keys(), new.bodies.keys() - old.bodies.keys()
    stayed = sorted(old.bodies.keys() & new.bodies.keys())
    renamed = [
        Rename(before=_entry(old, one), after=_entry(new, one), why="same number in the list")
        for one in stayed
        if _caption(old.bodies[one]) != _caption(new.bodies[one])
    ]
    moved = renames(_entries(old, gone), _entries(new, came))
    renamed += [
        Rename(before=_entry(old, left), after=_entry(new, right), why=why) for left, (right, why) in moved.items()
    ]
    arrived = {right for right, _ in moved.values()}
    pairs = [(one, one) for one in stayed] + [(left, right) for left, (right, _) in moved.items()]
    changes = ((right, _altered(old, left, new, right)) for left, right in pairs)
    return Diff(
        list=name,
        from_=_day(before),
        to=_day(after),
        added=tuple(_entry(new, one) for one in sorted(came - arrived)),
        removed=tuple(_entry(old, one) for one in sorted(gone - moved.keys())),
        renamed=tuple(renamed),
        changed=tuple(Change(entry=_entry(new, one), altered=altered) for one, altered in changes if altered),
    )


def _side(parts: Iterable[Facts]) -> _Side:
    listings: dict[str, list[Listing]] = defaultdict(list)
    bodies: dict[str, Party | Category] = {}
    for facts in parts:
        known: dict[str, Party | Category] = {one.id: one for one in facts.parties}
        known |= {one.id: one for one in facts.categories}
        for row in facts.listings:
            if row.subject in known:
                bodies[row.subject] = known[row.subject]
                listings[row.subject].append(row)
    return _Side(bodies, listings)


def _day(parts: Sequence[Facts]) -> str:
    days = sorted({str(one.dataset.edition or "unknown") for one in parts})
    return days[-1] if days else "unknown"


def _entries(side: _Side, ids: set[str]) -> list[Body]:
    return [Body(side.bodies[one], side.listings[one]) for one in sorted(ids)]


def _caption(body: Party | Category) -> str:
    return body.caption if isinstance(body, Party) else body.text


def _entry(side: _Side, name: str) -> Entry:
    body = side.bodies[name]
    party = body if isinstance(body, Party) else None
    return Entry(
        id=name,
        name=_caption(body),
        schema=party.schema if party else "Category",
        country=party.countries[0] if party and party.countries else "",
        programme="; ".join(dict.fromkeys(one.programme for one in side.listings[name] if one.programme)),
    )


def _altered(old: _Side, left: str, new: _Side, right: str) -> tuple[Altered, ...]:
    ours, theirs = _said(old, left), _said(new, right)
    found = []
    for what in ours:
        gone = tuple(one for one in ours[what] if one not in theirs[what])
        came = tuple(one for one in theirs[what] if one not in ours[what])
        if gone or came:
            found.append(Altered(what=what, gone=gone, new=came))
    return tuple(found)


def _said(side: _Side, name: str) -> dict[str, tuple[str, ...]]:
    """Everything said of an entry but its first name, as texts by what it is."""
    body = side.bodies[name]
    party = body if isinstance(body, Party) else None
    said: dict[str, tuple[str, ...]] = {
        "aliases": tuple(one.text for one in party.names[1:]) if party else (),
        "countries": party.countries if party else (),
        "addresses": party.addresses if party else (),
        "identifiers": tuple(f"{one.scheme} {one.value}" for one in party.identifiers) if party else (),
    }
    for term in _TERMS:
        values = (_text(getattr(one, term)) for one in side.listings[name])
        said[term] = tuple(dict.fromkeys(value for value in values if value))
    return said


def _text(value: str | tuple[str, ...] | Day | None) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")
