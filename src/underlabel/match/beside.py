"""What stands beside the words of two names: organisation types, kinds of party, countries, weak aliases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from underlabel import names
from underlabel.match.laying import Bools, Floats, Laid, remembered
from underlabel.match.lexicon import I32
from underlabel.match.sheet import GROUPS

_PERSON: Final = GROUPS.index("person")
_TYPES: Final = ("same", "missing", "differs", "other")

Value = Callable[[Laid], Floats]


def flags(which: Bools) -> Floats:
    """1 where it holds, else 0."""
    return which.astype(np.float64)


def types(which: str) -> Value:
    """Whether the organisation types are of different legal persons ("other"), differ otherwise, or one is missing."""
    code = _TYPES.index(which)
    return lambda laid: (type_codes(laid) == code).astype(np.float64)


@remembered
def type_codes(laid: Laid) -> I32:
    """How the organisation types compare, as a place in ("same", "missing", "differs", "other")."""
    return _relation(
        laid, laid.left.types, laid.right.types, lambda a, b: _compared(laid.left.type_sets[a], laid.right.type_sets[b])
    )


def typed_alike(laid: Laid) -> Floats:
    """Whether both names have organisation types, and the same."""
    typed = np.array([bool(one) for one in laid.left.type_sets], dtype=np.bool_)[laid.left.types[laid.li]]
    return flags(typed & (type_codes(laid) == _TYPES.index("same")))


def type_beside_person(laid: Laid) -> Floats:
    """Whether the query names an organisation type and the listed party is a person."""
    typed = np.array([bool(one) for one in laid.left.type_sets], dtype=np.bool_)[laid.left.types[laid.li]]
    return flags(typed & (laid.right.group[laid.ri] == _PERSON))


def other_kind(laid: Laid) -> Floats:
    """Whether the two are of different kinds: a person, a body, a vessel, an aircraft, an address."""
    here, there = laid.left.group[laid.li], laid.right.group[laid.ri]
    return flags((here != there) & (here > 0) & (there > 0))


def weak(laid: Laid) -> Floats:
    """Whether the listed name is a weak alias."""
    return laid.right.weak[laid.ri].astype(np.float64)


def country(*, agrees: bool) -> Value:
    """Whether both state a country and share one (`agrees`), or share none."""
    code = 1 if agrees else 2

    return lambda laid: (_country_codes(laid) == code).astype(np.float64)


@remembered
def _country_codes(laid: Laid) -> I32:
    """How the countries compare: 1 where both are stated and share one, 2 where they share none, else 0."""
    return _relation(
        laid, laid.left.seats, laid.right.seats, lambda a, b: _seated(laid.left.seat_sets[a], laid.right.seat_sets[b])
    )


@remembered
def person(laid: Laid) -> Bools:
    """Whether either side is known to be a person."""
    found: Bools = (laid.left.group[laid.li] == _PERSON) | (laid.right.group[laid.ri] == _PERSON)
    return found


def _relation(laid: Laid, left: I32, right: I32, compared: Callable[[int, int], int]) -> I32:
    """What a comparison of two small sets gives for each pair; each two sets are compared once."""
    here, there = left[laid.li].astype(np.int64), right[laid.ri].astype(np.int64)
    width = int(there.max(initial=0)) + 1
    distinct, back = np.unique(here * width + there, return_inverse=True)
    return np.array([compared(*divmod(code, width)) for code in distinct.tolist()], dtype=np.int32)[back]


@lru_cache(maxsize=1 << 14)
def _compared(one: Sequence[str], other: Sequence[str]) -> int:
    if one == other or Counter(one) == Counter(other):
        return _TYPES.index("same")
    if not one or not other:
        return _TYPES.index("missing")
    classes = [{names.org_class(kind) for kind in kinds} - {""} for kinds in (one, other)]
    return _TYPES.index("other" if all(classes) and not classes[0] & classes[1] else "differs")


def _seated(one: frozenset[str], other: frozenset[str]) -> int:
    if not one or not other:
        return 0
    return 1 if one & other else 2
