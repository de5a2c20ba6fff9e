"""Who was listed by one rule: official renderings cite its first page or an entry's own; both are the same rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from underlabel.model import Listing, UsageError
from underlabel.world import World

_PLACE: Final = re.compile(
    r"(?<!\d)(?P<volume>\d{1,3})\s*F(?:ed)?\.?\s*R(?:eg)?\.?\s*(?P<page>\d{1,6})(?!\d)"
    r"(?:,?\s+entry\s+(?P<entry>\d{1,6})(?!\d))?",
    re.IGNORECASE,
)
_NEAR: Final = 30
"""Pages that a rule may be long: from its first page to that of an entry."""
_LEAST: Final = 2


class CitedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that cites the rule: the party as it answers here, the record, and where it was read.

    `against` is what another source cites for the same party and list, where that is not this rule.
    """

    party: str
    name: str
    list: str
    pages: tuple[str, ...]
    since: str
    record: str
    source: str
    against: str = ""


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """A rule by the pages it is cited by, and the entries that cite any of them.

    `parties` are those listed by it, `doubted` those of which every entry is contradicted by another source.
    """

    pages: tuple[str, ...]
    entries: tuple[CitedEntry, ...]
    parties: tuple[str, ...]
    doubted: tuple[str, ...]


def cited(world: World, citation: str) -> Cited:
    """The entries listed by the rule that `citation` ("84 FR 54004") names, by whichever page they cite it.

    Two pages of one volume are one rule where an entry says so ("rule 84 FR 54002, entry 54004"), or where they
    lie near each other and two bodies at least cite the one in one official rendering and the other in
    another. Errors: `UsageError` where it is no citation.
    """
    place = _PLACE.search(citation)
    if place is None:
        raise UsageError(f"'{citation}' is no Federal Register citation", hint='write volume and page: "84 FR 54004"')
    volume = int(place["volume"])
    pages = {int(page) for page in (place["page"], place["entry"]) if page}
    rows = [row for row in world.citing(f"{volume} F") if _pages(row, volume)]
    while found := {*_stated(rows, volume, pages), *_renderings(world, rows, volume, pages)} - pages:
        pages |= found
    citing = sorted((row for row in rows if _pages(row, volume) & pages), key=_exactness)
    entries = [_entry(world, row, volume, pages) for row in citing]
    sure = {one.party for one in entries if not one.against}
    return Cited(
        pages=tuple(f"{volume} FR {page}" for page in sorted(pages)),
        entries=tuple(sorted(entries, key=lambda one: (one.name, one.party))),
        parties=tuple(sorted(sure)),
        doubted=tuple(sorted({one.party for one in entries} - sure)),
    )


def _stated(rows: Iterable[Listing], volume: int, pages: set[int]) -> Iterator[int]:
    """Pages that an entry itself says are of the rule."""
    for row in rows:
        for of, group in _places(row.citation):
            if of == volume and group & pages:
                yield from group


def _renderings(world: World, rows: Iterable[Listing], volume: int, pages: set[int]) -> Iterator[int]:
    """Pages by which another dataset cites the rule, of bodies that cite one of `pages` in theirs."""
    told: dict[tuple[str, str], list[Listing]] = {}
    for row in rows:
        told.setdefault((world.one(row.subject), row.list), []).append(row)
    count: Counter[int] = Counter()
    for group in told.values():
        citing = {row.source.dataset for row in group if _pages(row, volume) & pages}
        elsewhere = {page for row in group if row.source.dataset not in citing for page in _pages(row, volume)}
        count.update(page for page in elsewhere if citing and any(abs(page - one) <= _NEAR for one in pages))
    return (page for page, bodies in count.items() if bodies >= _LEAST)


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
        against="; ".join(_against(world.listings.get(party, ()), row, volume, pages)),
    )


def _against(listings: Sequence[Listing], row: Listing, volume: int, pages: set[int]) -> Iterator[str]:
    """What other sources cite for the same list, unless one of them cites the rule too."""
    others = [one for one in listings if one.list == row.list and one.source.dataset != row.source.dataset]
    if not any(_pages(one, volume) & pages for one in others):
        for one in others:
            if any(_places(one.citation)):
                yield f"{one.source.dataset}: {one.citation}"


def _exactness(row: Listing) -> tuple[int, str]:
    """Rows that know their day exactly come first."""
    since = row.since
    return (since.latest - since.earliest).days if since else date.max.toordinal(), row.id


def _pages(row: Listing, volume: int) -> set[int]:
    return {page for of, group in _places(row.citation) if of == volume for page in group}


def _places(citation: str) -> Iterator[tuple[int, set[int]]]:
    """Every place a citation names: its volume, and its page with that of the entry."""
    for one in _PLACE.finditer(citation):
        yield int(one["volume"]), {int(page) for page in (one["page"], one["entry"]) if page}
