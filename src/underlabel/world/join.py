"""One company, many lists: `same_as` links across datasets, each with its reason; nothing is merged away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

from underlabel import names
from underlabel.model import Link, Party, Source

DATASET: Final = "joins"
_NUMBERS: Final = frozenset({"lei", "uscc", "imo", "bic", "isin", "ofac-uid"})
_TOO_MANY: Final = 12


def joins(parties: Sequence[Party]) -> tuple[Link, ...]:
    """Links between parties of different datasets that are one legal person.

    By an equal identifier of a kind that is unique, or by an equal name form and an equal country where both
    state one. Weak names never join; people are never joined by name.
    """
    found: dict[tuple[str, str], Link] = {}
    for reason, group in _groups(parties):
        for left, right in combinations(sorted(group, key=lambda party: party.id), 2):
            if left.source.dataset != right.source.dataset and left.id != right.id:
                pair = (left.id, right.id)
                found.setdefault(pair, _link(pair, reason))
    return tuple(found[pair] for pair in sorted(found))


def clusters(links: Iterable[Link]) -> dict[str, str]:
    """The id that stands for each joined party: a curated id (one without ":") before any other."""
    parent: dict[str, str] = {}

    def root(party: str) -> str:
        while parent.setdefault(party, party) != party:
            parent[party] = parent[parent[party]]
            party = parent[party]
        return party

    for link in links:
        if link.kind == "same_as":
            first, second = sorted((root(link.src), root(link.dst)), key=lambda one: (":" in one, one))
            parent[second] = first
    return {party: root(party) for party in parent}


def _groups(parties: Sequence[Party]) -> Iterable[tuple[str, list[Party]]]:
    by_number: dict[tuple[str, str], list[Party]] = defaultdict(list)
    by_name: dict[tuple[str, str], dict[str, Party]] = defaultdict(dict)
    for party in parties:
        for identifier in party.identifiers:
            if identifier.scheme in _NUMBERS:
                by_number[identifier.scheme, identifier.value].append(party)
        if party.schema == "Person" or not party.countries:
            continue
        for name in party.names:
            key = names.key(name.text) if name.kind != "weak" else ""
            if key:
                by_name[key, party.countries[0]][party.id] = party
    for (scheme, value), group in by_number.items():
        yield f"same {scheme} {value}", group
    for (key, country), group_by_id in by_name.items():
        # A form shared by many parties of a list is a common name, and joins nothing.
        if 1 < len(group_by_id) <= _TOO_MANY:
            yield f"same name form '{key}' in {country.upper()}", list(group_by_id.values())


def _link(pair: tuple[str, str], reason: str) -> Link:
    return Link(
        id=f"{DATASET}:{pair[0]}={pair[1]}",
        kind="same_as",
        src=pair[0],
        dst=pair[1],
        evidence=reason,
        source=Source(DATASET, text=reason),
    )
