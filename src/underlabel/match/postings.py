"""Lists of numbers end to end: gathered for a whole batch at once, found by key, kept as plain arrays."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]

T = TypeVar("T", bound=msgspec.Struct)
N = TypeVar("N", I64, U64)
_HIGH: Final = np.uint64(32)


class Keyed(msgspec.Struct, frozen=True):
    """Members by key: `keys` ascend, equal keys stand side by side, their members ascend."""

    keys: U32
    members: I32

    def find(self, hashes: U64) -> tuple[I64, I64]:
        """For each hash where its members begin, and how many they are."""
        wanted = short(hashes)
        first = np.searchsorted(self.keys, wanted)
        return first, np.searchsorted(self.keys, wanted, side="right") - first


def short(hashes: U64) -> U32:
    """The upper half of hashes: one strange key in a thousand look-ups is cheaper than twice the memory."""
    return (hashes >> _HIGH).astype(np.uint32)


def keyed(hashes: U64, members: npt.NDArray[Any]) -> Keyed:
    """Members by the upper half of their hashes, each pair once."""
    # Key and member share one number, so that one sort does.
    both = once((hashes >> _HIGH) << _HIGH | members.astype(np.uint64))
    return Keyed(short(both), (both & np.uint64(0xFFFFFFFF)).astype(np.int32))


def once(values: N) -> N:
    """Each value once, ascending: quicker than `np.unique`, which hashes."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    found: N = ordered[new]
    return found


def spread(starts: npt.NDArray[Any], lengths: npt.NDArray[Any]) -> I64:
    """The places `start … start + length` of all stretches, end to end."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    found: I64 = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return found


def bounds(owners: npt.NDArray[Any], count: int) -> I64:
    """Where the stretch of each of `count` owners begins in `owners`, which ascend; one more for the end."""
    return np.searchsorted(owners, np.arange(count + 1)).astype(np.int64)


def by_owner(owners: npt.NDArray[Any], members: npt.NDArray[Any], count: int) -> tuple[I64, I32]:
    """Members as stretches by owner, each pair once, members ascending."""
    both = once(owners.astype(np.int64) << np.int64(32) | members.astype(np.int64))
    return bounds(both >> np.int64(32), count), (both & np.int64(0xFFFFFFFF)).astype(np.int32)


def split_up(lengths: npt.NDArray[Any], most: int) -> list[tuple[int, int]]:
    """Stretches of consecutive places whose lengths add up to `most`, or that are one place alone."""
    ends = np.cumsum(lengths)
    found = []
    first = 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + most, side="right")))
        found.append((first, last))
        first = last
    return found


def part(of: T, which: Any) -> T:  # noqa: ANN401 - whatever picks places of an array
    """The same table of arrays, with these of its places."""
    return type(of)(*(getattr(of, field)[which] for field in of.__struct_fields__))
