"""The fitted weights: they say what the features say, and no bare name is certain."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import match
from underlabel.match.features import FEATURES
from underlabel.match.laying import Laid, lay
from underlabel.match.sheet import Named, sheet
from underlabel.match.weighing import Weights, limit, model, weigh

SETS = {"other": model().other, "person": model().person}
VOCABULARY = "hikvision hik vision dahua technology beijing 3 ii iran iraq of lorex li wei gmbh ag polytex gornyak"
NAMES = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=8).map(" ".join)
SCHEMAS = st.sampled_from(["", "Company", "Person"])


def laid(left: Named, right: Named) -> Laid:
    row = np.zeros(1, dtype=np.int32)
    return lay(sheet([left]), sheet([right]), row, row)


@pytest.mark.parametrize("weights", SETS.values(), ids=SETS)
def test_every_feature_has_a_weight_and_every_weight_a_feature(weights: Weights) -> None:
    assert set(weights.weights) == {feature.name for feature in FEATURES}


@pytest.mark.parametrize("weights", SETS.values(), ids=SETS)
def test_no_weight_speaks_against_what_its_feature_says(weights: Weights) -> None:
    wrong = {
        feature.name: weights.weights[feature.name]
        for feature in FEATURES
        if weights.weights.get(feature.name, 0) * feature.sign < 0
    }
    assert wrong == {}


@pytest.mark.parametrize("weights", SETS.values(), ids=SETS)
def test_the_curve_rises(weights: Weights) -> None:
    assert len(weights.curve) >= 2
    for (at, to), (next_at, next_to) in itertools.pairwise(weights.curve):
        assert next_at > at
        assert next_to >= to


def test_the_threshold_is_a_probability() -> None:
    assert 0 < match.DEFAULT_THRESHOLD < 1
    assert model().threshold == match.DEFAULT_THRESHOLD


def test_it_says_what_it_was_fitted_on() -> None:
    assert model().version
    assert model().fitted_on


@pytest.mark.parametrize("country", ["", "cn"])
@pytest.mark.parametrize(
    "name",
    ["Hangzhou Hikvision Digital Technology Co., Ltd.", "Dolgorukovskoye Kvantek Gornyak Polytex", "Kvantek", "Li Wei"],
)
@pytest.mark.parametrize("schema", ["", "Company", "Person"])
def test_a_bare_name_is_never_certain(name: str, schema: str, country: str) -> None:
    one = Named(name, schema, country)
    assert weigh(laid(one, one)).score[0] < 1


def test_names_that_share_nothing_score_zero() -> None:
    assert weigh(laid(Named("Polytex"), Named("Kvantek"))).score.tolist() == [0]


@given(st.lists(st.tuples(NAMES, NAMES, SCHEMAS), min_size=1, max_size=8))
@settings(max_examples=50, deadline=None)
def test_the_curve_never_turns_an_order_round(pairs: list[tuple[str, str, str]]) -> None:
    left, right = (sheet([Named(pair[side], pair[2]) for pair in pairs]) for side in (0, 1))
    rows = np.arange(len(pairs), dtype=np.int32)
    weighed = weigh(lay(left, right, rows, rows))
    for person in (True, False):
        chosen = [at for at, pair in enumerate(pairs) if (pair[2] == "Person") == person]
        ordered = sorted(chosen, key=lambda at: weighed.raw[at])
        assert all(weighed.curved[one] <= weighed.curved[other] for one, other in itertools.pairwise(ordered))


def test_the_rarer_a_name_the_more_it_can_mean() -> None:
    limits = [float(limit(laid(Named(name), Named(name)))[0]) for name in ("Trading", "Li Wei", "Kvantek Gornyak")]
    assert limits == sorted(limits)
    assert limits[0] < limits[-1]
