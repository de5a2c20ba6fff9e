"""One company, many lists: `same_as` links across datasets, each with its reason; nothing is merged away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from underlabel import names
from underlabel.model import Link, Party, Source
from underlabel.world.candidates import Candidate, candidates, joins_by, list_of
from underlabel.world.likeness import likenesses

DATASET: Final = "joins"
_ONE_EACH: Final = frozenset({"lei", "uscc", "imo", "un-ref", "registration:ru", "tax:ru"})
"""Numbers of which a body has one, whatever list states it: two that differ are two bodies."""
_ACRONYM: Final = re.compile(r"^(?P<name>.*\S)\s*\((?P<letters>[A-Z]{2,8})\)\s*$")


def joins(
    parties: Sequence[Party], found: Iterable[Candidate] | None = None, parted: Iterable[Link] = ()
) -> tuple[Link, ...]:
    """Links between parties of different lists that are one legal person, out of the `candidates` and `likenesses`.

    Links are taken the surest first: by number, by main name, by another name, by alias, by likeness. One that would
    bring two curated parties together, or two records of one list with different main names or numbers, or any
    two the numbers of which in a register differ, is left out; so is one that would bring together, by
    whatever way, two that were `parted`.
    """
    held = _Groups(parties, parted)
    equal = tuple(candidates(parties) if found is None else found)
    chosen = (one for one in sorted((*equal, *likenesses(parties, equal))) if held.together(*one.pair))
    return tuple(sorted((_link(one.pair, one.reason) for one in chosen), key=lambda link: (link.src, link.dst)))


def clusters(links: Iterable[Link]) -> dict[str, str]:
    """The id that stands for each joined party: a curated id (one without ":") before any other."""
    parent: dict[str, str] = {}
    for link in links:
        if link.kind == "same_as" and link.status != "refuted":
            ends = (_root(parent, link.src), _root(parent, link.dst))
            first, second = sorted(ends, key=lambda one: (":" in one, one))
            parent[second] = first
    return {party: _root(parent, party) for party in parent}


class _Groups:
    """Records as joined so far, and by what they are told from strangers: groups with none of a mark in common."""

    def __init__(self, parties: Iterable[Party], parted: Iterable[Link]) -> None:
        self._parent: dict[str, str] = {}
        self._bears: dict[str, Mapping[str, frozenset[str]]] = {party.id: _marks(party) for party in parties}
        for link in parted:
            for end in (link.src, link.dst):
                if end in self._bears:
                    mark = {f"parted {link.src} {link.dst}": frozenset({end})}
                    self._bears[end] = {**self._bears[end], **mark}

    def together(self, left: str, right: str) -> bool:
        """Join two records, unless that brings strangers together."""
        first, second = sorted((_root(self._parent, left), _root(self._parent, right)))
        if first == second:
            return True
        ours, theirs = self._bears[first], self._bears[second]
        common = ours.keys() & theirs.keys()
        if any(ours[mark].isdisjoint(theirs[mark]) for mark in common):
            return False
        self._bears[first] = {**ours, **theirs, **{mark: ours[mark] | theirs[mark] for mark in common}}
        self._parent[second] = first
        return True


def _marks(party: Party) -> dict[str, frozenset[str]]:
    """What tells a record from strangers: in its list its main name and numbers, its registers, being curated."""
    list_ = list_of(party)
    marks: dict[str, set[str]] = defaultdict(set)
    marks[f"name in {list_}"].add(names.key(_without_acronym(party.caption)) or party.id)
    for one in party.identifiers:
        if one.scheme in _ONE_EACH:
            marks[one.scheme].add(one.value)
        elif joins_by(one.scheme):
            marks[f"{one.scheme} in {list_}"].add(one.value)
    if ":" not in party.id:
        marks["curated"].add(party.id)
    return {mark: frozenset(values) for mark, values in marks.items()}


def _without_acronym(text: str) -> str:
    """A name without its own initials in brackets behind it ("… Construction Corps (XPCC)")."""
    found = _ACRONYM.match(text)
    if found is None:
        return text
    initials = "".join(word[0] for word in names.form(found["name"]).tokens if names.rarity(word) > names.FUNCTION)
    return found["name"] if initials == found["letters"].casefold() else text


def _root(parent: dict[str, str], party: str) -> str:
    while parent.setdefault(party, party) != party:
        parent[party] = parent[parent[party]]
        party = parent[party]
    return party


def _link(pair: tuple[str, str], reason: str) -> Link:
    return Link(
        id=f"{DATASET}:{pair[0]}={pair[1]}",
        kind="same_as",
        src=pair[0],
        dst=pair[1],
        evidence=reason,
        source=Source(DATASET, text=reason),
    )
