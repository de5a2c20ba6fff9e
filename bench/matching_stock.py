"""Lists of any size for the matching benchmark, grown from the words and patterns of real names.

A name takes the pattern of a real one (rare word, trade, type, place; given and family words) and
fills it with words as frequent as on the lists. The share of words on a list that occur once is the
share of new ones to expect (Good and Turing): that many are coined, from a head and a tail of real
words. Without the real data (UNDERLABEL_TEST_DATA) the words are made. The same size gives the same
list, block by block, so that no more than one block is held, as long as `names` sorts words as before.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from underlabel import names

VARIABLE: Final = "UNDERLABEL_TEST_DATA"
SEED: Final = 20191009
BLOCK: Final = 2_000
NAMES: Final = 1.6
"""Names a party has on average."""
_COUNT_SHARES: Final = (0.62, 0.22, 0.10, 0.06)
_LONGEST_PATTERN: Final = 8
_TRIES: Final = 8
_REGISTERED: Final = 10
_COUNTRIES: Final = ("", "", "", "cn", "ru", "ir", "us", "ae", "tr", "de")
_SPELLINGS: Final = (("k", "c"), ("i", "y"), ("ou", "u"), ("sh", "s"), ("v", "w"), ("a", "e"), ("o", "u"), ("h", ""))
_TRADES: Final = frozenset({"very common", "common", "function", "abbreviation", "word"})
_OPEN: Final = ("rare", "family", "given")
"""Kinds of word of which a longer list has new ones."""
_MADE_TRADES: Final = ("Technology", "Electronics", "Trading", "Shipping", "Optics", "Energy", "Logistics", "Systems")
_MADE_TYPES: Final = ("Ltd", "LLC", "GmbH", "JSC", "Inc")
_MADE_WORDS: Final = 9_000
_MADE_PLACES: Final = ("Beijing", "Moscow", "Tehran", "Dubai", "Istanbul", "Shenzhen", "Minsk")

Row = tuple[str, str, str, str, str]
Pattern = tuple[str, ...]
"""A schema, then the kind of each word."""


class Asked(NamedTuple):
    """A query, what it is (invented, exact, slip), and the party it was taken from."""

    name: str
    schema: str
    what: str
    party: str


class Pool:
    """Words of one kind, drawn as often as they were counted, and words coined from their halves."""

    def __init__(self, counts: Counter[str], *, grows: bool) -> None:
        """Order the words by how often they stand, then by letters; errors: none, but an empty count gives no word."""
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        self.words = [word for word, _ in ordered]
        self.ends: npt.NDArray[np.int64] = np.cumsum([count for _, count in ordered], dtype=np.int64)
        once = sum(count == 1 for _, count in ordered)
        self.fresh = once / int(self.ends[-1]) if grows and ordered else 0.0

    @cached_property
    def known(self) -> frozenset[str]:
        """The words themselves."""
        return frozenset(self.words)

    @cached_property
    def halves(self) -> tuple[list[str], list[str]]:
        """Heads and tails of the words long enough to be cut; of all where none is."""
        long = [word for word in self.words if len(word) > 4] or self.words
        return [word[: (len(word) + 1) // 2] for word in long], [word[(len(word) + 1) // 2 :] for word in long]

    def coined(self, number: int) -> str:
        """A word that is none of the real ones, the same for the same number."""
        heads, tails = self.halves
        word = ""
        for step in range(number, number + _TRIES):
            word = heads[step * 7_919 % len(heads)] + tails[(step * 104_729 + step // len(heads)) % len(tails)]
            if word not in self.known:
                return word
        return word + tails[number % len(tails)]

    def draw(self, chance: np.random.Generator, count: int, coinable: range, fresh: float) -> list[str]:
        """That many words; a share of them is coined from the numbers given."""
        places = np.searchsorted(self.ends, chance.integers(0, int(self.ends[-1]), count), side="right").tolist()
        words = [self.words[place] for place in places]
        if fresh:
            numbers = chance.integers(coinable.start, coinable.stop, count).tolist()
            for at in np.flatnonzero(chance.random(count) < fresh).tolist():
                words[at] = self.coined(numbers[at])
        return words


class Stock:
    """A list of a given number of parties."""

    def __init__(self, parties: int, pools: dict[str, Pool], patterns: Counter[Pattern]) -> None:
        """Hold the parts; nothing is drawn yet. `pools` has every kind of word that a pattern names."""
        self.parties, self.pools = parties, pools
        self.patterns = sorted(patterns)
        weights = np.array([patterns[pattern] for pattern in self.patterns], dtype=float)
        self.shares = weights / weights.sum()

    def rows(self) -> Iterator[Row]:
        """Rows for `match.build`, streamed."""
        for block in range(-(-self.parties // BLOCK)):
            yield from self.block(block)

    def identifiers(self) -> Iterator[tuple[str, str, str]]:
        """A number for every tenth party."""
        for number in range(0, self.parties, _REGISTERED):
            yield _id(number), "registration", f"{number * 7_919 + 1_000_000_007}"

    def block(self, block: int) -> Iterator[Row]:
        """The rows of some parties next to each other."""
        chance = np.random.default_rng((SEED, self.parties, block))
        first, last = block * BLOCK, min(self.parties, (block + 1) * BLOCK)
        size = last - first
        given = self._names(chance, 2 * size)
        counts = chance.choice(len(_COUNT_SHARES), size, p=_COUNT_SHARES).tolist()
        homes = chance.integers(0, len(_COUNTRIES), size).tolist()
        ways = iter(chance.integers(0, 1 << 30, size * len(_COUNT_SHARES)).tolist())
        for at in range(size):
            schema, words = given[at]
            party, country = _id(first + at), _COUNTRIES[homes[at]]
            yield party, " ".join(words), "name", schema, country
            spare = given[size + at]
            former = spare[1] if spare[0] == schema else ()
            for _ in range(counts[at]):
                yield party, " ".join(_other(words, former, next(ways))), "alias", schema, country

    def queries(self, count: int, seed: int = 0) -> list[Asked]:
        """Distinct queries: 40 % invented, 30 % exact names, 30 % with one slip; every other one without its schema."""
        chance = np.random.default_rng((SEED, self.parties, 1 << 20, seed))
        letters = random.Random(SEED + seed)  # noqa: S311 - the same slips in every run
        blocks = -(-self.parties // BLOCK)
        chosen = sorted(chance.choice(blocks, min(blocks, 40), replace=False).tolist())
        rows = [row for block in chosen for row in self.block(block)]
        invented = self._names(chance, count, invented=True)
        asked: dict[str, Asked] = {}
        for at, place in enumerate(chance.integers(0, len(rows), 2 * count).tolist()):
            party, name, _, schema, _ = rows[place]
            what = ("invented", "exact", "slip", "invented", "slip", "exact", "invented", "exact", "slip", "invented")[
                at % 10
            ]
            if what == "invented":
                schema, words = invented[at % count]
                party, name = "", " ".join(words)
            elif what == "slip":
                name = slip(name, letters)
            asked.setdefault(name, Asked(name, schema if at // 10 % 2 else "", what, party))
        return list(asked.values())[:count]

    def pairs(self, count: int) -> list[tuple[str, str, str]]:
        """Distinct pairs (name, other name, schema): a third with a slip, a third aliases, a third one word shared."""
        letters = random.Random(SEED)  # noqa: S311 - the same slips in every run
        found: dict[tuple[str, str, str], None] = {}
        before: Row = ("", "", "", "", "")
        for row in self.rows():
            if before[1] and before[0] == row[0]:
                found[before[1], row[1], row[3]] = None
            elif before[1] and before[3] == row[3]:
                other = f"{before[1].split()[0]} {row[1].partition(' ')[2]}".strip()
                found[before[1], other if len(found) % 2 else slip(before[1], letters), row[3]] = None
            before = row
            if len(found) >= count:
                break
        return list(found)[:count]

    def _names(
        self, chance: np.random.Generator, count: int, *, invented: bool = False
    ) -> list[tuple[str, tuple[str, ...]]]:
        """Schema and words of names; of invented ones every rare and family word is on no list."""
        drawn = [self.patterns[at] for at in chance.choice(len(self.patterns), count, p=self.shares).tolist()]
        if invented:
            drawn = [_with_rare(pattern) for pattern in drawn]
        wanted = Counter(kind for pattern in drawn for kind in pattern[1:])
        words = {
            kind: iter(self._words(chance, kind, wanted[kind], invented=invented and kind in ("rare", "family")))
            for kind in sorted(wanted)
        }
        return [(pattern[0], tuple(next(words[kind]) for kind in pattern[1:])) for pattern in drawn]

    def _words(self, chance: np.random.Generator, kind: str, count: int, *, invented: bool) -> list[str]:
        pool = self.pools[kind]
        # A coined word stands twice on the list, on average.
        coinable = max(100, int(self.parties * NAMES * pool.fresh / 2))
        numbers = range(coinable, 3 * coinable) if invented else range(coinable)
        return pool.draw(chance, count, numbers, 1.0 if invented else pool.fresh)


def stock(parties: int) -> Stock:
    """A list of that many parties. Errors: `OSError` if the real data named lacks its lists."""
    return Stock(parties, *_parts())


def slip(name: str, chance: random.Random) -> str:
    """One slip of the pen: a letter wrong, missing, extra, or two swapped."""
    at = chance.choice([at for at, letter in enumerate(name) if letter.isalnum()])
    letter = chance.choice(string.ascii_lowercase)
    rest = name[at + 1 :]
    return name[:at] + chance.choice((letter + rest, rest, letter + name[at:], rest[:1] + name[at] + rest[1:]))


@lru_cache(maxsize=1)
def _parts() -> tuple[dict[str, Pool], Counter[Pattern]]:
    folder = os.environ.get(VARIABLE)
    words: dict[str, Counter[str]] = {kind: Counter() for kind in ("rare", "trade", "type", "place", "given", "family")}
    patterns: Counter[Pattern] = Counter()
    for schema, parts in real(Path(folder)) if folder else made():
        if 0 < len(parts) <= _LONGEST_PATTERN:
            patterns[schema, *(kind for _, kind in parts)] += 1
            for word, kind in parts:
                words[kind][word] += 1
    return {kind: Pool(counts, grows=kind in _OPEN) for kind, counts in words.items()}, patterns


def real(folder: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Schema and (word, kind) of every name of a person or body on the Entity List and the SDN list."""
    with gzip.open(folder / "lists/us_2026-07-09/bis_entity_list.json.gz", "rt", encoding="utf-8") as file:
        for entity in json.load(file)["entities"]:
            for name in (entity["name"], *entity["aliases"]):
                parts = _of_body(name)
                # The list does not say who is a person: names with no word of a body are left out.
                if any(kind in ("trade", "type") for _, kind in parts):
                    yield "Company", parts
    kinds: dict[str, str] = {}
    for file_name, column in (("sdn.csv.gz", 1), ("alt.csv.gz", 3)):
        with gzip.open(folder / "lists/us_ofac_2019-01" / file_name, "rt", encoding="latin-1", newline="") as file:
            for line in csv.reader(file):
                if len(line) < 4:
                    continue
                kind = kinds.setdefault(line[0], line[2].strip())
                if kind == "individual":
                    family, _, given = line[column].partition(",")
                    yield "Person", [*_each(given, "given"), *_each(family, "family")]
                elif kind == "-0-":
                    yield "Company", _of_body(line[column])


