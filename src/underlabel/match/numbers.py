"""What identifiers say beside names: an equal one settles it, another one of the same register speaks against."""

from __future__ import annotations

import math
from typing import Final

import msgspec
import numpy as np

from underlabel.match.identifiers import ONE_PER_PARTY, identifier_keys
from underlabel.match.index import Index
from underlabel.match.laying import lay
from underlabel.match.sheet import Named, sheet
from underlabel.match.weighing import weigh
from underlabel.model import Found, Hit, Query, Reason

AGREES: Final = "identifier agrees"
OTHER: Final = "other identifier"
_OTHER: Final = -4.0
"""Log-odds: another number in a register in which a body has one is nearly proof of another body."""


def keys(query: Query) -> frozenset[str]:
    """The keys of the identifiers asked for; "scheme:value" is looked for in its register alone, and everywhere."""
    found: set[str] = set()
    for given in query.identifiers:
        scheme, colon, value = given.partition(":")
        found.update(identifier_keys(scheme, value) if colon else identifier_keys("", given))
    return frozenset(found)


def weighed(hit: Hit, asked: frozenset[str], held: frozenset[str]) -> Hit:
    """A hit by name, with what the numbers of both sides say: settled, lowered, or as it was."""
    shared = sorted(asked & held)
    if shared:
        return _settled(hit.query, (hit.party, hit.name, hit.similarity), shared[0])
    clash = _clash(asked, held)
    if clash is None or hit.score <= 0:
        return hit
    odds = math.log(hit.score / (1 - hit.score)) + _OTHER
    reasons = (Reason(OTHER, _OTHER, *clash), *hit.reasons)
    return msgspec.structs.replace(hit, score=round(1 / (1 + math.exp(-odds)), 4), reasons=reasons)


def identified(index: Index, found: Found, top: int, least: float) -> Found:
    """An answer by names, with what the query's identifiers say: holders of an equal one first."""
    asked = keys(found.query)
    holders = sorted({index.parties[at] for key in sorted(asked) for at in index.numbers.holders(key)})
    by_party = {hit.party: hit for hit in (*found.hits, *((found.nearest,) if found.nearest else ()))}
    settled = [_holder(index, found.query, party, by_party.get(party), asked) for party in holders]
    others = [weighed(hit, asked, index.registered(hit.party)) for hit in by_party.values() if hit.party not in holders]
    others.sort(key=lambda hit: (-hit.score, -hit.similarity, hit.party))
    passing = [hit for hit in others if hit.score >= least]
    hits = (*settled, *passing)[:top]
    return msgspec.structs.replace(
        found,
        hits=hits,
        nearest=others[0] if others and not hits else None,
        cut=found.cut or len(settled) + len(passing) > top,
    )


def _holder(index: Index, query: Query, party: str, by_name: Hit | None, asked: frozenset[str]) -> Hit:
    held = sorted(key for key in asked if party in {index.parties[at] for at in index.numbers.holders(key)})
    if by_name is not None:
        return _settled(query, (party, by_name.name, by_name.similarity), held[0])
    return _settled(query, (party, *_nearest_name(index, query, party)), held[0])


def _nearest_name(index: Index, query: Query, party: str) -> tuple[str, float]:
    """The name of a party that is nearest to a query, and how near, for a party found by its number alone."""
    rows = np.array([at for at in index.rows_of(party) if not index.is_hidden[at]], dtype=np.int32)
    if not len(rows):
        return "", 0.0
    asked = sheet([Named(query.name, query.schema, query.country)])
    alike = weigh(lay(asked, index.sheet, np.zeros(len(rows), dtype=np.int32), rows)).similarity
    best = int(np.argmax(alike))
    return index.texts[int(rows[best])], float(alike[best])


def _settled(query: Query, who: tuple[str, str, float], key: str) -> Hit:
    party, name, similarity = who
    return Hit(
        query=query,
        party=party,
        name=name,
        score=1.0,
        similarity=similarity,
        kind="identifier",
        reasons=(Reason(AGREES, 1.0, key, key),),
    )


def _clash(asked: frozenset[str], held: frozenset[str]) -> tuple[str, str] | None:
    """Two different numbers of a register in which everybody has one."""
    for key in sorted(asked):
        scheme, colon, _ = key.partition(":")
        if colon and scheme in ONE_PER_PARTY and key not in held:
            for other in sorted(held):
                if other.startswith(f"{scheme}:"):
                    return key, other
    return None
