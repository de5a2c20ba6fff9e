"""One answer to a text that gives several names of somebody."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from underlabel.model import Found, Hit, Query


def answered(query: Query, parts: Sequence[Found], top: int) -> Found:
    """The answers by each name as one: every party with its best hit, best first; else the nearest of all."""
    if len(parts) == 1:
        return parts[0]
    best: dict[str, Hit] = {}
    for hit in sorted((hit for part in parts for hit in part.hits), key=_rank):
        best.setdefault(hit.party, hit)
    nearest = sorted((part.nearest for part in parts if part.nearest is not None), key=_rank)
    return Found(
        query=query,
        hits=tuple(msgspec.structs.replace(hit, query=query) for hit in list(best.values())[:top]),
        nearest=msgspec.structs.replace(nearest[0], query=query) if nearest and not best else None,
        searched=parts[0].searched,
        cut=any(part.cut for part in parts) or len(best) > top,
    )


def _rank(hit: Hit) -> tuple[float, float, str]:
    return -hit.score, -hit.similarity, hit.party
