"""Whom a written name means: hits that are the same, alike or ambiguous, and listed names it holds inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from underlabel import labels, match, names
from underlabel.model import Found, Hit, Query, Why
from underlabel.world import World

BRAND_AS_NAME: Final = "no label fact knows this brand; it was read as the name of a company"
ANOTHER: Final = frozenset({"name_alike", "name_ambiguous", "name_holds", "seat_differs"})
"""Doubts under which the party found may be another than the one written: its absence from a list proves nothing."""
_SAME: Final = 0.999
_FAR: Final = 0.05
_LEAST: Final = 3
_LEAST_ALONE: Final = 6
_RARE: Final = 0.8


def query(name: str, country: str = "") -> Query:
    """The question for a name; a country counts where it is an alpha-2 code."""
    return Query(name, country=country.lower() if len(country) == 2 else "")  # noqa: PLR2004 - alpha-2


def search(queries: Sequence[Query], world: World) -> dict[Query, Found]:
    """Every question answered once; where nothing is the same, with the candidates below the threshold too."""
    found = dict(zip(queries, match.find(world.index, queries), strict=True))
    open_ones = [one for one in queries if not _settled(found[one])]
    wider = match.find(world.index, open_ones, threshold=_FAR)
    return found | {
        one: msgspec.structs.replace(found[one], hits=(*found[one].hits, *_below(found[one], far)))
        for one, far in zip(open_ones, wider, strict=True)
    }


def meant(written: str, found: Found, world: World) -> Iterator[tuple[str, Hit | None, tuple[Why, ...]]]:
    """The parties a name may mean, each with the hit and the doubts: (id, hit, doubts).

    A name that is the same settles it, but for others that are the same, too; alike names are all given. Where
    nothing is the same, listed parties whose name stands inside the written one are given as well:
    "Hikvision UK Limited" may be of Hikvision, or not. A known false friend holds nobody. Where
    nobody may be meant, nothing is given.
    """
    best: dict[str, Hit] = {}
    same = _settled(found)
    likely = [hit for hit in found.hits if hit.score >= match.DEFAULT_THRESHOLD]
    for hit in likely:
        if not same or _is_same(hit):
            best.setdefault(world.one(hit.party), hit)
    for party, hit in best.items():
        others = sorted(world.parties[one].caption for one in best if one != party)
        yield party, hit, (*_doubts(written, hit, others, world), *_seat(found.query, party, world))
    if same or _false_friend(written, world.book):
        return
    for party, text in _held_inside(written, found.hits, world).items():
        if party not in best:
            yield party, None, (Why("name_holds", f"'{written}' holds the name '{text}'"),)


def _settled(found: Found) -> bool:
    return bool(found.hits) and _is_same(found.hits[0])


def _below(found: Found, far: Found) -> list[Hit]:
    return [hit for hit in far.hits if hit.party not in {one.party for one in found.hits}]


def _is_same(hit: Hit) -> bool:
    return hit.kind == "identifier" or hit.similarity >= _SAME


def _doubts(written: str, hit: Hit, others: Sequence[str], world: World) -> Iterator[Why]:
    if hit.kind == "identifier":
        return
    if hit.similarity < _SAME:
        yield Why("name_alike", f"'{written}' is like '{hit.name}', not the same name")
    elif _only_weak(hit, world):
        yield Why("name_weak", f"'{hit.name}' is a short name that others may bear too")
    if others:
        yield Why("name_ambiguous", f"'{written}' may also mean {', '.join(others)}")


def _seat(asked: Query, party: str, world: World) -> Iterator[Why]:
    countries = world.parties[party].countries
    if asked.country and countries and asked.country not in countries:
        seats = ", ".join(one.upper() for one in countries)
        yield Why("seat_differs", f"the line states {asked.country.upper()}, the record of this company {seats}")


def _only_weak(hit: Hit, world: World) -> bool:
    party = world.parties.get(world.one(hit.party))
    return party is not None and any(name.text == hit.name and name.kind == "weak" for name in party.names)


def _held_inside(written: str, hits: Sequence[Hit], world: World) -> dict[str, str]:
    """Listed parties one of whose names, with a rare word in it, stands whole inside the written one."""
    tokens = names.form(written).stem
    found: dict[str, str] = {}
    for hit in hits:
        party = world.one(hit.party)
        if party not in world.listings or world.parties[party].schema == "Person":
            continue
        curated = ":" not in party
        for name in world.parties[party].names:
            stem = names.form(name.text).stem
            if _telling(stem, curated=curated) and _stands_in(stem, tokens):
                found.setdefault(party, name.text)
    return found


def _telling(stem: Sequence[str], *, curated: bool) -> bool:
    """Whether a name is rare enough to be noticed inside another; a single short word only where we curated it."""
    least = _LEAST if curated or len(stem) > 1 else _LEAST_ALONE
    return any(len(token) >= least and names.rarity(token) >= _RARE for token in stem)


def _stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    size = len(part)
    return any(tuple(whole[at : at + size]) == tuple(part) for at in range(len(whole) - size + 1))


def _false_friend(written: str, book: labels.Book) -> bool:
    """Whether all that is recorded of a label by this name is what is wrongly said of it."""
    ids = book.forms.get(labels.form(written), frozenset())
    return bool(ids) and all(one in book.refuted and not book.facts.get(one) for one in ids)
