"""Which records of different lists may be one body though their names are not equal: names alike, and more beside.

A join by likeness needs names alike word by word; a seat, a citation, an address or several names in common;
nothing that speaks against it; and nobody else in either list who would do as well. Ships, aircraft and people
never join so: numbers and dates tell those apart, not names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final

import msgspec
from rapidfuzz import fuzz, process

from underlabel import match, names
from underlabel.model import Party, Query
from underlabel.world.candidates import Candidate, list_of
from underlabel.world.worded import Worded, blocks, difference, worded

RANK: Final = 4
"""Joins by likeness come after all those by number or by equal name."""
_BODIES: Final = frozenset({"Company", "LegalEntity", "Organization", "PublicBody"})
_SAYS_WHO_IS_A_PERSON: Final = frozenset(
    {"us_csl:ofac", "us_ofac_sdn", "us_ofac_cons", "gb_sanctions", "ca_sema", "un_sc"}
)
"""Lists that say of each entry whether it is a person: what is none there is a body."""
_FIRMS: Final = frozenset({"common", "very common"})
_REGULATIONS: Final = {
    "Belarus": ("by",),
    "Iran": ("ir",),
    "Libya": ("ly",),
    "Myanmar (Burma)": ("mm",),
    "North Korea": ("kp",),
    "Russia": ("ru",),
    "Sudan": ("sd",),
    "Syria": ("sy",),
    "Ukraine": ("ua", "ru"),
    "Venezuela": ("ve",),
}
"""Canada's regulations, by which its list is parted, and where those listed under them mostly have their seat."""
_SYLLABLES: Final = frozenset({"cn", "hk", "jp", "kp", "kr", "mm", "mo", "th", "tw", "vn"})
_REGISTERS: Final = ("tax", "registration", "lei", "uscc", "un-ref", "ofac-uid", "ofsi-group", "imo")
_CITATION: Final = re.compile(r"\b(\d{2})\s?F\.?\s?R\.?\s?(\d{3,6})\b")
_PAGES: Final = 12
"""A rule's first page and an entry's page are no further apart."""
_BLOCK: Final = 60
"""Words that more names than these have in common tell nobody apart."""
_NEIGHBOURS: Final = 400
_ALL: Final = 100
"""The figure rapidfuzz gives for equal texts."""
_ADDRESSES: Final = 8
_PHRASE: Final = 3
"""Words from which on a name is one of its own, where the seat is known."""
_LETTERS_WITH_WITNESS: Final = 5
_LETTERS_ALONE: Final = 9
_BUILT: Final = re.compile(
    "(radio|ele[ck]tro|stroi|prom|meh|mash|tehn?|energo|avia|avto)(zavod|pribor|serv?i[sz]?|avtomatika|mash|torg|stroi|snab)"
)
"""Words of Russian that say what a firm does ("Radiozavod"): many firms have no other name."""
_WEIGHT_WITH_SEAT: Final = 1.0
_WEIGHT_WITHOUT: Final = {2: 1.9, 3: 1.3}
"""What the words of a name must tell together where a seat is missing, by how many they are; more are enough."""
_CITED, _SITED = "same citation", "same address"


class _Alike(msgspec.Struct, frozen=True):
    """Two names that are alike, and the word in which they differ, if one."""

    left: Worded
    right: Worded
    slip: str

    def rank(self) -> tuple[bool, int, float, str, str]:
        """Equal words before a slip, many before few, telling ones before others."""
        return (self.slip != "", -len(self.left.sounds), -self.left.weight, self.left.text, self.right.text)


