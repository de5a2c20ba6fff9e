"""The tools ours is measured beside: rapidfuzz over every listed name, and nomenklatura's logic-v2 over pairs.

rapidfuzz is one of our own dependencies; nomenklatura is installed by `make eval` from `requirements-peers.lock`.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process, utils

from underlabel.model import Query

_CHUNK: Final = 200
_DEEP: Final = 400
"""Names among which the best parties are looked for."""
Scores = npt.NDArray[np.float32]


def missing() -> list[str]:
    """The packages of peers that are not installed."""
    return [name for name in ("nomenklatura", "followthemoney") if importlib.util.find_spec(name) is None]


def version() -> str:
    """The version of nomenklatura that is measured."""
    return str(importlib.import_module("importlib.metadata").version("nomenklatura"))


def token_sorted(text: str) -> str:
    """The text as `token_sort_ratio` compares it."""
    return " ".join(sorted(utils.default_process(text).split()))


def token_sort(pairs: Sequence[tuple[Query, Query]]) -> Scores:
    """token_sort_ratio of every pair, 0 to 100."""
    return _pairwise(pairs, token_sorted, fuzz.ratio)


def w_ratio(pairs: Sequence[tuple[Query, Query]]) -> Scores:
    """WRatio of every pair, 0 to 100."""
    return _pairwise(pairs, utils.default_process, fuzz.WRatio)


def logic_v2(pairs: Sequence[tuple[Query, Query]]) -> Scores:
    """The logic-v2 score pair by nomenklatura, 0 to 1, with its default configuration.

    Each side is an entity with its name, its country and its schema; where the question names no
    schema, that of the listed side, which is what a screening form asks for first.
    """
    algorithm = importlib.import_module("nomenklatura.matching").get_algorithm("logic-v2")
    config = algorithm.default_config()
    made = [
        algorithm.compare(
            _entity(left.name, left.schema or right.schema, left.country),
            _entity(right.name, right.schema, right.country),
            config,
        ).score
        for left, right in pairs
    ]
    return np.array(made, dtype=np.float32)


class Brute:
    """Every listed name beside every query, by one scorer of rapidfuzz."""

    def __init__(self, parties: Sequence[str], texts: Sequence[str], *, whole: bool = False) -> None:
        """Keep the names of the parties; `whole` is WRatio, else token sort."""
        self._prepare: Callable[[str], str] = utils.default_process if whole else token_sorted
        self._scorer: Any = fuzz.WRatio if whole else fuzz.ratio
        self._parties = parties
        self._texts = [self._prepare(text) for text in texts]

    def top(self, queries: Sequence[str], top: int) -> list[dict[str, float]]:
        """For each query the best parties with their scores, best first, ties by row."""
        found = []
        for row in self._rows(queries):
            deep = min(_DEEP, len(row) - 1)
            near = np.argpartition(-row, deep)[:deep]
            best: dict[str, float] = {}
            for at in near[np.lexsort((near, -row[near]))]:
                best.setdefault(self._parties[at], float(row[at]))
                if len(best) == top:
                    break
            found.append(best)
        return found

    def _rows(self, queries: Sequence[str]) -> Iterator[Scores]:
        for start in range(0, len(queries), _CHUNK):
            asked = [self._prepare(query) for query in queries[start : start + _CHUNK]]
            yield from process.cdist(asked, self._texts, scorer=self._scorer, dtype=np.float32, workers=1)


def _pairwise(pairs: Sequence[tuple[Query, Query]], prepare: Callable[[str], str], scorer: Any) -> Scores:  # noqa: ANN401 - one of rapidfuzz's
    left, right = ([prepare(pair[side].name) for pair in pairs] for side in (0, 1))
    return np.asarray(process.cpdist(left, right, scorer=scorer, dtype=np.float32))


@lru_cache(maxsize=1 << 14)
def _entity(name: str, schema: str, country: str) -> Any:  # noqa: ANN401 - the package need not be there
    model = importlib.import_module("followthemoney").model
    entity = model.make_entity(schema or "LegalEntity")
    entity.id = f"{schema}:{country}:{name}"
    entity.add("name", name)
    if country:
        entity.add("country", country)
    return entity
