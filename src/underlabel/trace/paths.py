"""Paths: from the item over label, maker and owners to the listing, each edge with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import msgspec

from underlabel.model import Confidence, Day, Held, Item, Link, Listing, Making, Path, Reach, Step, held
from underlabel.trace.reach import Under
from underlabel.trace.subjects import Subject
from underlabel.world import World

_RANK: Final[dict[Confidence, int]] = {"high": 0, "medium": 1, "low": 2}
_MOST: Final = 4
_TURNED: Final = "walked from owner to asset"
_EVIDENCE: Final = {
    "fingerprint": "answers as",
    "fcc_id": "bears an FCC ID of",
    "mac": "bears a MAC address of a block held by",
    "model": "bears a model code of",
    "brand": "is sold under the brand",
    "named": "is stated to be made by",
}
_ROLES: Final = {
    "purchaser": "is sold to",
    "intermediate_consignee": "passes through",
    "ultimate_consignee": "is consigned to",
    "end_user": "is for the end user",
    "bank": "is paid through",
}


def paths(item: Item, subject: Subject, reach: Reach | None, under: Under) -> tuple[Path, ...]:
    """Paths from an item to the listings that reach its subject on the day asked, the surest and shortest first.

    Without a reach there is one path, which ends at the subject.
    """
    world, lists, day = under.world, under.ruling.test.lists, under.day
    head = tuple(_head(item, subject, world))
    if reach is None or reach.reach not in {"must", "may"}:
        return (_path(head, subject),)
    found = []
    for chain, start in _chains(subject.party, reach, world):
        owners = tuple(_owner(link, world) for link in chain)
        found += [
            _path((*head, *owners, _listed(listing)), subject)
            for listing in standing(world.listings.get(start, ()), lists, day)
        ]
    if not found:
        return (_path(head, subject),)
    return tuple(sorted(found, key=lambda path: (_RANK[path.confidence], len(path.steps)))[:_MOST])


def through(path: Path) -> tuple[str, ...]:
    """The ids of the parties a path goes through."""
    return tuple(step.id for step in path.steps if step.kind == "party")


def weakest(confidences: Iterable[Confidence]) -> Confidence:
    """The least of some confidences; of none, high."""
    return max(confidences, key=_RANK.__getitem__, default="high")


def _head(item: Item, subject: Subject, world: World) -> Iterator[Step]:
    text = item.text or " ".join(part for part in (item.brand, item.model) if part) or "this line"
    yield Step(kind="item", id=str(item.place), text=text, detail=str(item.place))
    if subject.making is not None:
        yield from _label(subject, subject.making, world)
        return
    role = subject.named.role if subject.named else "ultimate_consignee"
    yield _party(subject, world, edge=_ROLES.get(role, "names"), detail=f"as written: {subject.written}")


def _label(subject: Subject, making: Making, world: World) -> Iterator[Step]:
    if making.evidence == "named":
        yield _party(subject, world, edge=_EVIDENCE["named"], detail=making.note)
        return
    yield Step(
        kind="label",
        id=making.link.src if making.link else f"{making.evidence}:{making.text}",
        text=making.text,
        detail=making.note if making.link is None else making.link.scope.line if making.link.scope else "",
        edge=_EVIDENCE[making.evidence],
        confidence="high",
    )
    edge = "is a brand of" if making.relation == "brands" else "is said to be made by"
    if making.evidence == "mac":
        edge = "is registered to"
    yield _party(subject, world, edge=edge, link=making.link, sure=making.fits)


def _party(
    subject: Subject, world: World, *, edge: str, detail: str = "", link: Link | None = None, sure: Held = Held.YES
) -> Step:
    party = world.parties.get(subject.party)
    since, until, source, url = ("", "", "", "")
    if link is not None:
        since, until, source, url = _told(link)
    return Step(
        kind="party",
        id=subject.party or subject.name,
        text=party.caption if party else subject.name,
        detail=detail or (", ".join(one.upper() for one in party.countries) if party else "no record held"),
        edge=f"{edge} (some lines)" if sure is Held.MAYBE else edge,
        since=since,
        until=until,
        status=link.status if link is not None and link.status != "completed" else "",
        confidence=subject.confidence,
        source=source,
        url=url,
    )


def _owner(link: Link, world: World) -> Step:
    party = world.parties.get(link.src)
    since, until, source, url = _told(link)
    return Step(
        kind="party",
        id=link.src,
        text=party.caption if party else link.src,
        detail=", ".join(one.upper() for one in party.countries) if party else "",
        edge=_held(link),
        since=since,
        until=until,
        status=link.status if link.status != "completed" else "",
        confidence=link.confidence,
        source=source,
        url=url,
    )


def _held(link: Link) -> str:
    """The edge in safe words: what is held, never more than the record says."""
    if link.kind in {"owns", "votes"}:
        what = "of the votes " if link.kind == "votes" else ""
        share = str(link.share) if link.share is not None else "share unknown"
        return f"holds {share} {what}of" if link.note == _TURNED else f"{share} {what}held by"
    words = {
        "controls": "is reported as a subsidiary or controlled company of",
        "appoints": "has its board appointed by",
        "officer": "has as an officer",
    }
    return words.get(link.kind, "is tied to")


def _listed(listing: Listing) -> Step:
    clocks = (("announced", listing.announced), ("published", listing.published), ("effective", listing.effective))
    return Step(
        kind="listing",
        id=listing.id,
        text=listing.list,
        detail=listing.programme or "; ".join(f"{name} {day}" for name, day in clocks if day),
        edge="stands on",
        since=_text(listing.since),
        until=_text(listing.until),
        confidence=listing.confidence,
        source=listing.citation or listing.source.text,
        url=_web(listing.source.url),
    )


def standing(listings: Iterable[Listing], lists: Sequence[str], day: date) -> list[Listing]:
    """The listings on some lists that stood on a day, or perhaps did."""
    return [one for one in listings if one.list in lists and held(one.since, one.until, day) is not Held.NO]


def _chains(party: str, reach: Reach, world: World) -> Iterator[tuple[tuple[Link, ...], str]]:
    """The chains of a proof, from the party up to each start, shortest first."""
    links = [world.link_by_id[one] for one in reach.proof if one in world.link_by_id]
    starts = set(reach.starts)
    todo: list[tuple[str, tuple[Link, ...]]] = [(party, ())]
    while todo:
        at, chain = todo.pop(0)
        if at in starts:
            yield chain, at
            continue
        seen = {party, *(link.src for link in chain)}
        todo += [(link.src, (*chain, link)) for link in links if link.dst == at and link.src not in seen]
        if reach.via == "affiliate":  # a tie to a parent is walked from the asset up, a tie to a sibling down again
            todo += [(link.dst, (*chain, _turned(link))) for link in links if link.src == at and link.dst not in seen]


def _turned(link: Link) -> Link:
    return msgspec.structs.replace(link, src=link.dst, dst=link.src, note=_TURNED)


def _path(steps: tuple[Step, ...], subject: Subject) -> Path:
    return Path(
        steps=steps,
        confidence=weakest((subject.confidence, *(step.confidence for step in steps))),
        says="; ".join(doubt.text for doubt in subject.doubts),
    )


def _told(link: Link) -> tuple[str, str, str, str]:
    return _text(link.since), _text(link.until), link.source.text, _web(link.source.url)


def _text(day: Day | None) -> str:
    return str(day) if day is not None else ""


def _web(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""
