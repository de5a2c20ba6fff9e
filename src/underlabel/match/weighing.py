"""Features to a probability: log-odds that add up, then a monotone curve fitted on pairs that the weights never saw."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np

from underlabel.match.beside import person, typed_alike
from underlabel.match.features import FEATURES, agreed, similarity, values
from underlabel.match.laying import Floats, Laid
from underlabel.match.postings import I64

LIKELY: Final = 0.5
"""Two names compared are a match from here on: more likely one body than not."""
_FILE: Final = "weights.json"
_BESIDE: Final = np.array([feature.beside for feature in FEATURES])
_ALL: Final = slice(None)
_COMMON: Final = 0.7
_RARER: Final = 3.0
_ONE_WORD: Final = -0.1
_ONE_RARER: Final = 2.6
_MOST: Final = 4.6
"""One word tells less than two, unless its organisation type is the same as well. No bare name passes 0.99; one that
nothing rare is in ("Li Wei", which thousands bear) passes less: about 0.87."""


class Weights(msgspec.Struct, frozen=True):
    """The weights for one kind of name, in log-odds.

    `base` is where a pair starts, `weights` go with `FEATURES` by name. `curve` holds points (sum
    of weights, calibrated log-odds), both rising; between them it is straight, outside it is flat.
    """

    base: float
    weights: dict[str, float]
    curve: tuple[tuple[float, float], ...]


class Model(msgspec.Struct, frozen=True):
    """What `tools/fit_matching.py` fitted: weights for persons and for all others, and the threshold of a hit."""

    version: str
    person: Weights
    other: Weights
    threshold: float
    fitted_on: dict[str, str]


class Weighed(msgspec.Struct, frozen=True):
    """For each pair the features (pairs by features), and step by step what they come to.

    `raw` is the sum of what the words say, `curved` what such sums have meant, `limited` the most that a name as
    common as this one can mean, and `odds` that with what stands beside the words: all in log-odds.
    """

    values: Floats
    raw: Floats
    curved: Floats
    limited: Floats
    odds: Floats
    score: Floats
    similarity: Floats


def weigh(laid: Laid) -> Weighed:
    """Score pairs laid side by side. Where no word pairs up the score is 0."""
    found = values(laid)
    persons = person(laid)
    raw, curved, beside = (np.empty(len(laid)) for _ in range(3))
    for chosen, which in ((~persons, "other"), (persons, "person")):
        base, weights, (at, to) = _arrays(which)
        parts = found[chosen] * weights
        raw[chosen] = base + np.where(_BESIDE, 0.0, parts).sum(axis=1)
        beside[chosen] = np.where(_BESIDE, parts, 0.0).sum(axis=1)
        curved[chosen] = np.interp(raw[chosen], at, to)
    limited = np.minimum(curved, limit(laid))
    odds = limited + beside
    score: Floats = np.where(agreed(laid) > 0, 1 / (1 + np.exp(-odds)), 0.0)
    return Weighed(found, raw, curved, limited, odds, np.round(score, 4), similarity(laid))


def limit(laid: Laid) -> Floats:
    """The most, in log-odds, that a name alone can mean: the less that is rare in it, the more people bear it."""
    some = agreed(laid)
    alone = (np.bincount(laid.ties.pair, minlength=len(laid)) == 1) & (typed_alike(laid) == 0)
    found: Floats = np.minimum(np.where(alone, _ONE_WORD + _ONE_RARER * some, _COMMON + _RARER * some), _MOST)
    return found


@cache
def model() -> Model:
    """The fitted model that is shipped."""
    path = files("underlabel.match").joinpath(_FILE)
    return msgspec.json.decode(path.read_bytes(), type=Model)


@cache
def _arrays(which: str) -> tuple[float, Floats, tuple[Floats, Floats]]:
    chosen: Weights = getattr(model(), which)
    weights = np.array([chosen.weights.get(feature.name, 0.0) for feature in FEATURES])
    at, to = zip(*chosen.curve, strict=True)
    return chosen.base, weights, (np.array(at), np.array(to))


def contributions(laid: Laid, weighed: Weighed, rows: I64 | slice = _ALL) -> Floats:
    """What each feature adds to the log-odds of each of these pairs, of all unless given: pairs by features."""
    weights = np.where(person(laid)[rows, None], _arrays("person")[1], _arrays("other")[1])
    found: Floats = weighed.values[rows] * weights
    return found


def base(laid: Laid, rows: I64 | slice = _ALL) -> Floats:
    """The log-odds at which each of these pairs starts."""
    return np.where(person(laid)[rows], _arrays("person")[0], _arrays("other")[0])


DEFAULT_THRESHOLD: Final = model().threshold
"""Scores from here on are hits: `evals/matching.py` prints what that lets through and what it misses."""
