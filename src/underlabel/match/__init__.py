"""Who is meant.

In: names asked, names indexed.
Out: Hits with reasons; Mentions in texts.
May import: model, names, store, fetch.
Not here: lists, law, verdicts.
Start at: index.py.
"""

from underlabel.match.index import Index, build, load
from underlabel.match.score import DEFAULT_THRESHOLD
from underlabel.match.search import compare, find
from underlabel.match.spots import Spotter, spot, spotter

__all__ = ["DEFAULT_THRESHOLD", "Index", "Spotter", "build", "compare", "find", "load", "spot", "spotter"]
