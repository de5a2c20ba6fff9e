"""Entries whose terms a later edition states otherwise go on: they did not end and begin anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from underlabel.model import Facts, Listing


def continued(ordered: Sequence[Facts]) -> list[Facts]:
    """The editions, the oldest first, in which a listing that another of the same body and list replaced bears its id.

    An id follows from a listing's terms, so new terms (a programme more, another citation, another form of
    file) make another id. Where a whole edition has a new one of a body that lost one, the two are one that goes on; of
    several, those that share the most. Entries that are both new, or both gone, stay what they are.
    """
    told: list[Facts] = []
    before: Mapping[tuple[str, str], Sequence[Listing]] = {}
    for facts in ordered:
        rows = _grouped(facts.listings)
        if facts.dataset.coverage == "whole":
            rows = {body: _going_on(before.get(body, ()), listings) for body, listings in rows.items()}
            silent = {body: held for body, held in before.items() if body[1] not in facts.dataset.lists}
            before = {**silent, **rows}
        told.append(msgspec.structs.replace(facts, listings=tuple(row for each in rows.values() for row in each)))
    return told


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
