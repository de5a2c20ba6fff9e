"""Who stood on a list on a day, told from the columns of the listings alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Final

import msgspec
import numpy as np

from underlabel import store
from underlabel.model import Day, Held, Listing, held

_EPOCH: Final = date(1970, 1, 1).toordinal()
_MISSING: Final = 10_000_000
"""No day: beyond any that a calendar has."""
_ENDS: Final = (("since", "earliest"), ("since", "latest"), ("until", "earliest"), ("until", "latest"))
_CLOCKS: Final = (("known_from",), ("announced", "latest"), ("published", "latest"), ("since", "latest"))


class Entry(msgspec.Struct, frozen=True):
    """What of a listing decides whether it held: whose, on whose word, from when to when."""

    party: str
    dataset: str
    since: Day | None
    until: Day | None


class Standing:
    """The listings of a snapshot, by list, as known on a day."""

    def __init__(self, shelf: store.Shelf[Listing], known_at: date | None) -> None:
        """Read the columns that decide."""
        self._by_list: dict[str, list[Entry]] = defaultdict(list)
        ends = {path: shelf.days(*path, missing=_MISSING).tolist() for path in _ENDS}
        known = _known(shelf, known_at)
        texts = zip(shelf.texts("list"), shelf.texts(store.KEY), shelf.texts("source", "dataset"), strict=True)
        days = zip(*(ends[path] for path in _ENDS), strict=True)
        for (name, party, dataset), (since, since_latest, until, until_latest), was_known in zip(
            texts, days, known, strict=True
        ):
            if was_known:
                entry = Entry(party, dataset, _day(since, since_latest), _day(until, until_latest))
                self._by_list[name].append(entry)

    def starts(self, lists: Iterable[str], day: date) -> dict[str, Held]:
        """The parties that stood on any of `lists` on `day`, and whether beyond doubt."""
        found: dict[str, Held] = {}
        for name in sorted(set(lists)):
            for party, entries in _by_party(self._by_list.get(name, ())).items():
                states = {held(begun(one, entries), one.until, day) for one in entries}
                if Held.YES in states:
                    found[party] = Held.YES
                elif Held.MAYBE in states:
                    found.setdefault(party, Held.MAYBE)
        return dict(sorted(found.items()))


def begun(one: Entry, entries: Iterable[Entry]) -> Day | None:
    """Since when a listing holds: an edition that gives no exact day is told it by the package's, or another's.

    That is a narrower day of the same list, inside its uncertain one, of a listing that never ended.
    """
    if one.since is None or one.since.earliest == one.since.latest:
        return one.since
    inside = [
        other.since
        for other in entries
        if other.dataset != one.dataset and other.since and not other.until
        if one.since.earliest <= other.since.earliest and other.since.latest <= one.since.latest
    ]
    return min(inside, key=lambda day: day.latest, default=one.since)


def _by_party(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        found[one.party].append(one)
    return found


def _known(shelf: store.Shelf[Listing], known_at: date | None) -> list[bool]:
    """Which listings were known on a day; with None, those that nothing has made out of date."""
    gone = shelf.days("known_to", missing=_MISSING)
    if known_at is None:
        return list((gone == _MISSING).tolist())
    day = known_at.toordinal() - _EPOCH
    came = np.full(len(shelf), -_MISSING)
    for path in reversed(_CLOCKS):
        said = shelf.days(*path, missing=_MISSING)
        came = np.where(said == _MISSING, came, said)
    return list(((came <= day) & (day < gone)).tolist())


@cache
def _day(earliest: int, latest: int) -> Day | None:
    if earliest == _MISSING:
        return None
    return Day(date.fromordinal(earliest + _EPOCH), date.fromordinal(latest + _EPOCH))
