"""A batch of names as rows of numbers, ready to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match.lexicon import POWERS, Lexicon, lexicon, summed
from underlabel.match.strings import Strings, pack

GROUPS: Final = ("", "person", "body", "vessel", "aircraft", "address")
"""Kinds of parties, by their code in `Sheet.group`; "" fits any."""
Group = Literal["person", "body", "vessel", "aircraft", "address", ""]
_GROUP_OF: Final[dict[str, Group]] = {
    "Person": "person",
    "Company": "body",
    "Organization": "body",
    "PublicBody": "body",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Address": "address",
}
_STEP: Final = np.uint64(0xD6E8FEB86659FD93)

U64 = npt.NDArray[np.uint64]
I32 = npt.NDArray[np.int32]
T = TypeVar("T")


class Named(msgspec.Struct, frozen=True):
    """A name with what is known beside it; `country` is ISO alpha-2, several parted by spaces, commas or semicolons."""

    text: str
    schema: str = ""
    country: str = ""
    weak: bool = False


class Sheet(msgspec.Struct, frozen=True):
    """`n` names as rows; the stem of row `i` is `words[starts[i]:starts[i + 1]]`, ids in the lexicon.

    `nth` tells the first, second … time that a word stands in its name. `whole` is the hash of the
    stem's letters without spaces, `stem` of its words in order; `letters` are those letters, `plain`
    the same with the organisation types. `types` and `seats` are places in
    `type_sets` (organisation types, sorted) and `seat_sets` (countries).
    """

    lexicon: Lexicon
    starts: npt.NDArray[np.int64]
    words: I32
    nth: npt.NDArray[np.uint8]
    whole: U64
    stem: U64
    plain: Strings
    letters: Strings
    types: I32
    seats: I32
    group: npt.NDArray[np.uint8]
    weak: npt.NDArray[np.bool_]
    type_sets: tuple[tuple[str, ...], ...]
    seat_sets: tuple[frozenset[str], ...]

    def __len__(self) -> int:
        """How many names it holds."""
        return len(self.starts) - 1


def group(schema: str) -> Group:
    """The kind of party a schema stands for; empty for LegalEntity and unknown ones, which fit any."""
    return _GROUP_OF.get(schema, "")


def seats(country: str) -> frozenset[str]:
    """The countries of a text of ISO alpha-2 codes, lower case."""
    return frozenset(country.casefold().replace(";", " ").replace(",", " ").split())


def sheet(given: Sequence[Named]) -> Sheet:
    """The names as a sheet with a lexicon of its own. Rows keep their order; a text that is no name has no words."""
    return laid_out([names.form(one.text, one.schema) for one in given], given)


def laid_out(forms: Sequence[names.Form], given: Sequence[Named]) -> Sheet:
    """The same from forms already made, one for each name given."""
    found, ids = lexicon(word for form in forms for word in form.stem)
    lengths = np.fromiter((len(form.stem) for form in forms), dtype=np.int64, count=len(forms))
    starts = np.zeros(len(forms) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    words = np.fromiter((ids[word] for form in forms for word in form.stem), dtype=np.int32, count=int(starts[-1]))
    types, type_sets = _coded(tuple(sorted(form.org_types)) for form in forms)
    places, seat_sets = _coded(seats(one.country) for one in given)
    whole, stem = _hashes(found, words, lengths)
    return Sheet(
        lexicon=found,
        starts=starts,
        words=words,
        nth=_nth(forms, int(starts[-1])),
        whole=whole,
        stem=stem,
        plain=pack(["".join(form.tokens) for form in forms]),
        letters=pack(["".join(form.stem) for form in forms]),
        types=types,
        seats=places,
        group=np.fromiter((GROUPS.index(group(one.schema)) for one in given), dtype=np.uint8, count=len(given)),
        weak=np.fromiter((one.weak for one in given), dtype=np.bool_, count=len(given)),
        type_sets=type_sets,
        seat_sets=seat_sets,
    )


def _coded(values: Iterable[T]) -> tuple[I32, tuple[T, ...]]:
    """Values as places in the tuple of distinct ones, in order of first use."""
    where: dict[T, int] = {}
    codes = [where.setdefault(value, len(where)) for value in values]
    return np.array(codes, dtype=np.int32), tuple(where)


def _nth(forms: Sequence[names.Form], count: int) -> npt.NDArray[np.uint8]:
    found = np.zeros(count, dtype=np.uint8)
    start = 0
    for form in forms:
        if len(set(form.stem)) < len(form.stem):
            seen: dict[str, int] = {}
            for at, word in enumerate(form.stem):
                seen[word] = seen.get(word, -1) + 1
                found[start + at] = min(seen[word], 255)
        start += len(form.stem)
    return found


def _hashes(words: Lexicon, ids: I32, lengths: npt.NDArray[np.int64]) -> tuple[U64, U64]:
    """For each name the hash of its letters and that of its words, in order."""
    hashes = words.hash[ids] if len(ids) else np.zeros(0, dtype=np.uint64)
    letters = words.length[ids].astype(np.int64) if len(ids) else np.zeros(0, dtype=np.int64)
    before = np.cumsum(letters) - letters
    first = np.cumsum(lengths) - lengths
    inside = before - np.repeat(np.append(before, 0)[first], lengths)
    place = np.arange(len(ids)) - np.repeat(first, lengths)
    with np.errstate(over="ignore"):
        whole = summed(hashes * POWERS[np.minimum(inside, len(POWERS) - 1)], lengths)
        stem = summed(
            (hashes ^ (hashes >> np.uint64(31))) * _STEP * POWERS[np.minimum(place, len(POWERS) - 1)], lengths
        )
    return whole, stem