def made() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The same of made names: half persons, half companies, some words far more frequent than others."""
    chance = random.Random(SEED)  # noqa: S311 - the same names in every run
    syllables = [first + second for first in "bdfghjklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "er")]
    words = ["".join(chance.choices(syllables, k=2 + at % 3)).capitalize() for at in range(_MADE_WORDS)]

    def word(least: int, most: int) -> str:
        return words[least + int((most - least) * chance.random() ** 3)]

    for at in range(6_000):
        if at % 2:
            yield "Person", [(word(0, 600), "given"), (word(600, 4_000), "family")]
        else:
            body = [
                (word(4_000, _MADE_WORDS), "rare"),
                (chance.choice(_MADE_TRADES), "trade"),
                (chance.choice(_MADE_TYPES), "type"),
            ]
            yield "Company", body if at % 3 else [(chance.choice(_MADE_PLACES), "place"), *body]


def _of_body(name: str) -> list[tuple[str, str]]:
    found = []
    for word in names.form(name).tokens:
        sort = names.word_class(word)
        kind = "trade" if sort in _TRADES else {"legal": "type", "place": "place"}.get(sort, "rare")
        found.append((word.upper() if kind == "type" and len(word) <= 4 else word.capitalize(), kind))
    return found


def _each(text: str, kind: str) -> Iterator[tuple[str, str]]:
    """A person's words; a particle ("al", "de") goes with the word behind it."""
    before = ""
    for word in names.form(text, "Person").tokens:
        if names.word_class(word) == "function":
            before += f"{word.capitalize()} "
        else:
            yield before + word.capitalize(), kind
            before = ""


def _with_rare(pattern: Pattern) -> Pattern:
    return pattern if "rare" in pattern or "family" in pattern else (pattern[0], "rare", *pattern[1:])


def _other(words: Sequence[str], former: Sequence[str], way: int) -> Sequence[str]:
    """Another name of the same party: spelled otherwise, a word less, in another order, or a former one."""
    if way % 5 == 0 and former:
        return former
    if way % 5 == 1 and len(words) > 2:
        left_out = way // 5 % len(words)
        return [*words[:left_out], *words[left_out + 1 :]]
    if way % 5 == 2 and len(words) > 1:
        return [*words[1:], words[0]]
    at = way // 5 % len(words)
    for step in range(len(_SPELLINGS)):
        old, new = _SPELLINGS[(way + step) % len(_SPELLINGS)]
        if old in words[at][1:]:
            return [*words[:at], words[at][0] + words[at][1:].replace(old, new, 1), *words[at + 1 :]]
    return [*words, words[0]]


def _id(number: int) -> str:
    return f"p{number:07}"
