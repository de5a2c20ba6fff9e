"""Who an item is about: its makers, or the parties to its shipment, as parties of the World."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from underlabel import labels, match
from underlabel.model import Confidence, Found, Held, Hit, Item, ItemParty, Making, PartyRole, Query, Why
from underlabel.world import World

RECIPIENTS: Final[tuple[PartyRole, ...]] = (
    "purchaser",
    "intermediate_consignee",
    "ultimate_consignee",
    "end_user",
    "bank",
)
_SAME: Final = 0.999
_CLOSE: Final = 0.05
_BRAND_AS_NAME: Final = "no label fact knows this brand; it was read as the name of a company"


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One party a regime may look at.

    `name` is the name to print, `written` the name as the line or the registry has it. `party` is
    the id it stands for in the World, empty where only a name is known. `doubts` say why the tie
    between item and party is not certain; none means high confidence.
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


class Named(msgspec.Struct, frozen=True):
    """The subjects of one item: who is under its label, and who receives it."""

    makers: tuple[Subject, ...]
    recipients: tuple[Subject, ...]


def named(items: Sequence[Item], days: Sequence[date], world: World) -> list[Named]:
    """Who is under the label of each item and who receives it, on its day; the best evidence first."""
    makings = [_made(item, day, world.book) for item, day in zip(items, days, strict=True)]
    found = _found(items, makings, world)
    return [
        Named(
            tuple(subject for one in made for subject in _makers(one, found, world)),
            tuple(subject for one in item.named(*RECIPIENTS) for subject in _recipients(one, found, world)),
        )
        for item, made in zip(items, makings, strict=True)
    ]


def _made(item: Item, day: date, book: labels.Book) -> tuple[Making, ...]:
    made = tuple(one for one in book.makers(item, day) if one.fits is not Held.NO)
    if made or not item.brand:
        return made
    # A brand that no label fact knows may still be the name of a party.
    return (
        Making(
            relation="named",
            evidence="brand",
            text=item.brand,
            name=item.brand,
            confidence="medium",
            note=_BRAND_AS_NAME,
        ),
    )


def _found(items: Sequence[Item], makings: Sequence[tuple[Making, ...]], world: World) -> Mapping[Query, Found]:
    """Every name of the batch, searched once."""
    queries = {_query(one.name) for made in makings for one in made if one.name and not one.party}
    queries |= {_query(one.name, one.country) for item in items for one in item.named(*RECIPIENTS)}
    ordered = sorted(queries, key=lambda query: (query.name, query.country))
    return dict(zip(ordered, match.find(world.index, ordered), strict=True))


def _query(name: str, country: str = "") -> Query:
    return Query(name, country=country.lower() if len(country) == 2 else "")  # noqa: PLR2004 - alpha-2


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
    matched = list(_matched(subject, found[_query(making.name)], world))
    if making.note != _BRAND_AS_NAME or any(one.party for one in matched):
        yield from matched


def _recipients(party: ItemParty, found: Mapping[Query, Found], world: World) -> Iterator[Subject]:
    subject = Subject(name=party.name, written=party.name, role=party.role, named=party)
    yield from _matched(subject, found[_query(party.name, party.country)], world)


def _matched(subject: Subject, found: Found, world: World) -> Iterator[Subject]:
    """The subject as each party its name may mean; a likeness that is not sameness is a doubt."""
    if not found.hits:
        yield subject
        return
    best: dict[str, Hit] = {}
    for hit in found.hits:
        if hit.score >= found.hits[0].score - _CLOSE:
            best.setdefault(world.one(hit.party), hit)
    for party, hit in best.items():
        others = sorted(world.parties[one].caption for one in best if one != party and one in world.parties)
        doubts = (*subject.doubts, *_hit_doubts(subject, hit, others, world))
        yield msgspec.structs.replace(
            subject,
            name=world.parties[party].caption,
            party=party,
            hit=hit,
            doubts=doubts,
            confidence=_weaker(subject.confidence, doubts),
        )


def _hit_doubts(subject: Subject, hit: Hit, others: Sequence[str], world: World) -> Iterator[Why]:
    if hit.kind == "identifier":
        return
    if hit.similarity < _SAME:
        yield Why("name_alike", f"'{subject.written}' is like '{hit.name}', not the same name")
    elif _only_weak(hit, world):
        yield Why("name_weak", f"'{hit.name}' is a short name that others may bear too")
    if others:
        yield Why("name_ambiguous", f"'{subject.written}' may also mean {', '.join(others)}")


def _only_weak(hit: Hit, world: World) -> bool:
    party = world.parties.get(world.one(hit.party))
    return party is not None and any(name.text == hit.name and name.kind == "weak" for name in party.names)


def _making_doubts(making: Making) -> tuple[Why, ...]:
    """Why what a label fact says of an item is not certain, the gravest first."""
    link = making.link
    doubts = []
    if link is not None and link.status == "alleged":
        doubts.append(Why("alleged", f"{making.text}: alleged, not shown ({link.source.text})"))
    if link is not None and making.confidence != "high":
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
