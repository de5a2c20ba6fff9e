"""Why a score is what it is, in words: the reasons of a hit, and what keeps a candidate from being one."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from underlabel.model import Hit, Nearest, Reason

_LONGEST: Final = 60
_APART: Final = re.compile(r"differ|\bother\b|clash|contradict")


class Sides(NamedTuple):
    """What the two texts that were compared are called."""

    first: str = "the name asked"
    second: str = "the listed name"


ASKED: Final = Sides()
PAIR: Final = Sides("the first", "the second")


def worded(reason: Reason, sides: Sides = ASKED) -> str:
    """A reason in words: what was compared, and both texts: "number differs: '5' ≠ '8'"."""
    first, second = _cut(reason.query), _cut(reason.candidate)
    if first and second:
        if first == second:
            return f"{reason.feature}: '{first}'"
        return f"{reason.feature}: '{first}' {_sign(reason)} '{second}'"
    if first or second:
        where = sides.first if first else sides.second
        return f"{reason.feature}: '{first or second}' in {where} only"
    return reason.feature


def weighed(hit: Hit, sides: Sides = ASKED) -> str:
    """All reasons of a hit in one line, each with its signed weight, in the order of the hit."""
    return "; ".join(f"{worded(reason, sides)} ({reason.weight:+.2f})" for reason in hit.reasons)


def not_enough(nearest: Nearest, most: int = 3) -> str:
    """Why the nearest candidate is no hit: where it does not stand, or the `most` strongest reasons against it."""
    if nearest.standing:
        return nearest.standing
    against = sorted((one for one in nearest.hit.reasons if one.weight < 0), key=lambda one: one.weight)
    telling = [one for one in against if one.query or one.candidate] or against
    because = "; ".join(worded(one) for one in telling[:most]) or "too little agrees"
    return f"{nearest.hit.score:.2f} of the {nearest.least:.2f} needed: {because}"


def _sign(reason: Reason) -> str:
    """How two texts stand to each other: alike, different, or only set side by side."""
    if reason.weight >= 0:
        return "~"
    return "≠" if _APART.search(reason.feature) else "/"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
