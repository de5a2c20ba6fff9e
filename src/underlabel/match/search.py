"""Who may be meant: candidates of a whole batch at once, then every one scored, and every hit explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel import names
from underlabel.match import numbers
from underlabel.match.answering import answered
from underlabel.match.beside import country
from underlabel.match.candidates import candidates
from underlabel.match.explaining import explained
from underlabel.match.index import Index
from underlabel.match.laying import Laid, lay
from underlabel.match.lexicon import I32
from underlabel.match.postings import bounds, spread
from underlabel.match.sheet import Named, Sheet, sheet
from underlabel.match.weighing import DEFAULT_THRESHOLD, LIKELY, Weighed, weigh
from underlabel.model import Found, Hit, Query, UsageError

_BATCH: Final = 1_024
_PAIRS: Final = 32_768
_SPARE: Final = 10
"""So many more parties than are asked for are scored: likeness of letters ranks them, the score decides."""
_FLOOR: Final = 0.4
"""Candidates whose letters are less alike than this are not scored, but where hits of lower scores are asked for."""
_NEARLY: Final = 0.5


class _Best(msgspec.Struct, frozen=True):
    """The best pair of each party for each query, in order of query, the best party first."""

    query: I32
    pair: I32
    party: I32


class Scores(msgspec.Struct, frozen=True):
    """What `scores` says of each pair: score 0..1, similarity 0..1, and whether the score makes a match."""

    score: npt.NDArray[np.float64]
    similarity: npt.NDArray[np.float64]
    match: npt.NDArray[np.bool_]


def find(index: Index, queries: Sequence[Query], *, top: int = 25, threshold: float | None = None) -> list[Found]:
    """Answer a batch of queries, in order; a query alone gets the same answer as in any batch.

    At most `top` parties each, best first, ties by party id, with the best of each party's names.
    `threshold` is `DEFAULT_THRESHOLD` unless given. `cut` is true where hits, or candidates that
    came near enough to be one, were left out. A text that is no name finds nothing, unless an identifier does.
    A text that names somebody "X a.k.a. Y" is asked by each name.
    """
    least = DEFAULT_THRESHOLD if threshold is None else threshold
    by_name = {query: _by_each_name(query) for query in dict.fromkeys(queries)}
    distinct = list(dict.fromkeys(one for each in by_name.values() for one in each))
    answers: dict[Query, Found] = {}
    for start in range(0, len(distinct), _BATCH):
        batch = distinct[start : start + _BATCH]
        answers.update(zip(batch, _find(index, batch, top, least), strict=True))
    return [answered(query, [answers[one] for one in by_name[query]], top) for query in queries]


def _by_each_name(query: Query) -> list[Query]:
    """The query, and one for each other name that its text gives behind "a.k.a."."""
    others = names.form(query.name, query.schema).others
    return [query, *(msgspec.structs.replace(query, name=other) for other in others)] if others else [query]


def compare(a: Query, b: Query) -> Hit:
    """Compare two names with the scorer of `find`: `a` as the query, `b` as the listed name.

    `similarity` is symmetric. The hit's party is empty: no list is asked.
    """
    return compare_all([(a, b)])[0]


def compare_all(pairs: Sequence[tuple[Query, Query]]) -> list[Hit]:
    """Compare many pairs, in order; each is compared as `compare` does it."""
    found: list[Hit] = []
    for start in range(0, len(pairs), _BATCH):
        found += _compared(pairs[start : start + _BATCH])
    return found


def prepared(queries: Sequence[Query]) -> Sheet:
    """The forms of names, made once, for `scores`; a text that is no name is an empty row."""
    return sheet([_named(query) for query in queries])


def scores(left: Sheet, right: Sheet, threshold: float | None = None) -> Scores:
    """Score row `i` of one sheet with row `i` of the other, as `compare` scores names, without reasons or identifiers.

    `threshold` is the score of a match (`LIKELY` unless given). Errors: `UsageError` for sheets of different length.
    """
    if len(left) != len(right):
        raise UsageError(f"{len(left)} names beside {len(right)}", hint="give as many on either side")
    least = LIKELY if threshold is None else threshold
    score, similarity = np.zeros(len(left)), np.zeros(len(left))
    for start in range(0, len(left), _PAIRS):
        rows = np.arange(start, min(start + _PAIRS, len(left)), dtype=np.int32)
        weighed = weigh(lay(left, right, rows, rows))
        score[rows], similarity[rows] = weighed.score, weighed.similarity
    return Scores(score, similarity, score >= least)


def _compared(pairs: Sequence[tuple[Query, Query]]) -> Iterator[Hit]:
    left, right = (prepared(side) for side in zip(*pairs, strict=True))
    rows = np.arange(len(pairs), dtype=np.int32)
    laid = lay(left, right, rows, rows)
    weighed = weigh(laid)
    hits = _Hits(laid, weighed, rows)
    for at, (a, b) in enumerate(pairs):
        hit = hits.hit(at, a, ("", b.name))
        numbered = a.identifiers and b.identifiers
        yield numbers.weighed(hit, numbers.keys(a), numbers.keys(b)) if numbered else hit


def _find(index: Index, queries: Sequence[Query], top: int, least: float) -> Iterator[Found]:
    asked = prepared(queries)
    near = candidates(index, asked, top + _SPARE, _FLOOR if least >= DEFAULT_THRESHOLD else 0.0)
    laid = lay(asked, index.sheet, np.repeat(np.arange(len(queries), dtype=np.int32), np.diff(near.starts)), near.rows)
    weighed = weigh(laid)
    best = _best(index, laid, weighed)
    starts = bounds(best.query, len(queries))
    passing = np.bincount(best.query, weighed.score[best.pair] >= least, minlength=len(queries)).astype(np.int64)
    shown = np.clip(passing, np.minimum(np.diff(starts), 1), top)
    places = spread(starts[:-1], shown)
    hits = _Hits(laid, weighed, best.pair[places])
    parties, texts = index.parties.many(best.party[places]), index.texts.many(laid.ri[best.pair[places]])
    first = 0
    for query, many, fit, cut in zip(queries, shown.tolist(), passing.tolist(), near.cut.tolist(), strict=True):
        ordered = [hits.hit(at, query, (parties[at], texts[at])) for at in range(first, first + many)]
        first += many
        found = Found(
            query=query,
            hits=tuple(ordered[:fit]),
            nearest=ordered[0] if ordered and not fit and ordered[0].score > 0 else None,
            searched=len(index),
            cut=cut or fit > top,
        )
        yield numbers.identified(index, found, top, least) if query.identifiers else found


class _Hits:
    """What is said of some of the pairs laid side by side, read out for all of them at once."""

    def __init__(self, laid: Laid, weighed: Weighed, pairs: I32) -> None:
        agrees = (country(agrees=True)(laid)[pairs] > 0) & (weighed.similarity[pairs] >= _NEARLY)
        self.agrees = agrees.tolist()
        self.score, self.similarity = weighed.score[pairs].tolist(), weighed.similarity[pairs].tolist()
        self.reasons = explained(laid, weighed, pairs)

    def hit(self, at: int, query: Query, who: tuple[str, str]) -> Hit:
        """The hit that the `at`-th of the pairs is: `who` is the party and its name."""
        party, name = who
        return Hit(
            query=query,
            party=party,
            name=name,
            score=self.score[at],
            similarity=1.0 if query.name == name else self.similarity[at],
            kind="corroborated" if self.agrees[at] else "name only",
            reasons=self.reasons[at],
        )


def _best(index: Index, laid: Laid, weighed: Weighed) -> _Best:
    """For each query its parties, the best first, each with the pair of its best name; ties by party, by name."""
    party = index.party_of[laid.ri]
    # Score and similarity, which are rounded, share one number. Rows of a party stand together, in order.
    worth = np.rint(weighed.score * 1e4).astype(np.int64) << 20 | np.rint(weighed.similarity * 1e6).astype(np.int64)
    changes = np.ones(len(party), dtype=np.bool_)
    changes[1:] = (laid.li[1:] != laid.li[:-1]) | (party[1:] != party[:-1])
    first = np.flatnonzero(changes)
    if not len(first):
        return _Best(laid.li, laid.li, party)
    most = np.maximum.reduceat(worth, first)
    equal = np.flatnonzero(worth == np.repeat(most, np.diff(np.append(first, len(worth)))))
    pair = equal[np.searchsorted(equal, first)]
    order = np.argsort((laid.li[pair].astype(np.int64) << 40) - most, kind="stable")
    kept = pair[order]
    return _Best(laid.li[kept], kept.astype(np.int32), party[kept])


def _named(query: Query) -> Named:
    return Named(query.name if names.is_name(query.name, query.schema) else "", query.schema, query.country)
