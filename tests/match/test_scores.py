"""Scores of many pairs as arrays: the same as one comparison at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import match
from underlabel.model import Query, UsageError

WORDS = [
    "hikvision",
    "hikvison",
    "hik",
    "vision",
    "dahua",
    "technology",
    "ab",
    "3",
    "ltd",
    "of",
    "lorex",
    "???",
    "杭州",
]
NAMES = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
PAIRS = st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["", "Company", "Person"])), min_size=1, max_size=8)


@given(PAIRS)
@settings(max_examples=60, deadline=None)
def test_scores_are_those_of_compare(given: list[tuple[str, str, str]]) -> None:
    left, right = [Query(a, schema) for a, _, schema in given], [Query(b, schema) for _, b, schema in given]
    found = match.scores(match.prepared(left), match.prepared(right))
    alone = [match.compare(a, b) for a, b in zip(left, right, strict=True)]
    assert found.score.tolist() == [hit.score for hit in alone]
    named = [a.name != b.name for a, b in zip(left, right, strict=True)]
    assert found.similarity[named].tolist() == [hit.similarity for hit, kept in zip(alone, named, strict=True) if kept]


@given(PAIRS)
@settings(max_examples=60, deadline=None)
def test_the_other_way_round_the_similarity_is_the_same(given: list[tuple[str, str, str]]) -> None:
    left, right = (match.prepared([Query(pair[side], pair[2]) for pair in given]) for side in (0, 1))
    assert np.array_equal(match.scores(left, right).similarity, match.scores(right, left).similarity)


def test_the_threshold_says_what_a_match_is() -> None:
    sheet = match.prepared([Query("Hangzhou Hikvision"), Query("Lorex")])
    other = match.prepared([Query("Hangzhou Hikvision Digital"), Query("Dahua")])
    score = match.scores(sheet, other).score
    assert match.scores(sheet, other, threshold=score[0]).match.tolist() == [True, False]


def test_texts_that_are_no_names_score_nothing() -> None:
    nothing = match.prepared([Query(text) for text in ("Ltd", "...", "", "???")])
    found = match.scores(nothing, match.prepared([Query(text) for text in ("LLC", "!", "", "Lorex")]))
    assert not found.score.any()


def test_sheets_of_different_length_are_refused() -> None:
    with pytest.raises(UsageError, match="2 names beside 1"):
        match.scores(match.prepared([Query("a"), Query("b")]), match.prepared([Query("a")]))


def test_no_pairs_have_no_scores() -> None:
    none = match.prepared([])
    assert len(match.scores(none, none).score) == 0
