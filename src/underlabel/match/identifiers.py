"""Which parties hold a number, kept as plain arrays."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from underlabel.match.postings import I32, I64, by_owner
from underlabel.match.strings import Strings, pack

ONE_PER_PARTY: Final = frozenset({"lei", "imo", "uscc", "duns"})
"""Registers in which a party has one number: another number is another party."""
ARRAYS: Final = ("number_hash", "number_starts", "number_parties", "party_starts", "party_numbers")
_NOT_VALUE: Final = re.compile(r"[^0-9a-z]+")
_LEAST_VALUE: Final = 5


class Numbers:
    """Keys of identifiers ("scheme:value", and "value"), by hash, with the parties that hold them; and the reverse."""

    def __init__(self, keys: Strings, arrays: dict[str, npt.NDArray[Any]]) -> None:
        """Hold what `numbered` made; errors: `KeyError` if an array is missing."""
        self.keys = keys
        self.arrays = {name: arrays[name] for name in ARRAYS}
        self.hash: npt.NDArray[np.uint64] = arrays["number_hash"]
        self.starts: I64 = arrays["number_starts"]
        self.parties: I32 = arrays["number_parties"]
        self.of_party: I64 = arrays["party_starts"]
        self.held: I32 = arrays["party_numbers"]

    def holders(self, key: str) -> list[int]:
        """The places of the parties that hold this key, ascending."""
        at = int(np.searchsorted(self.hash, np.uint64(_hash(key))))
        while at < len(self.hash) and self.hash[at] == _hash(key):
            if self.keys[at] == key:
                found: list[int] = self.parties[self.starts[at] : self.starts[at + 1]].tolist()
                return found
            at += 1
        return []

    def registered(self, party: int) -> frozenset[str]:
        """A party's keys in registers in which a party has only one number."""
        held = self.held[self.of_party[party] : self.of_party[party + 1]]
        return frozenset(self.keys[at] for at in held.tolist())


def numbered(numbers: Sequence[tuple[str, str, str]], party_of: dict[str, int]) -> Numbers:
    """The keys of (party, scheme, value) identifiers; what has no letter or digit is left out."""
    found = sorted(
        (_hash(key), key, party_of[party]) for party, scheme, value in numbers for key in identifier_keys(scheme, value)
    )
    keys: list[str] = []
    places = np.zeros(len(found), dtype=np.int64)
    for at, (_, key, _party) in enumerate(found):
        if not keys or keys[-1] != key:
            keys.append(key)
        places[at] = len(keys) - 1
    parties = np.fromiter((one[2] for one in found), dtype=np.int64, count=len(found))
    single = np.fromiter((key.partition(":")[0] in ONE_PER_PARTY for key in keys), dtype=np.bool_, count=len(keys))
    starts, holders = by_owner(places, parties, len(keys))
    register = single[places]
    of_party, held = by_owner(parties[register], places[register], len(party_of))
    arrays = (np.array([_hash(key) for key in keys], dtype=np.uint64), starts, holders, of_party, held)
    return Numbers(pack(keys), dict(zip(ARRAYS, arrays, strict=True)))


def identifier_keys(scheme: str, value: str) -> Iterator[str]:
    """The keys an identifier is found by; without a scheme only values of five characters and more."""
    plain = _NOT_VALUE.sub("", value.casefold())
    if not plain:
        return
    if scheme:
        yield f"{scheme.strip().casefold()}:{plain}"
    if len(plain) >= _LEAST_VALUE:
        yield plain


def _hash(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(errors="replace"), digest_size=8).digest(), "big")
