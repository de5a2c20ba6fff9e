"""What pairs up in two names laid side by side: words that stand for each other, as columns."""

from __future__ import annotations

from typing import Final, Literal, get_args

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel.match.postings import I64

How = Literal["same word", "similar word", "joined words", "initial", "same letters"]
HOWS: Final[tuple[How, ...]] = get_args(How)
SAME, SIMILAR, TOGETHER, BY_INITIAL, LETTERS = range(len(HOWS))

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class Tied(msgspec.Struct, frozen=True):
    """Words that stand, or may stand, for each other, as columns; whatever `left` and `right` count.

    `left_span` and `right_span` are how many words each side has, `how` is a place in `HOWS`,
    `likeness` is 0 to 1, `slips` how many slips of the pen part them.
    """

    left: I64
    right: I64
    left_span: I64
    right_span: I64
    how: npt.NDArray[np.uint8]
    likeness: Floats
    slips: Floats

    def __len__(self) -> int:
        """How many there are."""
        return len(self.left)


def tied(
    places: tuple[I64, I64], spans: tuple[I64 | int, I64 | int], how: int, value: tuple[Floats | float, Floats | float]
) -> Tied:
    """Words tied in one way; spans and values may be one number for all."""
    count = len(places[0])
    left_span, right_span = (np.broadcast_to(np.asarray(span, dtype=np.int64), count) for span in spans)
    likeness, slips = (np.broadcast_to(np.asarray(one, dtype=np.float64), count) for one in value)
    return Tied(*places, left_span, right_span, np.full(count, how, dtype=np.uint8), likeness, slips)


def end_to_end(parts: list[Tied]) -> Tied:
    """Several tables as one."""
    return Tied(*(np.concatenate([getattr(part, field) for part in parts]) for field in Tied.__struct_fields__))
