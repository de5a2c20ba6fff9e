"""End to end: what is found of names with slips at a threshold that lets no more than 0.5 % of invented names hit.

The threshold is chosen on one set of invented names and the false hits are counted on another, made otherwise;
so for ours, for rapidfuzz's token sort over every name, and for logic-v2 over our 25 candidates (its own search
would find fewer, so only the scoring is compared). Nothing but the name is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from evals import matching_invented as invented
from evals import matching_peers as peers
from evals.matching_figures import Share, share, threshold
from evals.matching_listed import GROUPS, Asked, Listed, with_slips
from underlabel import match, names
from underlabel.model import Query

RATE: Final = 0.005
LOGIC_DEFAULT: Final = 0.7
"""The threshold that logic-v2's makers use."""
_SAMPLE: Final = 1_500
_EVERY: Final = 8
"""The one name of so many that logic-v2 is asked about: it is slow."""
_LEAST: Final = 0.05
_SHOWN: Final = 8
_TOP: Final = 25
_LETTERS: Final = ((0, 7, "to 7 letters"), (8, 11, "8 to 11"), (12, 999, "12 and more"))
Answers = list[dict[str, float]]
"""For each query the parties found with their scores, best first."""


class Screened(NamedTuple):
    """What one way of matching gives at one threshold; recall by (slips, group), `main` of the first names alone."""

    tool: str
    least: float
    false: Share
    false_by: dict[str, Share]
    recall: dict[tuple[int, str], Share]
    main: dict[tuple[int, str], Share]


class _Tool(NamedTuple):
    """A way of matching, and one name of how many it is asked about."""

    name: str
    find: Callable[[Sequence[str]], Answers]
    every: int = 1


class _Scored(NamedTuple):
    """The best scores of the invented names, and the scores of the bodies asked for."""

    tool: str
    chosen_on: list[float]
    checked_on: list[tuple[invented.Invented, float]]
    asked: dict[tuple[int, str], list[tuple[Asked, float]]]


def screening(listed: Listed) -> list[Screened]:
    """Print and give recall and false hits; empty where the invented names can't be made."""
    if invented.missing():
        return []
    stems = invented.stems(row[1] for row in listed.rows)
    sets = [invented.invented(which, stems) for which in ("a", "b")]
    chosen_on, checked_on = (f"{len(of):,}" for of in sets)
    print(f"invented names on no list: threshold chosen on {chosen_on} (Faker), checked on {checked_on} (mimesis)")
    ours = _scored(listed, _Tool("ours", lambda asked: _ours(listed, asked)), sets)
    brute = peers.Brute([row[0] for row in listed.rows], [row[1] for row in listed.rows])
    sorts = _scored(listed, _Tool("token_sort", lambda asked: brute.top(asked, _TOP)), sets)
    made = [_at(ours, None), _at(ours, match.DEFAULT_THRESHOLD), _at(sorts, None)]
    if not peers.missing():
        logic = _scored(listed, _Tool("logic-v2", lambda asked: _logic(listed, asked), _EVERY), sets)
        made += [_at(logic, None), _at(logic, LOGIC_DEFAULT)]
    for one in made:
        _print(one)
    _by_length(ours, made[0].least)
    _false_hits(listed, sets[1], made[0].least)
    return made


def _scored(listed: Listed, tool: _Tool, sets: Sequence[Sequence[invented.Invented]]) -> _Scored:
    some = [of[:: tool.every] for of in sets]
    best = [[max(found.values(), default=0.0) for found in tool.find([one.name for one in of])] for of in some]
    asked = {}
    for edits in (1, 2):
        for group in GROUPS:
            of = with_slips(listed.held_out(group, _SAMPLE)[:: tool.every], edits)
            found = tool.find([one.name for one in of])
            asked[edits, group] = [
                (one, max((score for party, score in hits.items() if listed.right(one, [party])), default=0.0))
                for one, hits in zip(of, found, strict=True)
            ]
    return _Scored(tool.name, best[0], list(zip(some[1], best[1], strict=True)), asked)


def _at(scored: _Scored, least: float | None) -> Screened:
    """One tool at a threshold, or where none is given at its own for the rate allowed."""
    if least is None:
        least = threshold(scored.chosen_on, RATE)
    false = {
        schema: share([score >= least for one, score in scored.checked_on if one.schema == schema])
        for schema in ("Person", "Company")
    }
    return Screened(
        scored.tool,
        least,
        share([score >= least for _, score in scored.checked_on]),
        false,
        {key: share([score >= least for _, score in of]) for key, of in scored.asked.items()},
        {
            key: share([score >= least for one, score in of if one.listed == one.body.names[0]])
            for key, of in scored.asked.items()
        },
    )


def _ours(listed: Listed, asked: Sequence[str]) -> Answers:
    # No threshold is ever as low as this, and hits below it need not be made.
    found = listed.find([Query(name) for name in asked], _TOP, _LEAST)
    return [{hit.party: hit.score for hit in answer.hits} for answer in found]


def _logic(listed: Listed, asked: Sequence[str]) -> Answers:
    schemas = {body.id: body.schema for body in listed.bodies}
    found = listed.find([Query(name) for name in asked], _TOP)
    pairs = [(answer.query, Query(hit.name, schemas[hit.party])) for answer in found for hit in answer.hits]
    scores = iter(peers.logic_v2(pairs).tolist())
    return [{hit.party: next(scores) for hit in answer.hits} for answer in found]


def _print(one: Screened) -> None:
    print(f"  {one.tool} at {one.least:.4f}")
    print(f"    false hits       all           {one.false}")
    for schema, false in one.false_by.items():
        print(f"    false hits       {schema.lower():<13} {false}")
    for (edits, group), found in one.recall.items():
        main = one.main[edits, group]
        print(f"    {_slips(edits)}    {group:<13} {found}; first names alone {main.value:.4f}")


def _by_length(scored: _Scored, least: float) -> None:
    print("  ours by the letters of the name without organisation types")
    for (edits, group), of in scored.asked.items():
        cells = []
        for low, high, title in _LETTERS:
            among = share([score >= least for one, score in of if low <= _letters(one) <= high])
            cells.append(f"{title}: {among.value:.4f} of {among.all:,}")
        print(f"    {_slips(edits)}    {group:<13} {'; '.join(cells)}")


def _slips(edits: int) -> str:
    return "recall, 1 slip " if edits == 1 else f"recall, {edits} slips"


def _letters(one: Asked) -> int:
    return sum(len(word) for word in names.form(one.listed, one.body.schema).stem)


def _false_hits(listed: Listed, others: Sequence[invented.Invented], least: float) -> None:
    """Print some of the false hits: the names asked are invented, those hit stand on a public list."""
    found = listed.find([Query(one.name) for one in others], 1, least)
    hits = [(one, answer.hits[0]) for one, answer in zip(others, found, strict=True) if answer.hits]
    for one, hit in hits[:_SHOWN]:
        print(f"    false: {one.name} (invented {one.schema.lower()}) -> {hit.name} {hit.score:.3f}")