def likenesses(parties: Iterable[Party], found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Pairs of bodies of different lists with names alike, beyond those `found` by number and equal name.

    Two that are together by what was found are not paired again. Which of several names alike is told in the
    reason does not hang on the order of the parties.
    """
    book = _Book(parties, found)
    pairs = book.alike()
    rivals: dict[tuple[str, str], set[str]] = defaultdict(set)
    for pair in pairs:
        if not book.contradicted(pair):
            for end, other in (pair, pair[::-1]):
                rivals[end, book.list_of[other]].add(book.group(other))
                book.alike_in[end].append(book.bodies[other].countries)
    return tuple(
        Candidate(RANK, pair, reason)
        for pair, ways in sorted(pairs.items())
        if len(rivals[pair[0], book.list_of[pair[1]]]) == len(rivals[pair[1], book.list_of[pair[0]]]) == 1
        and (reason := book.reason(pair, ways))
    )


class _Book:
    """All bodies, their names in words, and who is together already."""

    def __init__(self, parties: Iterable[Party], found: Iterable[Candidate]) -> None:
        ordered = sorted(parties, key=lambda party: party.id)
        self.bodies = {party.id: party for party in ordered if party.schema in _BODIES}
        self.list_of = {name: list_of(party) for name, party in self.bodies.items()}
        self._names = {name: worded(party) for name, party in self.bodies.items()}
        self._parent: dict[str, str] = {}
        for one in found:
            first, second = sorted(map(self.group, one.pair))
            self._parent[second] = first
        self.alike_in: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._lists: dict[str, set[str]] = defaultdict(set)
        self._seats: dict[str, set[str]] = defaultdict(set)
        for name, list_ in self.list_of.items():
            self._lists[self.group(name)].add(list_)
            self._seats[self.group(name)].update(self.bodies[name].countries)
        self._numbers = {name: _numbers(party) for name, party in self.bodies.items()}
        self._bearers = self._by_rare_word()

    def group(self, name: str) -> str:
        """The record that stands for all that are together with this one by number or equal name."""
        while self._parent.get(name, name) != name:
            name = self._parent[name]
        return name

    def alike(self) -> dict[tuple[str, str], list[_Alike]]:
        """The names alike of every pair of bodies that has some, is of two lists and not yet together."""
        pairs: dict[tuple[str, str], list[_Alike]] = defaultdict(list)
        for one, other in self._near():
            apart = self.list_of[one.party] != self.list_of[other.party]
            if apart and self.group(one.party) != self.group(other.party):
                left, right = sorted((one, other), key=lambda name: name.party)
                seats = {*self.bodies[left.party].countries, *self.bodies[right.party].countries}
                slip = difference(left, right, syllables=not _SYLLABLES.isdisjoint(seats))
                if slip is not None:
                    pairs[left.party, right.party].append(_Alike(left, right, slip))
        return pairs

    def reason(self, pair: tuple[str, str], ways: Sequence[_Alike]) -> str:
        """Why two are one body, in words; empty where they are not, or it is not sure enough."""
        left, right = (self.bodies[end] for end in pair)
        forms = [frozenset().union(*(name.legal for name in self._names[end])) for end in pair]
        if self.contradicted(pair) or self._listed(pair) or (all(forms) and forms[0].isdisjoint(forms[1])):
            return ""
        seat, witnesses = _seat(left, right), _witnesses(left, right, ways)
        if not seat and not witnesses and not all(map(self._in_one_seat, pair)):
            return ""
        for way in sorted(ways, key=_Alike.rank):
            bodies = self._is_a_body(way.left) and self._is_a_body(way.right)
            if bodies and _enough(way, seat, witnesses) and _scores(way, left, right):
                beside = [*filter(None, (seat,)), *witnesses] or ["no other seat stated"]
                nearest = self._next(way, pair)
                return f"{_told(way)}; {'; '.join(beside)}; {nearest}" if nearest else ""
        return ""

    def contradicted(self, pair: tuple[str, str]) -> bool:
        """Whether two, or those they are together with, state other seats; or two other numbers of one register."""
        stated = [set(self.bodies[end].countries) for end in pair]
        around = [self._seats[self.group(end)] for end in pair]
        if any(all(seats) and seats[0].isdisjoint(seats[1]) for seats in (stated, around)):
            return True
        ours, theirs = (self._numbers[end] for end in pair)
        return any(ours[scheme].isdisjoint(theirs[scheme]) for scheme in ours.keys() & theirs.keys())

    def _in_one_seat(self, name: str) -> bool:
        """Whether a record states a seat, or all that bear a name alike and state one agree on it."""
        stated = [set(countries) for countries in self.alike_in[name] if countries]
        return bool(self.bodies[name].countries) or not stated or bool(set.intersection(*stated))

    def _listed(self, pair: tuple[str, str]) -> bool:
        """Whether one of two is together already with a record of the other's list."""
        left, right = (self._lists[self.group(end)] for end in pair)
        return self.list_of[pair[1]] in left or self.list_of[pair[0]] in right

    def _near(self) -> Iterator[tuple[Worded, Worded]]:
        """Names that have all words but one in common, each two once for each such key."""
        found: dict[int, list[Worded]] = defaultdict(list)
        for told in self._names.values():
            for name in told:
                for key in blocks(name):
                    found[hash(key)].append(name)
        for held in found.values():
            if 1 < len(held) <= _BLOCK:
                yield from combinations(held, 2)

    def _is_a_body(self, alike: Worded) -> bool:
        """Whether the bearer of a name is no person: its list says so, or its first name or this speaks of a firm."""
        return (
            self.bodies[alike.party].schema != "LegalEntity"
            or self.list_of[alike.party] in _SAYS_WHO_IS_A_PERSON
            or any(
                one.legal or not _FIRMS.isdisjoint(map(names.word_class, one.written))
                for one in (alike, *self._names[alike.party][:1])
            )
        )

    def _by_rare_word(self) -> Mapping[tuple[str, str], list[Worded]]:
        """The names of each list by each of their words; of a word that many have, some."""
        found: dict[tuple[str, str], list[Worded]] = defaultdict(list)
        for party, told in self._names.items():
            for name in told:
                for sound in dict.fromkeys(name.sounds):
                    held = found[self.list_of[party], sound]
                    if len(held) < _NEIGHBOURS:
                        held.append(name)
        return found

    def _next(self, way: _Alike, pair: tuple[str, str]) -> str:
        """Who else of the list of the second comes nearest to the first's name; empty if that is as near."""
        list_ = self.list_of[pair[1]]
        held = (self._bearers.get((list_, sound), []) for sound in way.left.sounds)
        ours = self.group(pair[1])
        others: dict[str, str] = {}
        for bearers in sorted(held, key=len):
            others = {name.text: " ".join(name.key) for name in bearers if self.group(name.party) != ours}
            if others:
                break
        best = process.extractOne(" ".join(way.left.key), others, scorer=fuzz.ratio)
        if best is None:
            return "nobody else near"
        return f"next nearest '{best[2]}' {best[1] / _ALL:.2f}" if best[1] < _ALL else ""


def _enough(way: _Alike, seat: str, witnesses: Sequence[str]) -> bool:
    """Whether names alike in this way, with what stands beside them, are one body's."""
    one, other, words = way.left, way.right, len(way.left.sounds)
    if one.legal and other.legal and one.legal.isdisjoint(other.legal):
        return False
    if one.alias and other.alias and not (seat and _is_a_full_name(one) and not one.legal.isdisjoint(other.legal)):
        return False
    if way.slip:
        common = any(
            names.rarity(word) > names.COMMON and not word.isdigit() for word in one.written if word in other.written
        )
        return bool(seat) and words >= _PHRASE and (common or bool(witnesses))
    if words == 1:
        return _one_word_is_enough(one, other, seat, witnesses)
    if seat or witnesses:
        return bool(witnesses) or words >= _PHRASE or one.weight > _WEIGHT_WITH_SEAT
    return one.weight > _WEIGHT_WITHOUT.get(words, 0)


def _is_a_full_name(name: Worded) -> bool:
    """Whether an alias is the name in another language rather than what a whole group is called."""
    return len(name.sounds) > _PHRASE and name.rare > 1


def _one_word_is_enough(one: Worded, other: Worded, seat: str, witnesses: Sequence[str]) -> bool:
    """A name of one word must be long and rare, or have a witness: there are many named "Almaz"."""
    length, both_first = len(one.sounds[0]), one.first and other.first
    if witnesses:
        return length >= _LETTERS_WITH_WITNESS and (both_first or any(witness != _CITED for witness in witnesses))
    return bool(seat) and both_first and length >= _LETTERS_ALONE and one.rare > 0 and not _BUILT.match(one.sounds[0])


def _scores(way: _Alike, left: Party, right: Party) -> bool:
    """Whether the matching, asked for one name, would give the other; names of the same words need no asking."""
    if not way.slip:
        return True
    first, second = (
        Query(name.text, "Company", " ".join(party.countries)) for name, party in ((way.left, left), (way.right, right))
    )
    return match.compare(first, second).score >= match.DEFAULT_THRESHOLD


def _told(way: _Alike) -> str:
    alike = fuzz.ratio(" ".join(sorted(way.left.written)), " ".join(sorted(way.right.written))) / _ALL
    slip = f" ({way.slip})" if way.slip else ""
    return f"names alike {alike:.2f}: '{way.left.text}' ~ '{way.right.text}'{slip}"


def _numbers(party: Party) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in party.identifiers:
        if one.scheme.startswith(_REGISTERS):
            found[one.scheme].add(one.value)
    return found


def _seat(left: Party, right: Party) -> str:
    """The seat two have in common, in words; one that states none may be listed under a regulation on a country."""
    for country in left.countries:
        if country in right.countries:
            return f"both {country.upper()}"
    for one, other in ((left, right), (right, left)):
        regulation = one.source.locator.partition(", ")[0]
        if not one.countries and not set(_REGULATIONS.get(regulation, ())).isdisjoint(other.countries):
            return f"listed under '{regulation}', seat {other.countries[0].upper()}"
    return ""


def _witnesses(left: Party, right: Party, ways: Sequence[_Alike]) -> list[str]:
    """What else two records have in common: a citation, an address, several names."""
    found = []
    if any(
        volume == other and abs(page - near) <= _PAGES
        for (volume, page), (other, near) in product(_citations(left), _citations(right))
    ):
        found.append(_CITED)
    if any(
        _same_place(one, other) for one, other in product(left.addresses[:_ADDRESSES], right.addresses[:_ADDRESSES])
    ):
        found.append(_SITED)
    equal = {way.left.key for way in ways if not way.slip}
    if len(equal) > 1 and any(len(way.left.sounds) > 1 for way in ways if not way.slip):
        found.append(f"{len(equal)} names alike")
    return found


def _citations(party: Party) -> Iterator[tuple[int, int]]:
    return ((int(volume), int(page)) for volume, page in _CITATION.findall(party.source.text))


def _same_place(one: str, other: str) -> bool:
    """Whether two addresses have a number and two rare words in common, and half of all."""
    ours, theirs = (set(names.form(text, "Address").stem) for text in (one, other))
    common = ours & theirs
    numbers = sum(any(map(str.isdigit, word)) for word in common)
    rare = sum(names.rarity(word) > names.COMMON and not word.isdigit() for word in common)
    return numbers > 0 and rare > 1 and 2 * len(common) >= min(len(ours), len(theirs))
