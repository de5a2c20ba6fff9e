"""Who is that: all that is held about the parties a name may mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from underlabel import match, names
from underlabel.model import Claim, Dossier, Link, Query
from underlabel.trace.mentions import Told
from underlabel.world import World

_TIES: Final = frozenset({"owns", "votes", "controls", "appoints", "officer", "supplies"})
_CLAIMS: Final = 60


def who(world: World, text: str, *, most: int = 5) -> tuple[Dossier, ...]:
    """Dossiers of the parties `text` may mean: an id, an identifier or a name; the likeliest first.

    A name that every word of the question stands in counts too, so that "hikvision" finds the
    company and its subsidiaries. An empty result means that no record is held, not that the party is clear.
    """
    told = Told(world)
    if text in world.parties:
        return (_dossier(world, told, text, 1.0, "id"),)
    scores = _scores(world, text)
    ordered = sorted(scores, key=lambda party: (-scores[party], party))[:most]
    return tuple(_dossier(world, told, party, scores[party], "name") for party in ordered)


def _scores(world: World, text: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    (found,) = match.find(world.index, [Query(text)], top=50)
    for hit in found.hits:
        party = world.one(hit.party)
        scores[party] = max(scores.get(party, 0.0), hit.score)
    asked = set(names.form(text).tokens)
    for party in world.holding(max(asked, key=len)) if asked else ():
        best = max((_contained(asked, name.text) for name in world.parties[party].names), default=0.0)
        if best > scores.get(party, 0.0):
            scores[party] = best
    return scores


def _contained(asked: set[str], name: str) -> float:
    """How much of a name the question covers, where every word of the question stands in it."""
    tokens = set(names.form(name).tokens)
    return round(0.5 + 0.45 * len(asked & tokens) / len(tokens), 4) if asked <= tokens else 0.0


def _dossier(world: World, told: Told, party: str, score: float, basis: str) -> Dossier:
    owners = tuple(_ordered(link for link in world.links if link.dst == party and link.kind in _TIES))
    owned = tuple(_ordered(link for link in world.links if link.src == party and link.kind in _TIES))
    linked = world.linked(party)
    ends = {end for link in (*owners, *owned) for end in (link.src, link.dst)}
    ends |= {world.one(end) for link in linked for end in (link.src, link.dst)}
    return Dossier(
        party=world.parties[party],
        score=score,
        listings=world.listings.get(party, ()),
        owners=owners,
        owned=owned,
        labels=tuple(link for link in world.label_links if world.one(link.dst) == party),
        absences=world.absences_of(party),
        claims=_by_day(told, party),
        records=tuple(link for link in world.joins if party in (world.one(link.src), world.one(link.dst))),
        linked=tuple(_moved(link, world) for link in linked),
        captions={end: world.parties[end].caption for end in sorted(ends) if end in world.parties},
        basis="id" if basis == "id" else "name",
    )


def _moved(link: Link, world: World) -> Link:
    """A tie with the ids that stand for its ends."""
    return msgspec.structs.replace(link, src=world.one(link.src), dst=world.one(link.dst))


def _by_day(told: Told, party: str) -> tuple[Claim, ...]:
    claims = told.about((party,), _CLAIMS)
    return tuple(sorted(claims, key=lambda one: (str(one.day or one.published or "~"), one.id)))


def _ordered(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (link.kind, str(link.since or ""), link.src, link.dst, link.id))
