"""How fast names are matched: `match.find` beside rapidfuzz over the same names, in the same run.

Three stocks of names: the Entity List, where the real data is found (UNDERLABEL_TEST_DATA); made
names whose rare words have nothing to do with each other; and made names whose rare words share
their parts, so that every query has many near names: the worst case for ours.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from underlabel import match
from underlabel.model import Query

SEED = 20191009
QUERIES = 400
MADE = 9_000
_TRADES = ("Technology", "Electronics", "Trading", "Shipping", "Optics", "Energy", "Logistics", "Systems", "Aviation")
_TYPES = ("Ltd", "LLC", "GmbH", "JSC", "Inc")
_HEADS = ("bal", "cor", "den", "fal", "gor", "hil", "jun", "kel", "lor", "mar", "nor", "pol", "ras", "sil", "tor")
_TAILS = ("adan", "eck", "idor", "ian", "ovo", "unis", "arek", "esta", "ikon", "otec")


def stocks() -> Iterator[tuple[str, list[str]]]:
    """What each stock of names is, and its names."""
    folder = os.environ.get("UNDERLABEL_TEST_DATA")
    if folder:
        with gzip.open(Path(folder) / "lists/us_2026-07-09/bis_entity_list.json.gz", "rt", encoding="utf-8") as file:
            entities = json.load(file)["entities"]
        yield "Entity List", [name for entity in entities for name in (entity["name"], *entity["aliases"])]
    chance = random.Random(SEED)  # noqa: S311 - the same names in every run
    apart = [
        "".join(chance.choice("bdfghjklmnprstvwz") + chance.choice("aeiou") for _ in range(5)) for _ in range(MADE)
    ]
    yield "made, rare words apart", _companies(apart, chance)
    close = list(map("".join, itertools.product(_HEADS, _HEADS, _TAILS)))
    yield "made, rare words alike", _companies(chance.choices(close, k=MADE), chance)


def _companies(words: Sequence[str], chance: random.Random) -> list[str]:
    return [f"{word} {chance.choice(_TRADES)} {chance.choice(_TYPES)}" for word in words]


def compare(source: str, listed: list[str]) -> None:
    """Print queries a second of both over one stock, and the ratio."""
    chance = random.Random(SEED)  # noqa: S311 - the same sample in every run
    asked = [name.replace("a", "e", 1) for name in chance.choices(listed, k=QUERIES)]
    start = time.perf_counter()
    index = match.build([(f"p{at}", name, "name", "", "") for at, name in enumerate(listed)])
    built = time.perf_counter() - start
    match.find(index, [Query("warm up")])
    start = time.perf_counter()
    match.find(index, [Query(name) for name in asked])
    ours = QUERIES / (time.perf_counter() - start)
    prepared = [utils.default_process(name) for name in listed]
    start = time.perf_counter()
    for name in asked:
        process.extract(utils.default_process(name), prepared, scorer=fuzz.token_sort_ratio, limit=25)
    theirs = QUERIES / (time.perf_counter() - start)
    print(
        f"  {source:<24}{len(index):>6,} names: build {len(index) / built:>7,.0f} names/s; "
        f"find {ours:>6,.0f} queries/s, rapidfuzz {theirs:>5,.0f}: {ours / theirs:.1f} x"
    )


def main() -> int:
    """Print a line per stock; always 0."""
    print(f"matching, one core, {QUERIES} queries, top 25: match.find with reasons, rapidfuzz token_sort_ratio without")
    for source, listed in stocks():
        compare(source, listed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
