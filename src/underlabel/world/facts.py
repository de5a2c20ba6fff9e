"""The World: all facts of one snapshot, as they were known on a day, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

import msgspec

from underlabel import labels, match, own, store
from underlabel.model import (
    Absence,
    Article,
    Block,
    Category,
    Claim,
    Dataset,
    Held,
    Link,
    Listing,
    Party,
)
from underlabel.world.derived import LABEL, TIES, Derived
from underlabel.world.known import Lookup, known, known_from, unknown, versions
from underlabel.world.standing import Standing


class World:
    """Facts joined across datasets: a party is asked for by any of its ids and answers as one.

    With `known_at`, only what was known on that day is in it; a fact that does not say since when it
    was known counts as known once it was true. `label` says in words which facts these are. Opening reads
    next to nothing: rows are looked up when they are asked for.
    """

    def __init__(self, snapshot: store.Snapshot, *, label: str, known_at: date | None = None) -> None:
        """Keep the snapshot, and open what was derived from it."""
        self.snapshot = snapshot
        self.label = label
        self.known_at = known_at
        self._derived = Derived(snapshot)
        self._holdings: dict[tuple[date, bool], own.Holdings] = {}
        self.parties: Mapping[str, Party] = Lookup(self._derived.party, self._party)
        self.listings: Mapping[str, tuple[Listing, ...]] = Lookup(self._derived.listing, self._listed)

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """The editions loaded, as far as they were known; one without a day counts as known."""
        return tuple(one for one in self.snapshot.manifest.datasets if self._out_by(one.edition))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Ownership, control and supply between parties, their ends as the ids that stand for them."""
        moved = []
        for link in self._ties:
            if not link.src.startswith(LABEL):
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
        return tuple(link for link in self._ties if link.src.startswith(LABEL))

    @cached_property
    def book(self) -> labels.Book:
        """Who is said to make what."""
        registry = next((one for one in self.snapshot.manifest.datasets if one.kind == "registry"), None)
        edition = registry.edition if registry is not None else None
        return labels.book(self.label_links, self.snapshot.rows(Block), edition)

    @cached_property
    def index(self) -> match.Index:
        """All names that were known, to be searched."""
        index = self._derived.index()
        if self.known_at is None:
            return index
        return index.hiding(unknown(self._derived.party.all(), self.known_at))

    @cached_property
    def spotter(self) -> match.Spotter:
        """All names, to be spotted in text; parties answer with the id that stands for them."""
        return match.spotter((name, one.text, one.kind) for name, party in self.parties.items() for one in party.names)

    @cached_property
    def seats(self) -> Mapping[str, tuple[str, ...]]:
        """Countries of parties, the registered seat first."""
        found: dict[str, tuple[str, ...]] = {}
        for name, countries in self._derived.party.pairs("countries"):
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *countries)))
        return found

    @cached_property
    def state_bodies(self) -> frozenset[str]:
        """Parties that are bodies of a state."""
        found = {name for name, schema in self._derived.party.pairs("schema") if schema == "PublicBody"}
        return frozenset(name for name in found if self.parties[name].schema == "PublicBody")

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        """Classes that lists name, by id."""
        rows = sorted(self._derived.category.all(), key=lambda one: (":" in one.source.dataset, one.id), reverse=True)
        return {self.one(one.id): one for one in known(rows, self.known_at)}

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
        return self._derived.stands_for.get(party, party)

    def holding(self, word: str) -> list[str]:
        """The parties a name of which holds a word, whatever its case."""
        return sorted({self.one(party.id) for party in self._derived.party.holding("names", "text", word)})

    def starts(self, lists: Iterable[str], day: date) -> dict[str, Held]:
        """The parties that stood on any of `lists` on `day`, and whether beyond doubt."""
        return self._standing.starts(lists, day)

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

    def absences_of(self, party: str) -> tuple[Absence, ...]:
        """Every list a party was looked for on without being found."""
        return tuple(one for (name, _), one in sorted(self._absences.items()) if name == party)

    def brands_of(self, party: str) -> str:
        """A brand of a party, where a label fact of at least medium confidence records one; else empty."""
        return self._brands.get(party, "")

    @cached_property
    def joins(self) -> tuple[Link, ...]:
        """The `same_as` links, each with its reason; those that a user undid are refuted."""
        return tuple(known(self._derived.link.of("same_as"), self.known_at))

    def records(self, party: str) -> tuple[Party, ...]:
        """Every version of every record that a party is joined from, the oldest first."""
        return tuple(sorted(self._derived.party.of(party), key=lambda one: (one.id, one.known_from or date.min)))

    def every_listing(self, party: str) -> tuple[Listing, ...]:
        """Every listing of a party that was known, with those that a later edition made out of date."""
        rows = (one for one in self._derived.listing.of(party) if self._out_by(known_from(one)))
        return tuple(sorted(rows, key=_clock))

    def citing(self, words: str) -> tuple[Listing, ...]:
        """Listings the citation of which holds these words."""
        return tuple(known(self._derived.listing.saying("citation", words), self.known_at))

    def linked(self, party: str) -> tuple[Link, ...]:
        """Ties of which a list says no more than "Linked To", from or to a party."""
        rows = known(self._linked, self.known_at)
        return tuple(link for link in rows if party in (self.one(link.src), self.one(link.dst)))

    @cached_property
    def _linked(self) -> list[Link]:
        return self._derived.link.of("linked_to")

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self._derived.listing, self.known_at)

    @cached_property
    def _brands(self) -> Mapping[str, str]:
        owned: dict[str, str] = {}
        for link in self.label_links:
            if link.kind == "brands" and link.status == "completed" and link.confidence != "low" and link.scope:
                owned.setdefault(self.one(link.dst), link.scope.brand)
        return owned

    @cached_property
    def _absences(self) -> Mapping[tuple[str, str], Absence]:
        rows = sorted(known(self._derived.absence.all(), self.known_at), key=lambda one: (one.edition, one.id))
        return {(self.one(one.subject), one.list): one for one in rows}

    @cached_property
    def _ties(self) -> tuple[Link, ...]:
        return tuple(known(self._derived.link.of(TIES), self.known_at))

    def _party(self, name: str, records: list[Party]) -> Party | None:
        return _together(name, versions(records, self.known_at))

    def _listed(self, _: str, rows: list[Listing]) -> tuple[Listing, ...] | None:
        return tuple(sorted(known(rows, self.known_at), key=_clock)) or None

    def _out_by(self, day: date | None) -> bool:
        return self.known_at is None or day is None or day <= self.known_at


def _replaced(link: Link, src: str, dst: str) -> Link:
    return msgspec.structs.replace(link, src=src, dst=dst)


def _together(name: str, group: list[Party]) -> Party:
    """One party of several records: the curated record speaks first, and every name is kept once."""
    group.sort(key=lambda party: (party.id != name, ":" in party.id, party.id))
    first = group[0]
    names_ = {one.text: one for party in reversed(group) for one in party.names}
    ordered = dict.fromkeys(one.text for party in group for one in party.names)
    return msgspec.structs.replace(
        first,
        id=name,
        names=tuple(names_[text] for text in ordered),
        countries=tuple(dict.fromkeys(one for party in group for one in party.countries)),
        identifiers=tuple(dict.fromkeys(one for party in group for one in party.identifiers)),
        addresses=tuple(dict.fromkeys(one for party in group for one in party.addresses)),
    )


def _clock(listing: Listing) -> tuple[str, str, str]:
    return str(listing.since or ""), listing.list, listing.id
