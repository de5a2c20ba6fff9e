"""Pairs of names compared, row by row, in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from underlabel import match
from underlabel.model import AskedPair, Compared, Query
from underlabel.trace.screen import no_name

BATCH: Final = 5_000


def compare(pairs: Iterable[AskedPair], threshold: float | None = None) -> Iterator[Compared]:
    """Compare pairs in batches: exactly one answer to each, in order.

    `threshold` is the score that makes a match (`match.LIKELY` unless given: more likely one body than not).
    A pair one side of which is no name is rejected with the reason, unless an identifier settles it.
    """
    least = match.LIKELY if threshold is None else threshold
    rest = iter(pairs)
    while batch := list(islice(rest, BATCH)):
        hits = match.compare_all([(one.first, one.second) for one in batch])
        for one, hit in zip(batch, hits, strict=True):
            why = "" if hit.kind == "identifier" else one.broken or _no_names(one)
            yield Compared(asked=one, hit=hit, match=not why and hit.score >= least, rejected=why)


def _no_names(pair: AskedPair) -> str:
    bare = (Query(pair.first.name), Query(pair.second.name))
    reasons = (f"name{side}: {why}" for side, one in enumerate(bare, start=1) if (why := no_name(one)))
    return "; ".join(reasons)
