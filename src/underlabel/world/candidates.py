"""Which records of different lists may be one body: an equal number, or an equal name in an equal seat."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

import msgspec

from underlabel import names
from underlabel.model import Name, Party

UNIQUE: Final = frozenset({"lei", "uscc", "imo", "bic", "isin", "ofac-uid", "registration:ru", "tax:ru"})
"""Numbers that are one body's wherever they are stated: the lists at hand state them without a slip."""
_QUOTED: Final = ("un-ref", "registration:", "tax:")
"""Numbers that lists are seen to state wrongly now and then: a word of a name must be the same, too."""
_TOO_MANY: Final = 8
"""A form that more records of one list than these bear in one place is a common name, and joins nothing."""
_THINGS: Final = frozenset({"Vessel", "Airplane", "Address"})
_BODIES: Final = frozenset({"Company", "Organization", "PublicBody"})
_COMMON: Final = frozenset({"common", "very common"})
_WORDS_OF_A_PERSON: Final = (2, 3)
# How surely a link joins: what is sure is joined first, and what would then bring strangers together is skipped.
_NUMBER, _MAIN, _NAME, _ALIAS = range(4)


class Candidate(msgspec.Struct, frozen=True, order=True):
    """Two records that may be one body: how surely (the least first), their ids in order, and why."""

    rank: int
    pair: tuple[str, str]
    reason: str


def candidates(parties: Sequence[Party]) -> tuple[Candidate, ...]:
    """Pairs of records of different lists that bear an equal number, or an equal name in an equal seat.

    The number is of a kind that is unique; one that lists are seen to get wrong needs a word of a name as well,
    and one that two records of one list bear needs a whole name. Of two equal name forms one at least is a
    name, not an alias; an alias has two words that tell something; weak names, people, and names that may be a
    person's never join. Seats are equal where the two state a country in common. A record without a seat
    joins where all that bear its name and state a seat agree on it, and where none of them states one, if
    the name has a legal form; it is seated where a record of its own number is.
    """
    found: dict[tuple[str, str], Candidate] = {}
    ordered = sorted(parties, key=lambda party: party.id)
    numbered = sorted(_by_number(ordered))
    for one in (*numbered, *_by_name(_placed(ordered, numbered))):
        if one.pair not in found or one < found[one.pair]:
            found[one.pair] = one
    return tuple(sorted(found.values()))


def list_of(party: Party) -> str:
    """The dataset a record is of; in a compilation ("us_csl:el:5f3a…") the list in it."""
    dataset, rest = party.source.dataset, party.id.removeprefix(f"{party.source.dataset}:")
    return f"{dataset}:{rest.partition(':')[0]}" if rest != party.id and ":" in rest else dataset


def joins_by(scheme: str) -> bool:
    """Whether records that bear an equal number of this kind may be joined by it."""
    return scheme in UNIQUE or scheme.startswith(_QUOTED)


def _kind(party: Party) -> str:
    """Ships, aircraft and addresses are each a kind of their own; all others are bodies."""
    return party.schema if party.schema in _THINGS else ""


def _by_number(parties: Iterable[Party]) -> Iterator[Candidate]:
    bearers: dict[tuple[str, str, str], list[Party]] = defaultdict(list)
    for party in parties:
        for identifier in dict.fromkeys(party.identifiers):
            if joins_by(identifier.scheme):
                bearers[_kind(party), identifier.scheme, identifier.value].append(party)
    for (_, scheme, value), group in bearers.items():
        twice = len({list_of(party) for party in group}) < len(group)
        for left, right in _pairs(group):
            if twice and not _names(left) & _names(right):
                continue
            if scheme in UNIQUE or _words(left) & _words(right):
                yield Candidate(_ALIAS if twice else _NUMBER, (left.id, right.id), f"same {scheme} {value}")


