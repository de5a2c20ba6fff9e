"""Screening: each name of a table against the lists, with what was searched, so that a miss is a proof too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Final

import msgspec

from underlabel import lists, match, names
from underlabel.model import (
    Asked,
    Entry,
    FactsMissingError,
    Found,
    Hit,
    ListHit,
    Nearest,
    Query,
    Screened,
    Searched,
)
from underlabel.trace.entries import Entries, Standing
from underlabel.world import World

BATCH: Final = 1_000
_WIDER: Final = 25
"""Parties asked for at least: some that match stand on no list that is searched."""
_WIDEST: Final = 200
_HEAD: Final = 200
_FEW: Final = 5


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How to screen.

    `lists` are list ids: parties on any other are no hits; none means all lists held. `top` is how many parties a
    row may hit, `threshold` the score a hit needs (`match.DEFAULT_THRESHOLD` unless given), `as_of` the day on which
    they stand on the list. With `unlisted`, parties that stand on no list are hits too.
    """

    as_of: date
    lists: tuple[str, ...] = ()
    top: int = 5
    threshold: float | None = None
    unlisted: bool = False


class Count(msgspec.Struct):
    """What became of the rows that went by; `kinds` counts rows by the class of their best hit.

    `searched` is what was searched for the last of them.
    """

    rows: int = 0
    rejected: int = 0
    cut: int = 0
    kinds: Counter[str] = msgspec.field(default_factory=Counter)
    first_rejected: list[Screened] = []
    searched: Searched | None = None

    @property
    def hits(self) -> int:
        """How many rows have a hit."""
        return self.kinds.total()

    @property
    def misses(self) -> int:
        """How many rows are names that hit nothing."""
        return self.rows - self.rejected - self.hits

    def over(self, screened: Iterable[Screened]) -> Iterator[Screened]:
        """The same rows, counted as they go by."""
        for one in screened:
            self.rows += 1
            self.searched = one.searched
            self.cut += one.searched.cut
            if one.rejected:
                self.rejected += 1
                if len(self.first_rejected) < _FEW:
                    self.first_rejected.append(one)
            elif one.hits:
                self.kinds[one.hits[0].hit.kind] += 1
            yield one


def screen(world: World, rows: Iterable[Asked | Query | str], terms: Terms) -> Iterator[Screened]:
    """Screen rows in batches: exactly one answer to each row, in order, however many there are.

    A row may be a plain text or a `Query`. A row that is no name, and gives no identifier, is rejected with the
    reason. Errors: `UsageError` for an unknown list, `FactsMissingError` for one that is not loaded.
    """
    screener = _Screener(world, terms)
    return _batches(screener, iter(rows))


def no_name(query: Query) -> str:
    """Why a question cannot be asked; empty where it can."""
    text = query.name
    if query.identifiers or names.is_name(text):
        return ""
    if not text.strip():
        return "the name is empty"
    if len(text) > _HEAD and names.is_name(text[:_HEAD]):
        return f"the name is too long: {len(text):,} characters"
    form = names.form(text[:_HEAD])
    if form.org_types and not form.stem:
        return "only an organisation type, no name"
    return "no letter in it: this is no name"


def _batches(screener: _Screener, rest: Iterator[Asked | Query | str]) -> Iterator[Screened]:
    count = 0
    while batch := list(islice(rest, BATCH)):
        yield from screener.batch([_asked(row, count + at) for at, row in enumerate(batch, start=1)])
        count += len(batch)


def _asked(row: Asked | Query | str, number: int) -> Asked:
    if isinstance(row, Asked):
        return row
    query = Query(row) if isinstance(row, str) else row
    return Asked(row=number, query=query, cells=(query.name,))


