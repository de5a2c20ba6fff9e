"""A score as a waterfall: what each word and each circumstance added to the log-odds, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from underlabel.match.features import FEATURES
from underlabel.match.laying import BY_INITIAL, HOWS, Floats, Laid, Rest
from underlabel.match.lexicon import I32, NUMBER, PLACE
from underlabel.match.postings import I64, spread
from underlabel.match.sheet import Sheet
from underlabel.match.weighing import Weighed, base, contributions
from underlabel.model import Reason

BEGIN: Final = "before any word is compared"
CURVE: Final = "what such sums have meant on names not used for fitting"
LIMIT: Final = "a name that many may bear"
_LEAST: Final = 5e-5
_SPELLING: Final = "spelling"
_LEFT: Final = "word not in the listed name"
_RIGHT: Final = "word not in the query"
_MANY: Final = 12
"""So many words of one kind are told apart in a waterfall; the rest are told together."""

_Told = tuple[bool, float, str, str, str, float]
"""What sorts a reason, and its parts: whether it belongs to none of the words, how weak; feature, texts, weight."""


def explained(laid: Laid, weighed: Weighed, pairs: npt.NDArray[np.integer]) -> list[tuple[Reason, ...]]:
    """For each of these pairs its reasons, the strongest first; their weights add up to the log-odds of the score.

    Weights are rounded to four places. A pair none of whose words pair up has no reasons.
    """
    rows = pairs.astype(np.int64)
    scored = np.flatnonzero(weighed.score[rows] > 0)
    found: list[tuple[Reason, ...]] = [()] * len(rows)
    for at, told in zip(scored.tolist(), _Waterfalls(laid, weighed, rows[scored]).told(), strict=True):
        told.sort()
        found[at] = tuple([Reason(feature, weight, one, other) for _, _, feature, one, other, weight in told])
    return found


class _Waterfalls:
    """The reasons of some pairs, gathered feature by feature for all of them at once."""

    def __init__(self, laid: Laid, weighed: Weighed, rows: I64) -> None:
        self.laid, self.rows = laid, rows
        self.sides = _Texts(laid.left, laid.li[rows]), _Texts(laid.right, laid.ri[rows])
        added = contributions(laid, weighed, rows)
        self.added = np.where(np.abs(added) > _LEAST, added, 0.0)
        self.whole = {
            BEGIN: base(laid, rows),
            CURVE: weighed.curved[rows] - weighed.raw[rows],
            LIMIT: weighed.limited[rows] - weighed.curved[rows],
        }
        self.cases: list[list[_Told]] = [[] for _ in rows.tolist()]

    def told(self) -> list[list[_Told]]:
        """Each pair's reasons, in no order."""
        for feature, weights in self.whole.items():
            for case, weight in enumerate(weights.tolist()):
                self._tell(case, weight, (feature, "", ""), of_words=False)
        self._circumstances()
        self._ties("ties")
        self._ties("slips")
        self._rest(0)
        self._rest(1)
        return self.cases

    def _tell(self, case: int, weight: float, said: tuple[str, str, str], *, of_words: bool = True) -> None:
        if abs(weight) > _LEAST:
            weight = round(weight, 4)
            self.cases[case].append((not of_words, -abs(weight), *said, weight))

    def _circumstances(self) -> None:
        """Features that are told by themselves, each with what it is about."""
        columns = [at for at, feature in enumerate(FEATURES) if feature.spread in _SHOWN]
        cases, at = np.nonzero(self.added[:, columns])
        weights = self.added[:, columns][cases, at]
        shown: dict[tuple[int, str], tuple[str, str]] = {}
        for case, column, weight in zip(cases.tolist(), at.tolist(), weights.tolist(), strict=True):
            feature = FEATURES[columns[column]]
            key = case, feature.spread
            if key not in shown:
                shown[key] = _SHOWN[feature.spread](self, case)
            self._tell(case, weight, (feature.name, *shown[key]))

    def _ties(self, over: str) -> None:
        """What is spread over words that pair up, by how much of each agrees or is written differently."""
        ties = self.laid.ties
        cases, at, weights = self._spread(over, ties.pair, ties.agreed if over == "ties" else ties.apart)
        columns = (ties.left, ties.left_span, ties.right, ties.right_span, ties.how)
        places = zip(*(column[at].tolist() for column in columns), strict=True)
        for case, weight, (left, wide, right, broad, how) in zip(cases, weights, places, strict=True):
            texts = self.sides[0].words(case, left, wide), self.sides[1].words(case, right, broad)
            self._tell(case, weight, (HOWS[how] if over == "ties" else _SPELLING, *texts))

    def _rest(self, side: int) -> None:
        """What is spread over the words that one name has and the other lacks, by their rarity."""
        rest = self.rest_of(side)
        cases, at, weights = self._spread(("left", "right")[side], rest.pair, rest.weight)
        texts = self.sides[side]
        for case, place, weight in zip(cases, rest.at[at].tolist(), weights, strict=True):
            word = texts.words(case, place, 1)
            self._tell(case, weight, (_RIGHT, "", word) if side else (_LEFT, word, ""))

    def _spread(self, over: str, pair: I32, parts: Floats) -> tuple[list[int], I64, list[float]]:
        """The weights of some features, spread over words by their parts: case, place among `parts`, weight."""
        weights = np.zeros(len(self.rows))
        for column in (at for at, feature in enumerate(FEATURES) if feature.spread == over):
            weights += self.added[:, column]
        some = np.flatnonzero(weights)
        cases, at = _stretches(pair, self.rows, some)
        kept = parts[at] > 0
        cases, at = cases[kept], at[kept]
        if len(at) and np.bincount(cases).max() > _MANY:
            order = np.lexsort((at, -parts[at], cases))
            first = np.searchsorted(cases, cases)
            kept = np.sort(order[np.arange(len(order)) - first < _MANY])
            cases, at = cases[kept], at[kept]
        total = np.bincount(cases, weights=parts[at], minlength=len(self.rows))
        return cases.tolist(), at, (weights[cases] * (parts[at] / total[cases])).tolist()

    def rest_of(self, side: int) -> Rest:
        """The words left over on a side, of all pairs laid."""
        return self.laid.right_rest if side else self.laid.left_rest

    def left_over(self, case: int, kind: int = -1) -> tuple[str, str]:
        """The words left over on both sides, all or those of one kind."""
        return self._left_over(0, case, kind), self._left_over(1, case, kind)

    def _left_over(self, side: int, case: int, kind: int) -> str:
        rest = self.rest_of(side)
        _, at = _stretches(rest.pair, self.rows, np.array([case]))
        places = rest.at[at] if kind < 0 else rest.at[at][rest.kind[at] == kind]
        return " ".join(self.sides[side].words(case, place, 1) for place in places.tolist())

    def initials(self, case: int) -> tuple[str, str]:
        """The words that pair up by an initial."""
        ties = self.laid.ties
        _, at = _stretches(ties.pair, self.rows, np.array([case]))
        at = at[ties.how[at] == BY_INITIAL]
        left = [self.sides[0].words(case, place, 1) for place in ties.left[at].tolist()]
        return " ".join(left), " ".join(self.sides[1].words(case, place, 1) for place in ties.right[at].tolist())

    def both(self, told: Callable[[_Texts, int], str], case: int) -> tuple[str, str]:
        """The same told of both sides."""
        return told(self.sides[0], case), told(self.sides[1], case)