def _placed(parties: Sequence[Party], numbered: Iterable[Candidate]) -> Iterator[Party]:
    """The parties, bodies without a seat where records of their number are; ships change their flag."""
    seats = {party.id: party.countries for party in parties if not _kind(party)}
    lent: dict[str, dict[str, None]] = defaultdict(dict)
    for one in numbered:
        for here, there in (one.pair, one.pair[::-1]):
            if not seats.get(here, here) and one.rank == _NUMBER:
                lent[here].update(dict.fromkeys(seats[there]))
    for party in parties:
        yield msgspec.structs.replace(party, countries=tuple(lent[party.id])) if party.id in lent else party


def _names(party: Party) -> set[str]:
    return {names.key(name.text) for name in party.names} - {""}


def _words(party: Party) -> set[str]:
    """The words of its names that tell something."""
    stems = (names.form(name.text).stem for name in party.names)
    return {word for stem in stems for word in stem if names.rarity(word) > names.FUNCTION}


def _by_name(parties: Iterable[Party]) -> Iterator[Candidate]:
    bearers: dict[tuple[str, str], dict[str, tuple[Party, int]]] = defaultdict(dict)
    text_of: dict[str, str] = {}
    for party in parties:
        if party.schema == "Person":
            continue
        for name in party.names:
            key = names.key(name.text) if name.kind != "weak" else ""
            if key and (name.kind != "alias" or _tells(name.text)):
                text_of.setdefault(key, name.text)
                held = bearers[_kind(party), key].get(party.id, (party, _ALIAS))
                bearers[_kind(party), key][party.id] = (party, min(held[1], _rank(party, name)))
    for (_, key), group in sorted(bearers.items()):
        if len(group) > 1:
            for left, right in _seated([party for party, _ in group.values()], text_of[key]):
                ranks = (group[left.id][1], group[right.id][1])
                if min(ranks) < _ALIAS and not _may_be_persons(left, right, text_of[key]):
                    yield Candidate(max(ranks), (left.id, right.id), f"same name form '{key}' {_where(left, right)}")


def _rank(party: Party, name: Name) -> int:
    if name.kind == "alias":
        return _ALIAS
    return _MAIN if name == party.names[0] else _NAME


def _tells(text: str) -> bool:
    """Whether an alias has two words at least that tell something: "Dolgoprudny" is a town."""
    return sum(names.rarity(word) > names.FUNCTION for word in names.form(text).stem) > 1


def _seated(group: Sequence[Party], text: str) -> Iterator[tuple[Party, Party]]:
    """Pairs of the bearers of one name with a country in common; those without any go where all others agree."""
    form = names.form(text)
    nowhere = [party for party in group if not party.countries and (party.schema in _BODIES or form.org_types)]
    seats = _seats([party for party in group if party.countries])
    if not seats and form.org_types and _tells(text):
        seats = [[]]
    for seated in seats:
        together = seated + nowhere if len(seats) == 1 else seated
        if max(Counter(map(list_of, together)).values(), default=0) <= _TOO_MANY:
            for left, right in _pairs(together):
                if not left.countries or not right.countries or set(left.countries) & set(right.countries):
                    yield left, right


def _seats(group: Iterable[Party]) -> list[list[Party]]:
    """Parties apart by where they are: two that state a country in common are in one place, and so on from there."""
    seats: list[tuple[set[str], list[Party]]] = []
    for party in group:
        countries, members = set(party.countries), [party]
        for seat in [seat for seat in seats if seat[0] & countries]:
            seats.remove(seat)
            countries, members = seat[0] | countries, [*seat[1], *members]
        seats.append((countries, members))
    return [members for _, members in seats]


def _where(left: Party, right: Party) -> str:
    common = [one for one in left.countries if one in right.countries] or [*left.countries, *right.countries]
    return f"in {common[0].upper()}" if common else "and no seat stated"


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
        if list_of(left) != list_of(right) and left.id != right.id:
            yield left, right