class _Screener:
    """One World and the terms, with what is worked out once: the lists searched, where each party stands."""

    def __init__(self, world: World, terms: Terms) -> None:
        self._world = world
        self._terms = terms
        self._least = match.DEFAULT_THRESHOLD if terms.threshold is None else terms.threshold
        self._lists = searchable(world, terms.lists)
        self._entries = Entries(world)
        self._searched: dict[tuple[int, bool], Searched] = {}

    def batch(self, rows: Sequence[Asked]) -> Iterator[Screened]:
        reasons = [row.broken or no_name(row.query) for row in rows]
        queries = [row.query for row, reason in zip(rows, reasons, strict=True) if not reason]
        found = iter(self._found(queries))
        for row, reason in zip(rows, reasons, strict=True):
            if reason:
                yield Screened(asked=row, searched=self._what(0, cut=False), rejected=reason)
            else:
                yield self._answer(row, next(found))

    def _found(self, queries: Sequence[Query]) -> list[Found]:
        """What matches; asked once more, and wider, where hits were left out and others took the room."""
        index, top = self._world.index, self._terms.top
        wide = max(_WIDER, top)
        found = match.find(index, queries, top=wide, threshold=self._least)
        narrow = [
            at
            for at, one in enumerate(found)
            if one.cut and len(one.hits) >= wide and len(self._parties(one.hits)) <= top
        ]
        if narrow:
            wider = match.find(index, [queries[at] for at in narrow], top=max(_WIDEST, top), threshold=self._least)
            for at, one in zip(narrow, wider, strict=True):
                found[at] = one
        return found

    def _answer(self, row: Asked, found: Found) -> Screened:
        parties = self._parties(found.hits)
        kept = dict(list(parties.items())[: self._terms.top])
        hits = tuple(
            ListHit(party=party, list=entry.list, source_id=entry.source_id, hit=hit)
            for party, hit in kept.items()
            for entry in self._standing(party) or (Entry(list="", source_id=party),)
        )
        nearest = None if hits else self._nearest(found)
        searched = self._what(found.searched, cut=found.cut or len(kept) < len(parties))
        return Screened(asked=row, searched=searched, hits=hits, nearest=nearest)

    def _parties(self, hits: Iterable[Hit]) -> dict[str, Hit]:
        """The parties hit that count, the best first, each with its best hit; one more than wanted, if there is one."""
        best: dict[str, Hit] = {}
        for hit in hits:
            if len(best) > self._terms.top:
                break
            party = self._world.one(hit.party)
            if party not in best and (self._terms.unlisted or self._standing(party)):
                best[party] = hit
        return best

    def _standing(self, party: str) -> tuple[Entry, ...]:
        """Where a party stands, on the lists searched and the day asked."""
        return self._entries.on(party, self._lists, self._terms.as_of)

    def _nearest(self, found: Found) -> Nearest | None:
        hit = found.hits[0] if found.hits else found.nearest
        if hit is None:
            return None
        party = self._world.one(hit.party)
        return Nearest(
            party=party,
            entries=self._entries.of(party),
            hit=hit,
            least=self._least,
            standing=self._why(party) if hit.score >= self._least else "",
        )

    def _why(self, party: str) -> str:
        """Why a party whose name would do is no hit."""
        everywhere = self._entries.all(party)
        if not everywhere:
            return "it stands on no list that is held"
        inside = [one for one in everywhere if one.entry.list in self._lists]
        if inside:
            named = ", ".join(sorted({one.entry.list for one in inside}))
            return f"it does not stand on {named} on {self._terms.as_of}{_when(inside)}"
        return f"it stands on {', '.join(sorted({one.entry.list for one in everywhere}))}, which was not searched"

    def _what(self, candidates: int, *, cut: bool) -> Searched:
        key = candidates, cut
        if key not in self._searched:
            editions = {name: self._world.loaded(name) for name in self._lists}
            self._searched[key] = Searched(
                lists=self._lists,
                versions={name: str(one.edition or "") if one else "" for name, one in editions.items()},
                extracts=tuple(name for name, one in editions.items() if one and one.coverage == "extract"),
                as_of=self._terms.as_of,
                known_at=self._world.known_at,
                snapshot=self._world.snapshot.id,
                candidates=candidates,
                cut=cut,
            )
        return self._searched[key]


def searchable(world: World, wanted: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids of the lists to search: those wanted, else all that are held.

    Errors: `UsageError` for an unknown list, `FactsMissingError` for one that is not loaded.
    """
    loaded = {name for one in world.datasets for name in one.lists}
    compiled = {one.id: one.lists for one in world.datasets if one.lists}
    chosen: dict[str, None] = {}
    for name in map(lists.resolve, wanted):
        if name not in loaded and name not in compiled:
            raise FactsMissingError(
                f"the list {name} is not loaded", hint=f"load it: underlabel lists add FILE --as {name}"
            )
        chosen |= dict.fromkeys([name] if name in loaded else compiled[name])
    return tuple(sorted(chosen or loaded))


def _when(standing: Iterable[Standing]) -> str:
    """Between which days some entries held."""
    days = sorted({f"{one.since or '?'} to {one.until}" if one.until else f"since {one.since}" for one in standing})
    return f" (listed {'; '.join(days)})"
