"""Official restriction lists.

In: files of official restriction lists; our curated tables.
Out: Facts: parties, listings, categories, absences.
May import: model, names, store, fetch.
Not here: who owns whom; which name means whom.
Start at: reading.py.
"""

from underlabel.lists.curated import curated_facts
from underlabel.lists.diff import Diff, diff
from underlabel.lists.gather import Tally
from underlabel.lists.reading import read, read_accounted
from underlabel.lists.registry import ListInfo, known, resolve
from underlabel.lists.renaming import Body, renames

__all__ = [
    "Body",
    "Diff",
    "ListInfo",
    "Tally",
    "curated_facts",
    "diff",
    "known",
    "read",
    "read_accounted",
    "renames",
    "resolve",
]
