"""Who an item is about: its makers, or the parties to its shipment, as parties of the World."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from underlabel import labels, names
from underlabel.model import (
    Confidence,
    Found,
    Held,
    Hit,
    Item,
    ItemParty,
    LooksAt,
    Making,
    PartyRole,
    Query,
    Why,
)
from underlabel.trace.meaning import BRAND_AS_NAME, meant, query, search
from underlabel.world import World

RECIPIENTS: Final[tuple[PartyRole, ...]] = (
    "purchaser",
    "intermediate_consignee",
    "ultimate_consignee",
    "end_user",
    "bank",
)
_ALL: Final[tuple[PartyRole, ...]] = (*RECIPIENTS, "supplier")


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One party a regime may look at.

    `name` is the name to print, `written` the name as the line or the registry has it. `party` is
    the id it stands for in the World, empty where only a name is known. `doubts` say why the tie
    between item and party is not certain; none means high confidence. `own` is false where a named company or the
    holder of a MAC block is not recorded as the maker of what it sells.
    """

    name: str
    role: str
    written: str = ""
    party: str = ""
    confidence: Confidence = "high"
    making: Making | None = None
    named: ItemParty | None = None
    hit: Hit | None = None
    doubts: tuple[Why, ...] = ()
    own: bool = True


class Named(msgspec.Struct, frozen=True):
    """The subjects of one item: who is under its label, who receives it, and who supplies it."""

    makers: tuple[Subject, ...]
    recipients: tuple[Subject, ...]
    suppliers: tuple[Subject, ...] = ()

    def looked_at(self, whom: LooksAt) -> tuple[Subject, ...]:
        """Those a rule looks at."""
        chosen: dict[LooksAt, tuple[Subject, ...]] = {
            "maker": self.makers,
            "recipient": self.recipients,
            "parties": (*self.recipients, *self.suppliers),
            "anyone": (*self.makers, *self.recipients, *self.suppliers),
        }
        return chosen[whom]


def named(items: Sequence[Item], days: Sequence[date], world: World) -> list[Named]:
    """Who is under the label of each item and who takes part in its shipment, on its day; the best evidence first."""
    makings = [_made(item, day, world.book) for item, day in zip(items, days, strict=True)]
    found = _found(items, makings, world)
    answers = []
    for item, day, made in zip(items, days, makings, strict=True):
        makers = [subject for one in made for subject in _makers(one, found, world)]
        makers = list(_with_brands(item, day, makers, world))
        receive = [subject for one in item.named(*RECIPIENTS) for subject in _partakers(one, found, world)]
        supply = [subject for one in item.named("supplier") for subject in _partakers(one, found, world)]
        answers.append(Named(tuple(makers), tuple(receive), tuple(supply)))
    return answers


def _made(item: Item, day: date, book: labels.Book) -> tuple[Making, ...]:
    made = tuple(
        one
        for one in book.makers(item, day)
        if one.fits is not Held.NO and (one.party or not one.name or names.is_name(one.name))
    )
    if made or not names.is_name(item.brand):
        return made
    # A brand that no label fact knows may still be the name of a party.
    return (
        Making(
            relation="named",
            evidence="brand",
            text=item.brand,
            name=item.brand,
            confidence="medium",
            note=BRAND_AS_NAME,
        ),
    )


def _with_brands(item: Item, day: date, makers: Iterable[Subject], world: World) -> Iterator[Subject]:
    """A company named, or holding the MAC block, stands for its brand: those said to make that brand come too."""
    makers = list(makers)
    # A maker's name that is itself a known brand says no more than the brand does.
    read_as_brand = any(one.making is not None and one.making.evidence == "brand" for one in makers)
    for subject in makers:
        making = subject.making
        if item.brand or making is None or making.evidence not in {"mac", "named"} or making.party:
            yield subject
            continue
        brand = world.brands_of(subject.party)
        asked = msgspec.structs.replace(item, brand=brand, mac="", parties=())
        made = [one for one in world.book.makers(asked, day) if one.relation == "makes" and one.fits is not Held.NO]
        parties = {world.one(one.party) for one in made if one.party}
        own = subject.party in parties if brand else making.evidence == "named" and not read_as_brand
        yield msgspec.structs.replace(subject, own=own)
        for one in made if brand else ():
            if one.party and world.one(one.party) != subject.party:
                yield from _makers(one, {}, world)


