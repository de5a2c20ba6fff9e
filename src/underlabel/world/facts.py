"""The World: all facts of one snapshot, as they were known on a day, ready to be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

import msgspec

from underlabel import labels, match, names, own, store
from underlabel.model import (
    Absence,
    Article,
    Block,
    Category,
    Claim,
    Dataset,
    Day,
    Fact,
    Held,
    InputError,
    Link,
    Listing,
    Party,
    held,
)
from underlabel.world.build import INDEX, LABEL, index
from underlabel.world.join import clusters

Known = TypeVar("Known", bound=Fact)


class World:
    """Facts joined across datasets: a party is asked for by any of its ids and answers as one.

    With `known_at`, only what was known on that day is in it; a fact that does not say since when it
    was known counts as known once it was true. `label` says in words which facts these are.
    """

    def __init__(self, snapshot: store.Snapshot, *, label: str, known_at: date | None = None) -> None:
        """Keep the snapshot; tables are read when first asked for."""
        self.snapshot = snapshot
        self.label = label
        self.known_at = known_at
        self._holdings: dict[tuple[date, bool], own.Holdings] = {}

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """The editions loaded, as far as they were known; one without a day counts as known."""
        return tuple(one for one in self.snapshot.manifest.datasets if self._out_by(one.edition))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Ownership, control and supply between parties, their ends as the ids that stand for them."""
        moved = []
        for link in self._links:
            if link.kind != "same_as" and not link.src.startswith(LABEL):
                src, dst = self.one(link.src), self.one(link.dst)
                moved.append(link if (src, dst) == (link.src, link.dst) else _replaced(link, src, dst))
        return tuple(moved)

    @cached_property
    def link_by_id(self) -> Mapping[str, Link]:
        """Every link by its id."""
        return {link.id: link for link in self.links}

    @cached_property
    def label_links(self) -> tuple[Link, ...]:
        """Links from labels to the parties that make or brand them."""
        return tuple(link for link in self._links if link.src.startswith(LABEL))

    @cached_property
    def book(self) -> labels.Book:
        """Who is said to make what."""
        registry = next((one for one in self.snapshot.manifest.datasets if one.kind == "registry"), None)
        edition = registry.edition if registry is not None else None
        return labels.book(self.label_links, self.snapshot.rows(Block), edition)

    @cached_property
    def index(self) -> match.Index:
        """All names, to be searched."""
        try:
            return match.load(self.snapshot.folder / store.DERIVED / INDEX)
        except InputError:  # made by another version: the names are at hand, so it is made again
            return index(self._parties)

    @cached_property
    def spotter(self) -> match.Spotter:
        """All names, to be spotted in text; parties answer with the id that stands for them."""
        return match.spotter((self.one(p.id), name.text, name.kind) for p in self._parties for name in p.names)

    @cached_property
    def parties(self) -> Mapping[str, Party]:
        """Parties by the id that stands for them, with the names and numbers of all they are joined from."""
        groups: dict[str, list[Party]] = defaultdict(list)
        for party in self._parties:
            groups[self.one(party.id)].append(party)
        return {name: _together(name, group) for name, group in sorted(groups.items())}

    @cached_property
    def seats(self) -> Mapping[str, tuple[str, ...]]:
        """Countries of parties, the registered seat first."""
        return {name: party.countries for name, party in self.parties.items()}

    @cached_property
    def state_bodies(self) -> frozenset[str]:
        """Parties that are bodies of a state."""
        return frozenset(name for name, party in self.parties.items() if party.schema == "PublicBody")

    @cached_property
    def listings(self) -> Mapping[str, tuple[Listing, ...]]:
        """Listings by the party or category they name."""
        rows = (one for one in self._known(self.snapshot.rows(Listing)) if one.subject in self._described)
        return _grouped((self.one(one.subject), one) for one in rows)

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        """Classes that lists name, by id."""
        return {self.one(one.id): one for one in self._known(reversed(self._classes))}

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Pages that were added and were out; a page without a day counts as out."""
        rows = self.snapshot.rows(Article)
        return tuple(one for one in rows if self._out_by(one.published.latest if one.published else None))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What documents say, as curated."""
        rows = self.snapshot.rows(Claim)
        return tuple(one for one in rows if self.known_at is None or (one.known_from or self.known_at) <= self.known_at)

    def one(self, party: str) -> str:
        """The id that stands for a party and all it is joined with; classes of the same words are one."""
        return self._stands_for.get(party, party)

    def starts(self, lists: Iterable[str], day: date) -> dict[str, Held]:
        """The parties that stood on any of `lists` on `day`, and whether beyond doubt."""
        wanted = set(lists)
        found: dict[str, Held] = {}
        for subject, listings in self.listings.items():
            states = {held(_begun(one, listings), one.until, day) for one in listings if one.list in wanted}
            if Held.YES in states:
                found[subject] = Held.YES
            elif Held.MAYBE in states:
                found[subject] = Held.MAYBE
        return found

    def holdings(self, day: date, *, doubted: bool = False) -> own.Holdings:
        """What was held on `day`; worked out once a day."""
        if (day, doubted) not in self._holdings:
            self._holdings[day, doubted] = own.on(self.links, day, doubted=doubted)
        return self._holdings[day, doubted]

    def loaded(self, name: str) -> Dataset | None:
        """The edition that speaks for a list: a whole one before an extract, the latest first."""
        found = [one for one in self.datasets if name in one.lists]
        return max(found, key=lambda one: (one.coverage == "whole", one.edition or date.min), default=None)

    def absence(self, party: str, name: str) -> Absence | None:
        """A record that the party was looked for on a list and does not stand on it."""
        return self._absences.get((self.one(party), name))

    def brands_of(self, party: str) -> str:
        """A brand of a party, where a label fact of at least medium confidence records one; else empty."""
        return self._brands.get(party, "")

    @cached_property
    def _brands(self) -> Mapping[str, str]:
        owned: dict[str, str] = {}
        for link in self.label_links:
            if link.kind == "brands" and link.status == "completed" and link.confidence != "low" and link.scope:
                owned.setdefault(self.one(link.dst), link.scope.brand)
        return owned

    def absences_of(self, party: str) -> tuple[Absence, ...]:
        """Every list a party was looked for on without being found."""
        return tuple(one for (name, _), one in sorted(self._absences.items()) if name == party)

    @cached_property
    def joins(self) -> tuple[Link, ...]:
        """The `same_as` links, each with its reason."""
        return tuple(link for link in self._links if link.kind == "same_as" and not link.src.startswith(LABEL))

    @cached_property
    def _absences(self) -> Mapping[tuple[str, str], Absence]:
        rows = [one for one in self._known(self.snapshot.rows(Absence)) if one.subject in self._described]
        return {(self.one(one.subject), one.list): one for one in sorted(rows, key=lambda one: (one.edition, one.id))}

    @cached_property
    def _parties(self) -> list[Party]:
        return self.snapshot.rows(Party)

    @cached_property
    def _classes(self) -> list[Category]:
        return sorted(self.snapshot.rows(Category), key=lambda one: (":" in one.source.dataset, one.id))

    @cached_property
    def _described(self) -> frozenset[str]:
        """Ids that a fact may speak of; what speaks of others is kept in the snapshot and skipped here."""
        return frozenset(one.id for rows in (self._parties, self._classes) for one in rows)

    @cached_property
    def _links(self) -> tuple[Link, ...]:
        return tuple(
            link
            for link in self._known(self.snapshot.rows(Link))
            if all(end in self._described or end.startswith(LABEL) for end in (link.src, link.dst))
        )

    @cached_property
    def _stands_for(self) -> Mapping[str, str]:
        first: dict[str, str] = {}
        classes = {one.id: first.setdefault(names.key(one.text) or one.id, one.id) for one in self._classes}
        return classes | clusters(self.joins)

    def _out_by(self, day: date | None) -> bool:
        return self.known_at is None or day is None or day <= self.known_at

    def _known(self, facts: Iterable[Known]) -> Iterator[Known]:
        day = self.known_at
        for fact in facts:
            if day is None or (_known_from(fact) <= day and (fact.known_to is None or day < fact.known_to)):
                yield fact


