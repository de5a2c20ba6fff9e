"""Who is meant.

In: names asked, names indexed.
Out: Hits with reasons; Mentions in texts.
May import: model, names, store, fetch.
Not here: lists, law, verdicts.
Start at: search.py.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from underlabel.match.index import Index, build, load
from underlabel.match.search import Scores, compare, compare_all, find, prepared, scores
from underlabel.match.spots import Spotter, spot, spotter
from underlabel.match.weighing import DEFAULT_THRESHOLD, LIKELY

if TYPE_CHECKING:
    from underlabel.match.tables import compared, hits, mentions, pairs, queries, texts

__all__ = [
    "DEFAULT_THRESHOLD",
    "LIKELY",
    "Index",
    "Scores",
    "Spotter",
    "build",
    "compare",
    "compare_all",
    "compared",
    "find",
    "hits",
    "load",
    "mentions",
    "pairs",
    "prepared",
    "queries",
    "scores",
    "spot",
    "spotter",
    "texts",
]
_TABLES = "underlabel.match.tables"
_LATER = frozenset({"compared", "hits", "mentions", "pairs", "queries", "texts"})


def __getattr__(name: str) -> object:
    """Load what brings Arrow when it is asked for."""
    if name in _LATER:
        return getattr(import_module(_TABLES), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
