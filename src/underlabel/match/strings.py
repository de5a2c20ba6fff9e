"""Many texts as two plain arrays, so that they can be memory-mapped and read one by one."""

from __future__ import annotations

from collections.abc import Sequence

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


def pack(texts: Sequence[str]) -> Strings:
    """The texts packed; what UTF-8 cannot say (half a surrogate pair) becomes "?"."""
    encoded = [text.encode(errors="replace") for text in texts]
    ends = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in encoded], out=ends[1:])
    return Strings(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)
