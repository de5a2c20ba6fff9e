"""Figures of merit: shares with their intervals, areas, best F1, calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

_SURE: Final = 1.96
"""Two-sided 95 %."""
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Share(NamedTuple):
    """A share of a sample: how many of how many."""

    of: int
    all: int

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing is 0."""
        return self.of / self.all if self.all else 0.0

    def __str__(self) -> str:
        """The share with Wilson's 95 % interval and the size of the sample."""
        low, high = wilson(self.of, self.all)
        return f"{self.value:.4f}  [{low:.4f}, {high:.4f}] of {self.all:,}"


class Bin(NamedTuple):
    """One bin of a calibration table: what was said, what was so, how many pairs."""

    said: float
    so: float
    pairs: int


def share(flags: Sequence[bool] | Flags) -> Share:
    """How many of the flags are set."""
    return Share(int(np.count_nonzero(np.asarray(flags, dtype=bool))), len(flags))


def wilson(of: int, all_: int) -> tuple[float, float]:
    """Wilson's interval for a share, at 95 %; (0, 1) for an empty sample."""
    if not all_:
        return 0.0, 1.0
    share_, square = of / all_, _SURE**2
    middle = (share_ + square / (2 * all_)) / (1 + square / all_)
    reach = _SURE * math.sqrt(share_ * (1 - share_) / all_ + square / (4 * all_**2)) / (1 + square / all_)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def threshold(scores: Sequence[float], rate: float) -> float:
    """The least score that no more than that share of the scores reaches.

    It is one of the scores' neighbours in floating point, so ties at it are counted.
    """
    ordered = sorted(scores, reverse=True)
    allowed = int(rate * len(ordered))
    return float(np.nextafter(ordered[allowed], np.inf)) if allowed < len(ordered) else 0.0


def area(scores: Any, same: Flags) -> float:  # noqa: ANN401 - any array of numbers
    """The area under the ROC curve: how often a positive scores above a negative, ties counting half."""
    values, ranks = np.unique(np.asarray(scores, dtype=np.float64), return_inverse=True)
    above = np.bincount(ranks[same], minlength=len(values)).astype(np.float64)
    below = np.bincount(ranks[~same], minlength=len(values)).astype(np.float64)
    wins = above * (np.cumsum(below) - below / 2)
    return float(wins.sum() / (above.sum() * below.sum()))


def f1(scores: Any, same: Flags, least: float) -> float:  # noqa: ANN401 - any array of numbers
    """F1 where all pairs that score `least` or more are called the same."""
    called = np.asarray(scores) >= least
    right = float(np.count_nonzero(called & same))
    return 2 * right / max(1.0, float(np.count_nonzero(called) + np.count_nonzero(same)))


def best_f1(scores: Any, same: Flags) -> tuple[float, float]:  # noqa: ANN401 - any array of numbers
    """The best F1 of any threshold, and that threshold."""
    order = np.argsort(-np.asarray(scores, dtype=np.float64), kind="stable")
    ranked = np.asarray(scores, dtype=np.float64)[order]
    right = np.cumsum(same[order])
    found = 2 * right / (np.arange(1, len(ranked) + 1) + np.count_nonzero(same))
    last = np.append(ranked[1:] != ranked[:-1], True)  # ties are called together
    at = int(np.argmax(np.where(last, found, 0)))
    return float(found[at]), float(ranked[at])


def calibration(scores: Floats, same: Flags, bins: int = 15) -> tuple[float, list[Bin]]:
    """Expected calibration error in bins of equal mass, and the table of the bins."""
    order = np.argsort(scores, kind="stable")
    table = [
        Bin(float(scores[part].mean()), float(same[part].mean()), len(part))
        for part in np.array_split(order, bins)
        if len(part)
    ]
    error = sum(abs(one.said - one.so) * one.pairs for one in table) / max(1, len(scores))
    return error, table
