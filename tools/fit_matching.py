"""Fit the weights of the name scorer: `python -m tools.fit_matching`, with UNDERLABEL_TEST_DATA set.

The weights are fitted on the "fit" split of `evals.matching_pairs`, and on what an index of its bodies finds near
invented names (set "a" of `evals.matching_invented`); the curve on the "calibrate" split; the threshold on set "a"
again. The "held-out" split and set "b" are never looked at here. Writes `src/underlabel/match/weights.json`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import isotonic_regression, minimize

from evals import matching_bodies, matching_invented, matching_pairs
from evals.matching_listed import Listed
from underlabel import names
from underlabel.match.beside import person
from underlabel.match.candidates import candidates
from underlabel.match.features import FEATURES, RARE, agreed, rest_of, values
from underlabel.match.index import Index
from underlabel.match.laying import lay
from underlabel.match.sheet import Named, sheet
from underlabel.match.weighing import Model, Weights

OUT: Final = Path(__file__).parents[1] / "src/underlabel/match/weights.json"
RIDGE: Final = 1.0
"""How strongly weights are drawn to nothing: the weight of so many pairs, for weights of features of spread 1."""
SHARE: Final = {"alias, unlike": 0.0, "other list, unlike": 0.0, "alias": 0.3, "unlisted": 0.0}
"""What a pair of each source counts for in fitting; others count 1. Names that share nothing teach nothing."""
NEAR: Final = 15.0
"""What a name of the index near an invented one counts for: a screened name is nearly always on no list."""
TELLS: Final = 0.4
"""Rarity that must pair up for such a pair to be looked at."""
RATE: Final = 0.005
"""The share of invented names that may have a hit."""
DEPTH: Final = 35
EACH: Final = 8_000
"""Invented persons, and as many companies, that are looked at; the evaluation makes its own, of the same stock."""
KNOTS: Final = 72
STEP: Final = 0.02
"""Log-odds closer than this are one point of the curve."""
MOST: Final = 4.6
"""The log-odds that no bare name passes: 0.99."""
BOUNDS: Final = {
    "country agrees": (0.6, 1.5),
    "country clashes": (0.8, 2.5),
    "other kind of party": (5.0, 8.0),
    "different legal person": (4.5, 6.0),
    "different number": (2.0, 6.0),
    "different place": (1.5, 5.0),
    "weak alias": (1.0, 1.0),
    "weak alias hit in part": (0.5, 2.0),
    "place not in the listed name": (1.0, 3.0),
}
"""Least and most of weights, in log-odds, where the pairs tell too little of them."""

BESIDE: Final = np.array([feature.beside for feature in FEATURES])

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Sample(msgspec.Struct, frozen=True):
    """Features of pairs, which have a person in them, which are the same, and what each counts for."""

    found: Floats
    persons: Bools
    same: Bools
    counts: Floats

    def of(self, *, persons: bool) -> Sample:
        """The pairs with a person in them, or the others."""
        rows = self.persons == persons
        return Sample(self.found[rows], self.persons[rows], self.same[rows], self.counts[rows])


def sample(pairs: Sequence[matching_pairs.Pair]) -> Sample:
    """The features of labelled pairs."""
    here = sheet([Named(one.left.name, one.left.schema, one.left.country) for one in pairs])
    there = sheet([Named(one.right.name, one.right.schema, one.right.country) for one in pairs])
    rows = np.arange(len(pairs), dtype=np.int32)
    laid = lay(here, there, rows, rows)
    counts = np.array([SHARE.get(one.source, 1.0) for one in pairs])
    same = np.array([one.same for one in pairs])
    # Whose telling word is gone cannot be known: "Lines Inc" is many firms, of which one is "Kupa Lines Inc".
    lost = np.maximum(rest_of("left", RARE, 2.0)(laid), rest_of("right", RARE, 2.0)(laid)) > agreed(laid)
    counts[same & lost] = 0.0
    kept = agreed(laid) > 0  # the others score nothing, whatever the weights
    return Sample(values(laid)[kept], person(laid)[kept], same[kept], counts[kept])


def near(index: Index, asked: Sequence[str]) -> tuple[Sample, npt.NDArray[np.int64]]:
    """The features of the listed names near each name asked, none of them the same; and which name each was near."""
    given = sheet([Named(one) for one in asked])
    found = candidates(index, given, DEPTH)
    li = np.repeat(np.arange(len(asked), dtype=np.int32), np.diff(found.starts))
    laid = lay(given, index.sheet, li, found.rows)
    kept = agreed(laid) >= TELLS
    count = int(kept.sum())
    made = Sample(values(laid)[kept], person(laid)[kept], np.zeros(count, dtype=np.bool_), np.full(count, NEAR))
    return made, li[kept].astype(np.int64)


def fit(of: Sample, offset: Floats | None = None) -> tuple[float, Floats]:
    """Base and weights of a logistic regression whose weights keep their features' signs.

    With an `offset`, log-odds already known of each pair, only what stands beside the words is fitted, without a base.
    """
    known = np.zeros(len(of.same)) if offset is None else offset
    spread = np.maximum(of.found.std(axis=0), 1e-6)
    scaled = of.found / spread
    target, total = of.same.astype(np.float64), of.counts.sum()

    def loss(at: Floats) -> tuple[float, Floats]:
        odds = known + at[0] + scaled @ at[1:]
        apart = of.counts * (1 / (1 + np.exp(-odds)) - target)
        value = (of.counts * (np.logaddexp(0, odds) - odds * target)).sum() + RIDGE / 2 * (at[1:] ** 2).sum()
        return float(value / total), np.concatenate([[apart.sum()], scaled.T @ apart + RIDGE * at[1:]]) / total

    bounds: list[tuple[float | None, float | None]] = [(None, None) if offset is None else (0.0, 0.0)]
    for feature, width in zip(FEATURES, spread, strict=True):
        low, high = BOUNDS.get(feature.name, (0.0, 40.0))
        bounds.append((low * width, high * width) if feature.sign > 0 else (-high * width, -low * width))
        if offset is not None and not feature.beside:
            bounds[-1] = (0.0, 0.0)
    start = np.array([0.0, *(min(max(0.0, low or 0.0), high or 0.0) for low, high in bounds[1:])])
    options = {"maxiter": 3_000, "maxfun": 6_000, "ftol": 1e-10, "gtol": 1e-7}
    done = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return float(done.x[0]), done.x[1:] / spread


def curve(raw: Floats, same: Bools) -> tuple[tuple[float, float], ...]:
    """Points of a rising line from sums of weights to log-odds: isotonic over bins of equal mass.

    Beyond the last bin the line goes on rising, slowly, so that more evidence still orders hits.
    """
    bins = np.array_split(np.argsort(raw, kind="stable"), KNOTS)
    share = np.array([(same[one].sum() + 0.5) / (len(one) + 1) for one in bins])
    rising = isotonic_regression(share, weights=np.array([len(one) for one in bins], dtype=np.float64)).x
    odds = np.clip(np.log(rising / (1 - rising)), -MOST, MOST - 0.6)
    # A stretch of equal shares is one point in its middle, else the line between would run above it.
    steps = np.split(np.arange(len(bins)), np.flatnonzero(np.diff(odds) > STEP) + 1)
    at = [float(np.concatenate([raw[bins[one]] for one in step]).mean()) for step in steps]
    points = [(round(x, 4), round(float(odds[step].mean()), 4)) for x, step in zip(at, steps, strict=True)]
    last, first = points[-1], points[0]
    points.append((round(max(last[0] + 3, float(raw.max()) + 2), 4), MOST))
    points.insert(0, (round(first[0] - 6, 4), round(first[1] - 3, 4)))
    return tuple(points)


class Fitted(msgspec.Struct, frozen=True):
    """Weights of one kind of name, and the log-odds they give the names near invented ones."""

    weights: Weights
    odds: Floats


def fitted(given: Sample, others: Sample, unseen: Sample) -> Fitted:
    """Fit one kind of name: what the words say, the curve on unseen pairs, then what stands beside the words."""
    both = Sample(*(np.concatenate([getattr(given, name), getattr(others, name)]) for name in Sample.__struct_fields__))
    base, weights = fit(both)
    words = np.where(BESIDE, 0.0, weights)
    alone = ~unseen.found[:, BESIDE].any(axis=1)
    raw = base + unseen.found[alone] @ words
    points = curve(raw, unseen.same[alone])
    sums, meant = zip(*points, strict=True)
    beside = fit(given, np.interp(base + given.found @ words, sums, meant))[1]
    by_name = {f.name: round(float(w), 4) for f, w in zip(FEATURES, words + beside, strict=True)}
    report(raw, unseen.same[alone])
    odds = np.interp(base + others.found @ words, sums, meant) + others.found @ beside
    return Fitted(Weights(round(base, 4), by_name, points), odds)


def threshold(odds: Floats, whose: npt.NDArray[np.int64], count: int) -> float:
    """The least score, to three places, that lets no more than `RATE` of so many invented names have a hit."""
    best = np.full(count, -np.inf)
    np.maximum.at(best, whose, odds)
    least = float(np.sort(best)[::-1][int(count * RATE)])
    return round(float(np.ceil(1_000 / (1 + np.exp(-least))) / 1_000), 3)


def main() -> int:
    """Fit and write; prints each weight, and how well the sum parts pairs that the weights did not see."""
    folder = Path(os.environ["UNDERLABEL_TEST_DATA"])
    listed = Listed(matching_bodies.bodies(folder))
    invented = matching_invented.invented("a", matching_invented.stems(row[1] for row in listed.rows), EACH)
    if not invented:
        sys.stderr.write("error: there are no invented names\nhint: install requirements-peers.lock\n")
        return 1
    others, whose = near(listed.index, [one.name for one in invented])
    given = sample(matching_pairs.pairs(folder, "fit"))
    unseen = sample(matching_pairs.pairs(folder, "calibrate"))
    found: dict[str, Weights] = {}
    odds = np.empty(len(others.found))
    for which, persons in (("other", False), ("person", True)):
        made = fitted(given.of(persons=persons), others.of(persons=persons), unseen.of(persons=persons))
        found[which] = made.weights
        odds[others.persons == persons] = made.odds
        for name, weight in made.weights.weights.items():
            print(f"  {weight:8.3f}  {name}")
    about = {
        "pairs": f"{len(given.same)} fitted, {len(unseen.same)} for the curve",
        "invented names": str(len(invented)),
        "rarity": names.rarity_version(),
    }
    least = threshold(odds, whose, len(invented))
    digest = hashlib.sha256(msgspec.json.encode([found, about, least])).hexdigest()[:16]
    model = Model(digest, found["person"], found["other"], least, about)
    OUT.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
    print(f"threshold {least}")
    return 0


def report(raw: Floats, same: Bools) -> None:
    """Print the best F1 on pairs the weights did not see."""
    hit = np.cumsum(same[np.argsort(-raw, kind="stable")])
    f1 = 2 * hit / (np.arange(1, len(raw) + 1) + same.sum())
    print(f"best F1 {f1.max():.4f} on {len(raw):,} unseen pairs")


if __name__ == "__main__":
    sys.exit(main())
