"""Labelled pairs of names from what the lists themselves publish, split by body.

Same: two names that a publisher gives one body, and names with slips, words lost or moved, another
organisation type. Not the same: the nearest other bodies of the same publisher, bodies of one brand,
and names put together from words of the lists that no list holds, against the listed names nearest to them.
A body that stands on two lists is never a pair of two bodies: negatives come from within one list, and
entries that share a number or a whole name are left out of them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from evals import matching_near as near
from evals import matching_slips as slips
from evals.matching_bodies import VARIABLE, Body, Split, bodies
from underlabel import names
from underlabel.model import Query

POSITIVE: Final = 0.38
"""The share of positives in every split; screening has far fewer, so a score is right at this share."""
_ALIASES: Final = 5
"""Pairs of published names taken from one body at most."""
_UNLIKE: Final = 50.0
_SLIPS: Final = {"one slip": 0.16, "two slips": 0.16, "words": 0.14, "type": 0.08}
"""Share of the bodies' names of which such a pair is made."""


class Pair(NamedTuple):
    """A name as asked, a name as listed, whether both mean one body, and how the pair was made."""

    left: Query
    right: Query
    same: bool
    source: str


@lru_cache(maxsize=3)
def pairs(folder: Path, split: Split) -> list[Pair]:
    """Every labelled pair of one side of the split, the same in every run.

    `right` is always the listed side: it has its schema, and its country where the list gives one.
    `source` is "alias", "alias, unlike" (names that share nothing, as nicknames do), "other list",
    "one slip", "two slips", "words", "type", "near other", "brand other" or "unlisted".
    """
    side = [body for body in bodies(folder) if body.split == split]
    good = [one for one in (*_aliases(side), *_other_lists(side), *_slips(side)) if one.name != one.listed]
    bad = [*near.others(side), *near.unlisted(side, split)]
    wanted = round(len(good) * (1 - POSITIVE) / POSITIVE)
    if len(bad) > wanted:
        bad = slips.chance("negatives", split).sample(bad, wanted)
    else:
        good = slips.chance("positives", split).sample(good, round(len(bad) * POSITIVE / (1 - POSITIVE)))
    made = [Pair(*asked(one), same, one.source) for same, drafts in ((True, good), (False, bad)) for one in drafts]
    slips.chance("order", split).shuffle(made)
    return made


def asked(one: near.Draft) -> tuple[Query, Query]:
    """The two queries of a draft; the question names its schema in half of all cases, its country in three of ten."""
    by = slips.chance("asked", one.source, one.name, one.listed, one.body.id)
    schema = one.body.schema if by.random() < 0.5 else ""
    country = one.country if by.random() < 0.3 else ""
    name = slips.natural_order(one.name) if one.body.group == "person" and by.random() < 0.5 else one.name
    if by.random() < 0.3:
        name = name.title() if name.isupper() else name.upper()
    held = one.body.countries[0] if len(one.body.countries) == 1 else ""
    return Query(name, schema, country), Query(one.listed, one.body.schema, held)


def _aliases(side: Sequence[Body]) -> Iterator[near.Draft]:
    for body in side:
        couples = [(one, other) for one in body.names for other in body.names if one != other]
        if len(couples) > _ALIASES:
            couples = slips.chance("aliases", body.id).sample(couples, _ALIASES)
        for one, other in couples:
            yield _draft(body, one, body, other, "alias")


def _other_lists(side: Sequence[Body]) -> Iterator[near.Draft]:
    """Names of one body on two lists, which say so by a number of the United Nations."""
    by_number: dict[str, list[Body]] = {}
    for body in side:
        for number in body.numbers:
            by_number.setdefault(number, []).append(body)
    for number, held in sorted(by_number.items()):
        by = slips.chance("other lists", number)
        couples = [(one, other) for one in held for other in held if one.dataset != other.dataset]
        for one, other in by.sample(couples, min(2, len(couples))):
            yield _draft(one, by.choice(one.names), other, by.choice(other.names), "other list")


def _draft(body: Body, name: str, listed: Body, text: str, source: str) -> near.Draft:
    forms = names.form(name, body.schema).plain, names.form(text, listed.schema).plain
    unlike = max(fuzz.token_sort_ratio(*forms), fuzz.token_set_ratio(*forms)) < _UNLIKE
    country = body.countries[0] if len(body.countries) == 1 else ""
    return near.Draft(f"{source}, unlike" if unlike else source, name, country, listed, text)


def _slips(side: Sequence[Body]) -> Iterator[near.Draft]:
    for body in side:
        for name in body.names if body.group != "aircraft" else ():
            by = slips.chance("slips", body.id, name)
            for source, share in _SLIPS.items():
                if by.random() < share:
                    text = _made(source, name, body, by)
                    if text and text != name:
                        country = body.countries[0] if len(body.countries) == 1 else ""
                        yield near.Draft(source, text, country, body, name)


def _made(source: str, name: str, body: Body, by: Random) -> str:
    if source in ("one slip", "two slips"):
        return slips.slipped(name, 1 if source == "one slip" else 2, by) if slips.can_slip(name) else ""
    if source == "words":
        return slips.words_swapped(name, by) if by.random() < 0.5 else slips.word_dropped(name, by)
    if body.group != "organisation" or not names.form(name).org_types:
        return ""
    return slips.type_removed(name)


def main() -> int:
    """Print how many pairs of each kind every side has."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return 1
    for split in ("fit", "calibrate", "held-out"):
        made = pairs(Path(folder), split)
        print(f"{split}: {len(made):,} pairs, {sum(one.same for one in made) / len(made):.1%} of them one body")
        for source, count in Counter((one.same, one.source) for one in made).most_common():
            print(f"  {'same' if source[0] else 'not the same':<14}{source[1]:<20}{count:>8,}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