def _found(items: Sequence[Item], makings: Sequence[tuple[Making, ...]], world: World) -> Mapping[Query, Found]:
    """Every name and address of the batch, searched once."""
    queries = {query(one.name) for made in makings for one in made if one.name and not one.party}
    for item in items:
        for one in item.named(*_ALL):
            queries.add(query(one.name, one.country))
            if one.address:
                queries.add(Query(one.address, schema="Address"))
    ordered = sorted(queries, key=lambda one: (one.name, one.country, one.schema))
    return search(ordered, world)


def _makers(making: Making, found: Mapping[Query, Found], world: World) -> Iterator[Subject]:
    doubts = _making_doubts(making)
    subject = Subject(
        name=making.name or making.text,
        written=making.name or making.text,
        role="maker",
        confidence=_weaker(making.confidence, doubts),
        making=making,
        doubts=doubts,
    )
    if making.party:
        party = world.one(making.party)
        caption = world.parties[party].caption if party in world.parties else subject.name
        yield msgspec.structs.replace(subject, party=party, name=caption)
        return
    matched = list(_matched(subject, found[query(making.name)], world))
    if making.note != BRAND_AS_NAME or any(one.party for one in matched):
        yield from matched


def _partakers(party: ItemParty, found: Mapping[Query, Found], world: World) -> Iterator[Subject]:
    if names.is_name(party.name):
        subject = Subject(name=party.name, written=party.name, role=party.role, named=party)
        yield from _matched(subject, found[query(party.name, party.country)], world)
    if party.address:
        there = Subject(name=party.address, written=party.address, role=party.role, named=party)
        for one in _matched(there, found[Query(party.address, schema="Address")], world):
            if one.hit is not None:
                yield one


def _matched(subject: Subject, found: Found, world: World) -> Iterator[Subject]:
    """The subject as each party its name may mean; a likeness that is not sameness is a doubt."""
    meanings = list(meant(subject.written, found, world))
    for party, hit, doubts in meanings:
        every = (*subject.doubts, *doubts)
        name = world.parties[party].caption if party else subject.name
        yield msgspec.structs.replace(
            subject, name=name, party=party, hit=hit, doubts=every, confidence=_weaker(subject.confidence, every)
        )
    if all(hit is None for _, hit, _ in meanings):
        yield subject


def _making_doubts(making: Making) -> tuple[Why, ...]:
    """Why what a label fact says of an item is not certain, the gravest first."""
    link = making.link
    doubts = []
    if link is not None and link.status == "alleged":
        doubts.append(Why("alleged", f"{making.text}: alleged, not shown ({link.source.text})"))
    if link is not None and making.confidence == "low" and making.note:
        doubts.append(Why("brand_in_text", f"{making.text}: {making.note}"))
    elif link is not None and making.confidence != "high":
        doubts.append(Why("label_fact", f"{making.text}: a fact of {making.confidence} confidence"))
    if making.held is Held.MAYBE:
        doubts.append(Why("day_uncertain", f"{making.text}: the day asked lies inside an uncertain stretch"))
    if making.fits is Held.MAYBE:
        line = link.scope.line if link is not None and link.scope else ""
        said = f" ({line})" if line else ""
        doubts.append(Why("some_lines", f"{making.text}: some lines only{said}; the line of this item is not known"))
    return tuple(doubts)


def _weaker(confidence: Confidence, doubts: Iterable[Why]) -> Confidence:
    return "medium" if confidence == "high" and any(doubts) else confidence
