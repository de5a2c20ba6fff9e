"""The bodies of the real lists with all their names, and which side of the split each stands on.

The split is by body, never by name. Two entries stand on one side where they share a number or a name
(organisation types aside), over all lists: what is fitted on one edition can't be asked back from another.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from underlabel import lists, names
from underlabel.model import Party, Query

Split = Literal["fit", "calibrate", "held-out"]
VARIABLE: Final = "UNDERLABEL_TEST_DATA"
_EDITIONS: Final = (
    ("us_csl_2026-07-31/screening-list.json.gz", "us_csl", date(2026, 7, 31)),
    ("us_ofac_2019-01/sdn.csv.gz", "us_ofac_sdn", date(2019, 1, 31)),
    ("us_2026-07-09/bis_entity_list.json.gz", "us_bis_entity_list", date(2026, 7, 9)),
    ("un/un_consolidated-2026-02-27.xml.gz", "un_sc", None),
    ("uk_2026-04/subjects.csv.gz", "gb_sanctions", date(2026, 4, 30)),
    ("ca_sema-2025-05.xml.gz", "ca_sema", date(2025, 5, 31)),
)
_ONE_PER_BODY: Final = frozenset({"ofac-uid", "un-ref", "un-dataid", "ofsi-group", "imo", "lei", "uscc"})
_GROUPS: Final = {"Person": "person", "Vessel": "vessel", "Airplane": "aircraft"}
_VOWELS: Final = re.compile("[aeiouyhw'-]")
_RUNS: Final = re.compile(r"(.)\1+")
_LEAST_SKELETON: Final = 8
_UPPER: Final = {"fit": 50, "calibrate": 70, "held-out": 100}
"""Per cent of the bodies up to which each side reaches."""


class Body(NamedTuple):
    """One entry of one list: its strong names, those marked weak, and the clusters it belongs to.

    `same` is equal for entries that are, or can't be told from, one body; `kin` for those that must
    stand on one side. `lists` are the lists it stands on.
    """

    id: str
    schema: str
    names: tuple[str, ...]
    weak: tuple[str, ...]
    countries: tuple[str, ...]
    numbers: tuple[str, ...]
    lists: tuple[str, ...]
    same: int
    kin: int
    split: Split

    @property
    def dataset(self) -> str:
        """The file the entry was read from."""
        return self.id.partition(":")[0]

    @property
    def group(self) -> str:
        """Person, vessel, aircraft, or organisation for all others."""
        return group(self.schema)

    def query(self, name: str, *, country: bool = True, schema: bool = True) -> Query:
        """A question for this body by one of its names."""
        return Query(
            name, self.schema if schema else "", self.countries[0] if country and len(self.countries) == 1 else ""
        )


def group(schema: str) -> str:
    """The group of a FollowTheMoney name."""
    return _GROUPS.get(schema, "organisation")


def folder() -> Path | None:
    """The folder of the real data, where it is there."""
    found = os.environ.get(VARIABLE)
    return Path(found) if found else None


@lru_cache(maxsize=1)
def bodies(data: Path) -> tuple[Body, ...]:
    """Every party of the US, UN, UK and Canadian lists that is a person, organisation, vessel or aircraft.

    Names marked weak by any edition are left out: their publishers say that no answer may rest on them.
    """
    read = [(party, stands) for party, stands in _parties(data) if party.schema != "Address"]
    weak = _weak(read)
    kept = [_strong(party, weak) for party, _ in read]
    same, kin = _clusters([party for party, _ in read], kept)
    first: dict[int, str] = {}
    for (party, _), root in zip(read, kin, strict=True):
        first[root] = min(first.get(root, party.id), party.id)
    return _once(
        [
            Body(
                at.id,
                at.schema,
                strong,
                _others(at, strong),
                at.countries,
                tuple(_numbers(at)),
                stands,
                one,
                root,
                _side(first[root]),
            )
            for (at, stands), strong, one, root in zip(read, kept, same, kin, strict=True)
            if strong
        ]
    )


def _once(read: Sequence[Body]) -> tuple[Body, ...]:
    """Without the entries that another file of the same list holds too: the CSL's of Entity List, 2019's of SDN."""
    held = {(body.dataset, body.same) for body in read}
    return tuple(
        body
        for body in read
        if not (body.dataset == "us_ofac_sdn" and ("us_csl", body.same) in held)
        and not (body.lists == ("us_bis_entity_list",) and body.dataset == "us_csl")
    )


def _parties(data: Path) -> Iterator[tuple[Party, tuple[str, ...]]]:
    for name, list_, day in _EDITIONS:
        facts = lists.read(data / "lists" / name, list_, day)
        stands: dict[str, list[str]] = {}
        for listing in facts.listings:
            stands.setdefault(listing.subject, []).append(listing.list)
        for party in facts.parties:
            yield party, tuple(dict.fromkeys(stands.get(party.id, [list_])))


def _numbers(party: Party) -> Iterator[str]:
    for one in party.identifiers:
        if one.scheme in _ONE_PER_BODY:
            yield f"{one.scheme}:{one.value}"


def _weak(read: Iterable[tuple[Party, tuple[str, ...]]]) -> frozenset[tuple[str, str]]:
    """Number and plain form of every name that some edition marks as weak."""
    return frozenset(
        (number, names.form(name.text).plain)
        for party, _ in read
        for name in party.names
        if name.kind == "weak"
        for number in _numbers(party)
    )


def _strong(party: Party, weak: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in party.names:
        plain = names.form(name.text).plain
        if name.kind != "weak" and names.is_name(name.text) and not any((n, plain) in weak for n in _numbers(party)):
            found[name.text.strip()] = None
    return tuple(found)


def _others(party: Party, strong: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({name.text.strip() for name in party.names} - set(strong)))


def _clusters(parties: Sequence[Party], kept: Sequence[tuple[str, ...]]) -> tuple[list[int], list[int]]:
    """For each party the roots of its `same` and its `kin` cluster."""
    same, kin = list(range(len(parties))), list(range(len(parties)))
    seen: tuple[dict[object, int], dict[object, int]] = ({}, {})
    for at, (party, strong) in enumerate(zip(parties, kept, strict=True)):
        exact: list[object] = list(_numbers(party))
        loose: list[object] = [*exact, party.id]
        for name in strong:
            made = names.form(name, party.schema)
            words = "".join(sorted(made.stem))
            exact.append((group(party.schema), words, tuple(sorted(made.org_types))))
            # A ship is often listed under its owner's name, and a body under two spellings on two lists.
            loose += [words, _skeleton(made.stem)]
        for keys, parent, first in ((exact, same, seen[0]), (loose, kin, seen[1])):
            for key in keys:
                _join(parent, at, first.setdefault(key, at))
    return [_root(same, at) for at in range(len(parties))], [_root(kin, at) for at in range(len(parties))]


def _skeleton(stem: Sequence[str]) -> object:
    """The consonants of a name's words, each run of one letter once; a name too short to say anything as it is."""
    words = sorted(_VOWELS.sub("", word) for word in stem)
    text = _RUNS.sub(r"\1", " ".join(words))
    return ("skeleton", text) if len(words) > 1 and len(text) >= _LEAST_SKELETON else stem


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


def _join(parent: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low


def _side(body: str) -> Split:
    share = int.from_bytes(hashlib.sha256(body.encode()).digest()[:4]) % 100
    for side in ("fit", "calibrate"):
        if share < _UPPER[side]:
            return side
    return "held-out"
