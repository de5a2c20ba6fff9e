"""What a reader gathers while it goes through a file, and the account of every record in it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final, TypeVar

import msgspec

from underlabel.lists.opening import Opened
from underlabel.model import Category, Dataset, Day, Facts, InputError, Link, Listing, Party, Rejected, Source

_RAW: Final = 200
_REASON: Final = 400
_MOST_REJECTED: Final = 100
"""An edition is no longer whole when more than one record in this many is rejected."""

_MOST_TOLD: Final = 10_000
"""More rejections than this are no list with faults in it, but another file; the worst official one has 40."""

_MOST_OF_ONE: Final = 2_000
"""The most names, addresses and numbers of one party; the most official ones are some 200."""

T = TypeVar("T")


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the records of one file: each is counted once.

    A part belongs to a party told of elsewhere (an alias, an address, a comment, a repeated row).
    """

    file: str
    records: int
    parties: int = 0
    parts: int = 0
    categories: int = 0
    terminators: int = 0
    rejected: int = 0

    @property
    def accounted(self) -> int:
        """How many records are accounted for: always `records`."""
        return self.parties + self.parts + self.categories + self.terminators + self.rejected


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """The days of one listing."""

    since: Day | None = None
    until: Day | None = None
    announced: Day | None = None
    published: Day | None = None
    effective: Day | None = None


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one listing."""

    programme: str = ""
    scope: tuple[str, ...] = ()
    reach: str = ""
    requirement: str = ""
    policy: str = ""
    citation: str = ""


class Gather:
    """Facts of one edition: parties are joined by id, and a listing said twice is kept once."""

    def __init__(self, opened: Opened, edition: date | None, part: str = "") -> None:
        """Begin with nothing gathered. `part` names the part of a list that is a dataset of its own."""
        self.opened = opened
        self.dataset = f"{opened.info.id}:{part}" if part else opened.info.id
        self.edition = edition
        self.parties: dict[str, Party] = {}
        self.categories: dict[str, Category] = {}
        self.listings: dict[str, Listing] = {}
        self.links: dict[str, Link] = {}
        self.rejected: list[Rejected] = []
        self.lost: list[str] = []

    def source(self, locator: str, text: str = "") -> Source:
        """Where in this edition a fact stands."""
        info = self.opened.info
        return Source(self.dataset, self.opened.version, locator, text, info.url, info.publisher)

    def undated(self) -> Day:
        """A day of listing the file does not give: some day since the list began, by this edition.

        Where not even the edition's day is known, every day after that stays uncertain.
        """
        return Day(self.opened.info.begins, self.edition or date.max, "published")

    def party(self, party: Party) -> None:
        """Keep a party; one with the same id lends it the names, addresses and numbers it lacks.

        Errors: `InputError` where more is told of one party than any list tells.
        """
        held = self.parties.get(party.id)
        if held is None:
            self.parties[party.id] = party
            return
        if len(held.names) + len(held.addresses) + len(held.identifiers) > _MOST_OF_ONE:
            raise InputError(
                f"more than {_MOST_OF_ONE} names, addresses and numbers are told of {held.caption[:80]}",
                where=self.opened.where,
                hint="no list tells so many of one party: is this the list's own file?",
            )
        texts = {name.text for name in held.names}
        self.parties[party.id] = msgspec.structs.replace(
            held,
            names=held.names + tuple(name for name in party.names if name.text not in texts),
            countries=_union(held.countries, party.countries),
            identifiers=_union(held.identifiers, party.identifiers),
            addresses=_union(held.addresses, party.addresses),
        )

    def category(self, text: str, source: Source, purpose: str = "") -> Category:
        """Keep a class the list names."""
        id_ = fact_id(self.opened.info.id, text, "")
        category = Category(id=id_, source=source, text=text, purpose=purpose)
        self.categories.setdefault(category.id, category)
        return category

    def listing(self, subject: Party | Category, clock: Clock, terms: Terms, source: Source, *, name: str = "") -> None:
        """Keep the listing of a party or category; `name` is the list's id, where a file speaks for several.

        It is known from the day it was published, or by the day it took effect; where neither is
        given, from this edition on.
        """
        days = (clock.published, clock.effective)
        known = next((day.latest for day in days if day and day.earliest == day.latest), self.edition)
        # A day the file does not state moves with the edition: it is no part of what the listing is.
        since = "" if clock.since == self.undated() else clock.since
        words = f"{terms.programme}|{terms.citation}|{since}|{clock.effective}"
        listing = Listing(
            id=fact_id(f"{subject.id}/listing", words, ""),
            source=source,
            known_from=known,
            subject=subject.id,
            list=name or self.opened.info.id,
            **msgspec.structs.asdict(clock),
            **msgspec.structs.asdict(terms),
        )
        self.listings.setdefault(listing.id, listing)

    def link(self, link: Link) -> None:
        """Keep a tie the list itself states."""
        self.links.setdefault(link.id, link)

    def reject(self, reason: str, *, where: str, hint: str = "", raw: str = "") -> None:
        """Note a record that could not be read, or a detail of one that was left out.

        `raw` names the record and no more: it may be a person's. Errors: `InputError` where the file is full
        of them: it is refused, in bounded memory, and not told of line by line.
        """
        if len(self.rejected) >= _MOST_TOLD:
            most, times = Counter(one.hint or one.reason for one in self.rejected).most_common(1)[0]
            raise InputError(
                f"more than {_MOST_TOLD} records or details were rejected, and {len(self.parties)} parties read:"
                f" this is not {self.opened.info.id}, or the file is broken; the last: {reason[:_REASON]}",
                where=where,
                hint=f"fetch the list's own file again; {times} times the advice was: {most}",
            )
        reason, raw = reason[:_REASON], raw[:_RAW]
        self.rejected.append(Rejected(reason=reason, hint=hint, where=where, dataset=self.dataset, raw=raw))

    def lose(self, what: str, *, where: str, hint: str = "fetch the file again") -> None:
        """Note that the file lost a part, each once: what is not in it may still be listed, so it is an extract."""
        if what not in self.lost:
            self.lost.append(what)
            self.reject(what, where=where, hint=hint)

    def facts(
        self,
        tallies: Iterable[Tally],
        minimum: str = "",
        *,
        extract: bool = False,
        lists: tuple[str, ...] = (),
        entries: int | None = None,
    ) -> Facts:
        """All that was gathered, as facts; `lists` are the ids the file speaks for, if not its own.

        `entries` is how many entries the main file gave, where several of its records make one entry.

        Absence from an edition that is far too small, that lost a part, or of which (or of whose main file, the
        first) more than 1 % was rejected, shows nothing: it is an extract. One with listings younger than it is
        said to be is noted. Errors: `InputError` where the main file holds no record that could be read, or far
        fewer than any edition of the list did, unless small files were asked for.
        """
        tallies = tuple(tallies)
        info, opened = self.opened.info, self.opened
        least = info.minimum.get(minimum, min(info.minimum.values(), default=0))
        first = tallies[0]
        read = first.parties + first.parts + first.categories if entries is None else entries
        if not read:
            raise InputError(
                f"no entry could be read; an edition of {info.id} holds {max(least, 1)} or more",
                where=opened.where,
                hint="fetch the file again; no list is ever empty",
            )
        if read < least and not opened.accept_small:
            raise InputError(
                f"only {read} entries could be read; an edition of {info.id} holds {least} or more",
                where=opened.where,
                hint="fetch the file again; if it is meant to be this small, add it with --accept",
            )
        self._doubt_edition()
        records, rejected = sum(tally.records for tally in tallies), sum(tally.rejected for tally in tallies)
        sound = read >= least and all(
            bad * _MOST_REJECTED <= total for bad, total in ((rejected, records), (first.rejected, first.records))
        )
        whole = info.coverage == "whole" and not extract and not self.lost and sound
        dataset = Dataset(
            id=self.dataset,
            kind="list",
            title=info.title,
            edition=self.edition,
            version=opened.version,
            records=records,
            entries=len({one.subject for one in self.listings.values()}),
            form=opened.form,
            lists=lists or (info.id,),
            coverage="whole" if whole else "extract",
            publisher=info.publisher,
            url=info.url,
            licence=info.licence,
        )
        return Facts(
            dataset=dataset,
            parties=tuple(self.parties.values()),
            categories=tuple(self.categories.values()),
            listings=tuple(self.listings.values()),
            links=tuple(self.links.values()),
            rejected=tuple(self.rejected),
        )

    def _doubt_edition(self) -> None:
        """Note that entries were listed after the day the edition is said to be of."""
        edition = self.edition or date.max
        later = [one.published.earliest for one in self.listings.values() if one.published]
        later = [day for day in later if day > edition]
        if later:
            self.reject(
                f"{len(later)} listings were published after {edition}, the last on {max(later)}",
                where=self.opened.where,
                hint="this edition is younger than it is said to be: give its own day with --date",
            )


def fact_id(prefix: str, name: str, country: str) -> str:
    """A stable id: it follows from what the fact says, never from the row it stands in."""
    words = f"{' '.join(name.casefold().split())}\0{country.casefold()}"
    return f"{prefix}:{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def _union(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(first + second))