def _known_from(fact: Fact) -> date:
    if fact.known_from is not None:
        return fact.known_from
    if isinstance(fact, Absence):
        return fact.edition
    if isinstance(fact, Listing) and (fact.announced or fact.published):
        said = fact.announced or fact.published
        return said.latest if said else date.min
    return fact.since.latest if fact.since else date.min


def _begun(one: Listing, listings: Iterable[Listing]) -> Day | None:
    """Since when a listing holds: an edition that gives no exact day is told it by the package's, or another's.

    That is a narrower day of the same list, inside its uncertain one, of a listing that never ended.
    """
    if one.since is None:
        return None
    inside = [
        other.since
        for other in listings
        if other.list == one.list and other.source.dataset != one.source.dataset
        if other.since and not other.until
        if one.since.earliest <= other.since.earliest and other.since.latest <= one.since.latest
    ]
    return min(inside, key=lambda day: day.latest, default=one.since)


def _replaced(link: Link, src: str, dst: str) -> Link:
    return msgspec.structs.replace(link, src=src, dst=dst)


def _together(name: str, group: list[Party]) -> Party:
    """One party of several records: the curated record speaks first, and every name is kept once."""
    group.sort(key=lambda party: (party.id != name, ":" in party.id, party.id))
    first = group[0]
    names = {one.text: one for party in reversed(group) for one in party.names}
    ordered = dict.fromkeys(one.text for party in group for one in party.names)
    return msgspec.structs.replace(
        first,
        id=name,
        names=tuple(names[text] for text in ordered),
        countries=tuple(dict.fromkeys(one for party in group for one in party.countries)),
        identifiers=tuple(dict.fromkeys(one for party in group for one in party.identifiers)),
        addresses=tuple(dict.fromkeys(one for party in group for one in party.addresses)),
    )


def _grouped(pairs: Iterable[tuple[str, Listing]]) -> dict[str, tuple[Listing, ...]]:
    groups: dict[str, list[Listing]] = defaultdict(list)
    for subject, listing in pairs:
        groups[subject].append(listing)
    return {subject: tuple(sorted(ones, key=_clock)) for subject, ones in sorted(groups.items())}


def _clock(listing: Listing) -> tuple[str, str, str]:
    return str(listing.since or ""), listing.list, listing.id
