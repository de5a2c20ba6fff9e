"""Who may be meant: candidates of a whole batch at once, then every one scored with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match import grams
from underlabel.match.index import GROUPS, ONE_PER_PARTY, Index, identifier_keys
from underlabel.match.score import DEFAULT_THRESHOLD, Scored, Side, group, score, side
from underlabel.model import Found, Hit, Query, Reason

_FLOOR: Final = 0.3
"""Names whose vectors are less alike than this are not scored."""
_FLOOR_SHORT: Final = 0.2
_SHORT: Final = 8
"""Letters of a query's rare words up to which one slip takes most of their trigrams."""
_LEAST_DEPTH: Final = 50
_NEAR: Final = 0.4
_CELLS: Final = 20_000_000
_BATCH: Final = 256
_OTHER_IDENTIFIER: Final = -0.25


def find(index: Index, queries: Sequence[Query], *, top: int = 25, threshold: float | None = None) -> list[Found]:
    """Answer a batch of queries, in order; a query alone gets the same answer as in any batch.

    At most `top` parties each, best first, ties by party id, with the best of each party's names.
    `threshold` is `DEFAULT_THRESHOLD` unless given. `cut` is true where hits, or candidates that
    came near enough to be one, were left out. A text that is no name finds nothing, unless an identifier does.
    """
    least = DEFAULT_THRESHOLD if threshold is None else threshold
    depth = max(2 * top, _LEAST_DEPTH)
    distinct = list(dict.fromkeys(queries))
    named = [query for query in distinct if names.is_name(query.name)]
    near = dict(zip(named, _candidates(index, named, depth), strict=True))
    answers = {query: _answer(index, query, near.get(query, ([], False)), top, least) for query in distinct}
    return [answers[query] for query in queries]


def compare(a: Query, b: Query) -> Hit:
    """Compare two names with the scorer of `find`: `a` as the query, `b` as the listed name.

    `similarity` is symmetric. The hit's party is empty: no list is asked.
    """
    if not (names.is_name(a.name) and names.is_name(b.name)):
        same = float(a.name == b.name)
        found = Scored(0.0, same, "name only", ())
    else:
        found = score(_query_side(a), side(b.name, b.schema, b.country))
    keys = [set(_keys(query)) for query in (a, b)]
    shared = sorted(keys[0] & keys[1])
    if shared:
        return _identified(a, "", b.name, found.similarity, shared[0])
    clash = _clash(keys[0], keys[1])
    return _hit(a, "", b.name, _lowered(found, *clash) if clash else found)


