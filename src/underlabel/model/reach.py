"""That a regime reaches a party, with proof."""

from __future__ import annotations

from typing import Literal

import msgspec

Reached = Literal["must", "may", "no", "unknown"]
Via = Literal["named", "ownership", "control", "affiliate", ""]


class Miss(msgspec.Struct, frozen=True):
    """How far a party is from being reached: the sum held, what is missing, and in words."""

    held: int
    missing: int
    text: str


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Whether and how a Test reaches a party.

    must: on the lowest reading of every stake; may: on the highest, or through facts that are
    uncertain, announced or alleged; no: holdings are known and do not; unknown: no ownership
    record held. Sums are in units. `proof` are ids of links, an inclusion-minimal set that
    crossed the line, largest first, then what carried their holders; `starts` are the listed parties it
    begins at; `choices` are readings the answer rests on.
    """

    party: str
    reach: Reached
    via: Via = ""
    sum_low: int = 0
    sum_high: int = 0
    proof: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    nearest_miss: Miss | None = None
    choices: tuple[str, ...] = ()
