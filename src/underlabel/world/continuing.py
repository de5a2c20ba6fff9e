"""Entries that a later edition states otherwise go on: they did not end and begin anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from underlabel import lists
from underlabel.model import Fact, Facts, Listing

Row = TypeVar("Row", bound=Fact)


def continued(ordered: Sequence[Facts]) -> list[Facts]:
    """The editions, the oldest first, in which a body and a listing bear the ids they had in the edition before.

    An id follows from what a list says: a corrected name makes another body of one that bears no number, and
    new terms (a programme more, another citation, another form of file) another listing. Where a whole edition has
    a new body in the place of one that went (`lists.renames`), or a new listing of a body that lost one, the two are
    one that goes on. Entries that are both new, or both gone, stay what they are.
    """
    told: list[Facts] = []
    bodies: dict[str, lists.Body] = {}
    before: Mapping[tuple[str, str], Sequence[Listing]] = {}
    former: dict[str, str] = {}
    for edition in ordered:
        facts = edition
        if facts.dataset.coverage == "whole":
            held = _bodies(_called(facts, former))
            gone = [one for name, one in bodies.items() if name not in held and _spoken(one, facts.dataset.lists)]
            came = [one for name, one in held.items() if name not in bodies]
            found = {new: old for old, (new, _) in lists.renames(gone, came).items()}
            former |= found
            lost = {one.body.id for one in gone}
            bodies = {name: one for name, one in bodies.items() if name not in lost}
        facts = _called(edition, former)
        bodies |= _bodies(facts)
        rows = _grouped(facts.listings)
        if facts.dataset.coverage == "whole":
            rows = {body: _going_on(before.get(body, ()), listings) for body, listings in rows.items()}
            silent = {body: held for body, held in before.items() if body[1] not in facts.dataset.lists}
            before = {**silent, **rows}
        told.append(msgspec.structs.replace(facts, listings=tuple(row for each in rows.values() for row in each)))
    return told


def _bodies(facts: Facts) -> dict[str, lists.Body]:
    listings: dict[str, list[Listing]] = defaultdict(list)
    for row in facts.listings:
        listings[row.subject].append(row)
    return {one.id: lists.Body(one, listings[one.id]) for one in facts.parties if one.id in listings}


def _spoken(one: lists.Body, of: Sequence[str]) -> bool:
    """Whether an edition speaks for every list a body stood on."""
    return all(row.list in of for row in one.listings)


def _called(facts: Facts, former: Mapping[str, str]) -> Facts:
    """The facts, in which bodies bear the ids they had before; not where both ids are in use again."""
    own = {one.id for one in facts.parties}
    former = {new: old for new, old in former.items() if old not in own}
    if not former:
        return facts
    return msgspec.structs.replace(
        facts,
        parties=tuple(_renamed(one, former, "id") for one in facts.parties),
        listings=tuple(_renamed(one, former, "subject") for one in facts.listings),
        links=tuple(_renamed(one, former, "src", "dst") for one in facts.links),
    )


def _renamed(row: Row, former: Mapping[str, str], *ends: str) -> Row:
    changes = {end: former[name] for end in ends if (name := getattr(row, end)) in former}
    return msgspec.structs.replace(row, **changes) if changes else row


def _grouped(listings: Iterable[Listing]) -> dict[tuple[str, str], Sequence[Listing]]:
    found: dict[tuple[str, str], list[Listing]] = defaultdict(list)
    for row in listings:
        found[row.subject, row.list].append(row)
    return dict(found)


def _going_on(before: Sequence[Listing], now: Sequence[Listing]) -> Sequence[Listing]:
    """One body's listings, those that replace one of before under its id."""
    held = {row.id for row in now}
    gone = [row for row in before if row.id not in held]
    new = [row for row in now if row.id not in {row.id for row in before}]
    if not gone or not new:
        return now
    pairs = sorted(
        ((_shared(old, row), old.id, row.id) for old in gone for row in new), key=lambda pair: (-pair[0], *pair[1:])
    )
    taken: dict[str, str] = {}
    for _, old_id, new_id in pairs:
        if new_id not in taken and old_id not in taken.values():
            taken[new_id] = old_id
    return [msgspec.structs.replace(row, id=taken.get(row.id, row.id)) for row in now]


def _shared(old: Listing, new: Listing) -> int:
    """How much two listings share: programme, citation (one a part of the other), day."""
    cited = bool(old.citation) and (old.citation in new.citation or new.citation in old.citation)
    return 2 * (old.programme == new.programme) + 2 * cited + (old.since == new.since)