def _candidates(index: Index, queries: Sequence[Query], depth: int) -> Iterator[tuple[list[int], bool]]:
    """For each query the rows of names to score, and whether parties were left out."""
    size = max(1, min(_BATCH, _CELLS // max(1, len(index))))
    for start in range(0, len(queries), size):
        chunk = queries[start : start + size]
        product = grams.vectors([names.form(query.name, query.schema).stem for query in chunk]) @ index.postings
        product.sort_indices()
        for at, query in enumerate(chunk):
            cells = slice(product.indptr[at], product.indptr[at + 1])
            yield _nearest(index, query, (product.indices[cells], product.data[cells]), depth)


def _nearest(
    index: Index, query: Query, cells: tuple[npt.NDArray[Any], npt.NDArray[Any]], depth: int
) -> tuple[list[int], bool]:
    """The rows above the floor of the `depth` parties whose best name is nearest; ties by party."""
    rows, likeness = cells
    letters = sum(len(word) for word in names.form(query.name, query.schema).stem if names.rarity(word) > names.COMMON)
    fits = likeness >= (_FLOOR_SHORT if letters <= _SHORT else _FLOOR)
    wanted = GROUPS.index(group(query.schema))
    if wanted:
        groups = index.group_of[rows]
        fits &= (groups == wanted) | (groups == 0)
    if len(index.hidden):
        fits &= ~np.isin(rows, index.hidden)
    rows, likeness = rows[fits], likeness[fits]
    if not len(rows):
        return [], False
    # Rows are in order of party, so each party is one stretch of them.
    parties, first = np.unique(index.party_of[rows], return_index=True)
    if len(parties) <= depth:
        return rows.tolist(), False
    best = np.maximum.reduceat(likeness, first)
    order = np.lexsort((parties, -best))
    kept = parties[np.sort(order[:depth])]
    return rows[np.isin(index.party_of[rows], kept)].tolist(), bool(best[order[depth]] >= _NEAR)


def _answer(index: Index, query: Query, near: tuple[list[int], bool], top: int, least: float) -> Found:
    rows, cut = near
    asked = _query_side(query)
    best: dict[str, tuple[tuple[float, float, str], Scored]] = {}
    for at in rows:
        row = index.row(at)
        party, text = row[:2]
        found = score(asked, _listed(row[1:]))
        rank = (-found.score, -found.similarity, text)
        if party not in best or rank < best[party][0]:
            best[party] = rank, found
    scored = {party: (rank[2], found) for party, (rank, found) in best.items()}
    keys = set(_keys(query))
    shared = _shared(index, keys)
    if keys:
        scored = {party: (name, _weighed(index, party, keys, found)) for party, (name, found) in scored.items()}
    identified = [_identified(query, party, *_named(index, query, party, scored), key) for party, key in shared.items()]
    ordered = sorted(
        ((party, name, found) for party, (name, found) in scored.items() if party not in shared),
        key=lambda one: (-one[2].score, -one[2].similarity, one[0]),
    )
    passing = [one for one in ordered if one[2].score >= least]
    hits = [*identified, *(_hit(query, *one) for one in passing[: max(0, top - len(identified))])]
    return Found(
        query=query,
        hits=tuple(hits[:top]),
        nearest=_hit(query, *ordered[0]) if ordered and not hits else None,
        searched=len(index),
        cut=cut or len(passing) + len(identified) > top,
    )


def _shared(index: Index, keys: set[str]) -> dict[str, str]:
    """The parties that hold one of the identifiers asked, by id, each with the identifier."""
    shared: dict[str, str] = {}
    for key in sorted(keys):
        for at in index.about.identifiers.get(key, ()):
            shared.setdefault(index.parties[at], key)
    return dict(sorted(shared.items()))


def _weighed(index: Index, party: str, keys: set[str], found: Scored) -> Scored:
    """The score, lowered where the party has another number in the same register."""
    clash = _clash(keys, index.registered.get(party, frozenset()))
    return _lowered(found, *clash) if clash else found


def _named(index: Index, query: Query, party: str, scored: dict[str, tuple[str, Scored]]) -> tuple[str, float]:
    """The name of an identified party that is nearest to the query, and how near."""
    if party in scored:
        return scored[party][0], scored[party][1].similarity
    return _best_name(index, query, party)


def _best_name(index: Index, query: Query, party: str) -> tuple[str, float]:
    """The name of a party that is nearest to a query, for a party found by its identifier alone."""
    asked = _query_side(query)
    rows = [index.row(at) for at in index.rows_of(party) if at not in index.hidden]
    scored = [(score(asked, _listed(row[1:])).similarity, row[1]) for row in rows]
    if not scored:
        return "", 0.0
    likeness, name = min(scored, key=lambda pair: (-pair[0], pair[1]))
    return name, likeness


def _keys(query: Query) -> Iterator[str]:
    for given in query.identifiers:
        scheme, colon, value = given.partition(":")
        yield from identifier_keys(scheme, value) if colon else identifier_keys("", given)


def _clash(asked: set[str], held: set[str] | frozenset[str]) -> tuple[str, str] | None:
    """Two different numbers of a register in which everybody has one."""
    for key in sorted(asked):
        scheme, colon, _ = key.partition(":")
        if colon and scheme in ONE_PER_PARTY and key not in held:
            for other in sorted(held):
                if other.startswith(f"{scheme}:"):
                    return key, other
    return None


def _lowered(found: Scored, asked: str, held: str) -> Scored:
    reason = Reason("other identifier", max(_OTHER_IDENTIFIER, -found.score), asked, held)
    return Scored(round(found.score + reason.weight, 4), found.similarity, found.kind, (*found.reasons, reason))


def _identified(query: Query, party: str, name: str, similarity: float, key: str) -> Hit:
    return Hit(
        query=query,
        party=party,
        name=name,
        score=1.0,
        similarity=similarity,
        kind="identifier",
        reasons=(Reason("identifier agrees", 1.0, key, key),),
    )


def _hit(query: Query, party: str, name: str, found: Scored) -> Hit:
    return Hit(
        query=query,
        party=party,
        name=name,
        score=found.score,
        similarity=found.similarity,
        kind=found.kind,
        reasons=found.shown(),
    )


@lru_cache(maxsize=1 << 12)
def _query_side(query: Query) -> Side:
    return side(query.name, query.schema, query.country)


@lru_cache(maxsize=1 << 16)
def _listed(row: tuple[str, str, str, str]) -> Side:
    text, kind, schema, country = row
    return side(text, schema, country, weak=kind == "weak")