class _Texts:
    """The words of some names of a sheet, each different one read once."""

    def __init__(self, sheet: Sheet, rows: I32) -> None:
        self.sheet, self.rows = sheet, rows.tolist()
        starts = sheet.starts[rows]
        many = sheet.starts[rows + 1] - starts
        distinct, back = np.unique(sheet.words[spread(starts, many)], return_inverse=True)
        texts = sheet.lexicon.texts.many(distinct)
        self._words = [texts[at] for at in back.tolist()]
        ends = np.cumsum(many)
        self._first, self._end = (ends - many).tolist(), ends.tolist()

    def words(self, case: int, at: int, span: int) -> str:
        """Words of a name, as they stand in it."""
        first = self._first[case] + at
        return self._words[first] if span == 1 else " ".join(self._words[first : first + span])

    def whole(self, case: int) -> str:
        """All words of a name."""
        return " ".join(self._words[self._first[case] : self._end[case]])

    def types(self, case: int) -> str:
        """The organisation types of a name."""
        return " ".join(self.sheet.type_sets[self.sheet.types[self.rows[case]]])

    def seats(self, case: int) -> str:
        """The countries beside a name."""
        return " ".join(sorted(self.sheet.seat_sets[self.sheet.seats[self.rows[case]]]))


def _stretches(pair: I32, rows: I64, some: I64) -> tuple[I64, I64]:
    """Of these cases, whose pairs are `rows`, the places where `pair`, which ascends, names them; and whose each is."""
    wanted = rows[some].astype(pair.dtype)
    starts = np.searchsorted(pair, wanted)
    many = np.searchsorted(pair, wanted, side="right") - starts
    return np.repeat(some, many), spread(starts, many)


_SHOWN: Final[dict[str, Callable[[_Waterfalls, int], tuple[str, str]]]] = {
    "rest": _Waterfalls.left_over,
    "numbers": lambda of, case: of.left_over(case, NUMBER),
    "places": lambda of, case: of.left_over(case, PLACE),
    "initials": _Waterfalls.initials,
    "types": lambda of, case: of.both(_Texts.types, case),
    "seats": lambda of, case: of.both(_Texts.seats, case),
    "names": lambda of, case: of.both(_Texts.whole, case),
}
