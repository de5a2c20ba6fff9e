from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals import matching_figures as figures

SAME = np.array([True, True, False, False])


def test_the_interval_of_a_share_is_wilsons() -> None:
    low, high = figures.wilson(3_000, 3_000)
    assert low == pytest.approx(0.99872, abs=1e-5)
    assert high == 1.0
    assert figures.wilson(0, 0) == (0.0, 1.0)


@given(scores=st.lists(st.floats(0, 1), min_size=1, max_size=300), rate=st.floats(0, 0.5))
@settings(max_examples=100, deadline=None)
def test_no_more_than_the_rate_allowed_reaches_the_threshold(scores: list[float], rate: float) -> None:
    least = figures.threshold(scores, rate)
    assert sum(score >= least for score in scores) <= rate * len(scores)


def test_the_area_counts_a_tie_as_half() -> None:
    assert figures.area([0.9, 0.8, 0.2, 0.1], SAME) == 1.0
    assert figures.area([0.1, 0.2, 0.8, 0.9], SAME) == 0.0
    assert figures.area([0.5, 0.5, 0.5, 0.5], SAME) == 0.5


def test_the_best_f1_takes_ties_together() -> None:
    assert figures.best_f1([0.9, 0.8, 0.2, 0.1], SAME) == (1.0, 0.8)
    best, least = figures.best_f1([0.9, 0.5, 0.5, 0.1], SAME)
    assert best == pytest.approx(0.8)
    assert least == 0.5
    assert figures.f1([0.9, 0.5, 0.5, 0.1], SAME, 0.6) == pytest.approx(2 / 3)


def test_scores_that_say_what_is_so_have_no_calibration_error() -> None:
    scores = np.repeat([0.25, 0.75], 400)
    same = np.tile([True, False, False, False], 100).tolist() + np.tile([True, True, True, False], 100).tolist()
    error, table = figures.calibration(scores, np.array(same), bins=2)
    assert error == pytest.approx(0.0)
    assert [one.pairs for one in table] == [400, 400]


def test_scores_that_say_too_much_have_an_error_of_as_much() -> None:
    error, _ = figures.calibration(np.full(1_000, 0.9), np.arange(1_000) % 10 < 7, bins=1)
    assert error == pytest.approx(0.2)
