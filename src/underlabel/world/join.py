"""One company, many lists: `same_as` links across datasets, each with its reason; nothing is merged away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

import msgspec

from underlabel import names
from underlabel.model import Link, Name, Party, Source

DATASET: Final = "joins"
_NUMBERS: Final = frozenset({"lei", "uscc", "imo", "bic", "isin", "ofac-uid"})
_TOO_MANY: Final = 12
_THINGS: Final = frozenset({"Vessel", "Airplane", "Address"})
_BODIES: Final = frozenset({"Company", "Organization", "PublicBody"})
_COMMON: Final = frozenset({"common", "very common"})
_WORDS_OF_A_PERSON: Final = (2, 3)
_ACRONYM: Final = re.compile(r"^(?P<name>.*\S)\s*\((?P<letters>[A-Z]{2,8})\)\s*$")
# How surely a link joins: what is sure is joined first, and what would then bring strangers together is skipped.
_NUMBER, _MAIN, _NAME, _ALIAS = range(4)


class Candidate(msgspec.Struct, frozen=True, order=True):
    """Two records that may be one body: how surely (the least first), their ids in order, and why."""

    rank: int
    pair: tuple[str, str]
    reason: str


def joins(
    parties: Sequence[Party], found: Iterable[Candidate] | None = None, parted: Iterable[Link] = ()
) -> tuple[Link, ...]:
    """Links between parties of different lists that are one legal person, out of the `candidates`.

    Links are taken the surest first: by number, by main name, by another name, by alias. One that would
    bring two curated parties together, or two records of one list with different main names, is left out;
    so is one that would bring together, by whatever way, two that were `parted`.
    """
    held = _Groups(parties, parted)
    chosen = (one for one in sorted(candidates(parties) if found is None else found) if held.together(*one.pair))
    return tuple(sorted((_link(one.pair, one.reason) for one in chosen), key=lambda link: (link.src, link.dst)))


def candidates(parties: Sequence[Party]) -> tuple[Candidate, ...]:
    """Pairs of records of different lists that bear an equal number, or an equal name in an equal seat.

    The number is of a kind that is unique. Of two equal name forms one at least is a name, not an alias; an
    alias has two words that tell something; weak names, people, and names that may be a person's never join.
    A record without a seat joins where all that bear its name and state a seat agree on it, and where none
    of them states one, if the name has a legal form.
    """
    found: dict[tuple[str, str], Candidate] = {}
    for one in (*_by_number(parties), *_by_name(parties)):
        if one.pair not in found or one < found[one.pair]:
            found[one.pair] = one
    return tuple(sorted(found.values()))


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
    """Records as joined so far, with what must stay apart: curated ids, main names within one dataset, those parted."""

    def __init__(self, parties: Iterable[Party], parted: Iterable[Link]) -> None:
        self._parent: dict[str, str] = {}
        self._bears = {party.id: _marks(party) for party in parties}
        for link in parted:
            for end in (link.src, link.dst):
                if end in self._bears:
                    self._bears[end] |= {f"parted {link.src} {link.dst}": end}

    def together(self, left: str, right: str) -> bool:
        """Join two records, unless that brings strangers together."""
        first, second = sorted((_root(self._parent, left), _root(self._parent, right)))
        if first == second:
            return True
        ours, theirs = self._bears[first], self._bears[second]
        if any(ours[mark] != theirs[mark] for mark in ours.keys() & theirs.keys()):
            return False
        self._bears[first] = ours | theirs
        self._parent[second] = first
        return True


def _marks(party: Party) -> dict[str, str]:
    """What a record may not share with a stranger: its list, by main name; being curated, by its id."""
    marks = {f"in {_list(party)}": names.key(_without_acronym(party.caption)) or party.id}
    return marks if ":" in party.id else marks | {"curated": party.id}


def _list(party: Party) -> str:
    """The dataset a record is of; in a compilation ("us_csl:el:5f3a…") the list in it."""
    dataset, rest = party.source.dataset, party.id.removeprefix(f"{party.source.dataset}:")
    return f"{dataset}:{rest.partition(':')[0]}" if rest != party.id and ":" in rest else dataset


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


def _by_number(parties: Iterable[Party]) -> Iterator[Candidate]:
    bearers: dict[tuple[str, str], list[Party]] = defaultdict(list)
    for party in parties:
        for identifier in party.identifiers:
            if identifier.scheme in _NUMBERS:
                bearers[identifier.scheme, identifier.value].append(party)
    for (scheme, value), group in bearers.items():
        for left, right in _pairs(group):
            yield Candidate(_NUMBER, (left.id, right.id), f"same {scheme} {value}")


def _by_name(parties: Iterable[Party]) -> Iterator[Candidate]:
    bearers: dict[tuple[str, str], dict[str, tuple[Party, int]]] = defaultdict(dict)
    text_of: dict[str, str] = {}
    for party in parties:
        if party.schema == "Person":
            continue
        kind = party.schema if party.schema in _THINGS else ""
        for name in party.names:
            key = names.key(name.text) if name.kind != "weak" else ""
            if key and (name.kind != "alias" or _tells(name.text)):
                text_of.setdefault(key, name.text)
                held = bearers[kind, key].get(party.id, (party, _ALIAS))
                bearers[kind, key][party.id] = (party, min(held[1], _rank(party, name)))
    for (_, key), group in sorted(bearers.items()):
        if len(group) > 1:
            for country, seated in _seated([party for party, _ in group.values()], text_of[key]):
                reason = f"same name form '{key}' {f'in {country.upper()}' if country else 'and no seat stated'}"
                for left, right in _pairs(seated):
                    ranks = (group[left.id][1], group[right.id][1])
                    if min(ranks) < _ALIAS and not _may_be_persons(left, right, text_of[key]):
                        yield Candidate(max(ranks), (left.id, right.id), reason)


def _rank(party: Party, name: Name) -> int:
    if name.kind == "alias":
        return _ALIAS
    return _MAIN if name == party.names[0] else _NAME


def _tells(text: str) -> bool:
    """Whether an alias has two words at least that tell something: "Dolgoprudny" is a town."""
    return sum(names.rarity(word) > names.FUNCTION for word in names.form(text).stem) > 1


def _seated(group: Sequence[Party], text: str) -> Iterator[tuple[str, list[Party]]]:
    """The bearers of one name by seat; organisations without one stand where all others agree."""
    by_seat: dict[str, list[Party]] = defaultdict(list)
    nowhere = []
    for party in group:
        if party.countries:
            by_seat[party.countries[0]].append(party)
        elif party.schema in _BODIES or names.form(text).org_types:
            nowhere.append(party)
    if not by_seat and names.form(text).org_types and _tells(text):
        by_seat[""] = []
    for country, seated in sorted(by_seat.items()):
        together = seated + nowhere if len(by_seat) == 1 else seated
        # A form shared by many parties of a list is a common name, and joins nothing.
        if len(together) <= _TOO_MANY:
            yield country, together


def _may_be_persons(left: Party, right: Party, text: str) -> bool:
    """Whether a name may be of two people: neither list says what they are, and no word of it speaks of a firm."""
    form = names.form(text)
    return (
        left.schema == right.schema == "LegalEntity"
        and not form.org_types
        and len(form.stem) in _WORDS_OF_A_PERSON
        and not any(names.word_class(word) in _COMMON for word in form.stem)
    )


def _pairs(group: Iterable[Party]) -> Iterator[tuple[Party, Party]]:
    for left, right in combinations(sorted(group, key=lambda party: party.id), 2):
        if _list(left) != _list(right) and left.id != right.id:
            yield left, right


def _link(pair: tuple[str, str], reason: str) -> Link:
    return Link(
        id=f"{DATASET}:{pair[0]}={pair[1]}",
        kind="same_as",
        src=pair[0],
        dst=pair[1],
        evidence=reason,
        source=Source(DATASET, text=reason),
    )
