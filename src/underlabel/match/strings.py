"""Many texts as two plain arrays, so that they can be memory-mapped and read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt


class Strings(msgspec.Struct, frozen=True):
    """Texts as UTF-8 bytes end to end; text `i` is `data[ends[i]:ends[i + 1]]`."""

    data: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.ends) - 1

    def __getitem__(self, at: int) -> str:
        """One text."""
        return bytes(self.data[self.ends[at] : self.ends[at + 1]]).decode()

    def many(self, at: npt.NDArray[Any]) -> list[str]:
        """Some texts, in the order asked."""
        data = memoryview(self.data.data)
        ends = zip(self.ends[at].tolist(), self.ends[np.asarray(at) + 1].tolist(), strict=True)
        return [str(data[start:end], "utf-8") for start, end in ends]


def pack(texts: Sequence[str]) -> Strings:
    """The texts packed; what UTF-8 cannot say (half a surrogate pair) becomes "?"."""
    encoded = [text.encode(errors="replace") for text in texts]
    ends = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in encoded], out=ends[1:])
    return Strings(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)


def chained(parts: Sequence[Strings]) -> Strings:
    """The texts of all parts, in order."""
    lengths = [np.diff(part.ends) for part in parts]
    data = [part.data for part in parts]
    return Strings(np.concatenate([np.zeros(0, dtype=np.uint8), *data]), _ends(np.concatenate([[], *lengths])))


def taken(texts: Strings, which: npt.NDArray[Any]) -> Strings:
    """These of the texts, in the order asked for."""
    starts = texts.ends[which]
    ends = _ends(texts.ends[np.asarray(which) + 1] - starts)
    places = np.arange(int(ends[-1])) + np.repeat(starts - ends[:-1], np.diff(ends))
    return Strings(texts.data[places], ends)


def _ends(lengths: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    ends = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends
