"""Who was listed by one rule: official renderings cite its first page or an entry's own; both are the same rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from underlabel.model import Listing, UsageError
from underlabel.world import World

_PLACE: Final = re.compile(r"(?P<volume>\d{2,3})\s*F\.?\s?R\.?\s*(?P<page>\d{1,6})(?!\d)")
_NEAR: Final = 30
"""Pages that a rule may be long: from its first page to that of an entry."""
_LEAST: Final = 2


class CitedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that cites the rule: the party as it answers here, the record, and where it was read."""

    party: str
    name: str
    list: str
    pages: tuple[str, ...]
    since: str
    record: str
    source: str


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """A rule by the pages it is cited by, and the entries that cite any of them."""

    pages: tuple[str, ...]
    entries: tuple[CitedEntry, ...]


def cited(world: World, citation: str) -> Cited:
    """The entries listed by the rule that `citation` ("84 FR 54004") names, by whichever page they cite it.

    Two pages of one volume are one rule where they lie near each other and two bodies at least cite the
    one in one official rendering and the other in another. Errors: `UsageError` where it is no citation.
    """
    place = _PLACE.search(citation)
    if place is None:
        raise UsageError(f"'{citation}' is no Federal Register citation", hint='write volume and page: "84 FR 54004"')
    volume, pages = int(place["volume"]), {int(place["page"])}
    rows = [row for row in world.citing(f"{volume} FR ") if any(one == volume for one, _ in _places(row.citation))]
    while found := _renderings(world, rows, volume, pages) - pages:
        pages |= found
    entries = [_entry(world, row, volume, pages) for row in rows if _pages(row, volume) & pages]
    return Cited(
        pages=tuple(f"{volume} FR {page}" for page in sorted(pages)),
        entries=tuple(sorted(entries, key=lambda one: (one.name, one.party, one.source))),
    )


def _renderings(world: World, rows: Iterable[Listing], volume: int, pages: set[int]) -> set[int]:
    """Pages by which another dataset cites the rule, of bodies that cite one of `pages` in theirs."""
    told: dict[tuple[str, str], list[Listing]] = {}
    for row in rows:
        told.setdefault((world.one(row.subject), row.list), []).append(row)
    count: Counter[int] = Counter()
    for group in told.values():
        citing = [row for row in group if _pages(row, volume) & pages]
        others = {row.source.dataset for row in citing}
        elsewhere = {page for row in group if row.source.dataset not in others for page in _pages(row, volume)}
        count.update(page for page in elsewhere if citing and any(abs(page - one) <= _NEAR for one in pages))
    return {page for page, bodies in count.items() if bodies >= _LEAST}


def _entry(world: World, row: Listing, volume: int, pages: set[int]) -> CitedEntry:
    party = world.one(row.subject)
    body = world.parties.get(party)
    held = world.categories.get(party)
    return CitedEntry(
        party=party,
        name=body.caption if body else held.text if held else party,
        list=row.list,
        pages=tuple(f"{volume} FR {page}" for page in sorted(_pages(row, volume) & pages)),
        since=str(row.since or "unknown"),
        record=row.subject,
        source=" ".join(filter(None, (row.source.dataset, row.source.version[:12], row.source.locator))),
    )


def _pages(row: Listing, volume: int) -> set[int]:
    return {page for one, page in _places(row.citation) if one == volume}


def _places(citation: str) -> Iterator[tuple[int, int]]:
    return ((int(one["volume"]), int(one["page"])) for one in _PLACE.finditer(citation))
