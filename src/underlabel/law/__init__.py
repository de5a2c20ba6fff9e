"""Regimes as dated data.

In: regimes as data files.
Out: Rulings (whom a regime reaches on a day) and Consequences (what follows for a role).
May import: model, names, store, fetch.
Not here: graphs, parties, items.
Start at: asking.py.
"""

from underlabel.law.asking import (
    also_recorded,
    asked_by,
    consequence,
    list_ids,
    of_list,
    on,
    recorded,
    regimes,
    roles,
    show,
    start_lists,
)
from underlabel.law.book import Book, load
from underlabel.law.reading import read
from underlabel.law.regime import Period, Regime, Role, Row

__all__ = [
    "Book",
    "Period",
    "Regime",
    "Role",
    "Row",
    "also_recorded",
    "asked_by",
    "consequence",
    "list_ids",
    "load",
    "of_list",
    "on",
    "read",
    "recorded",
    "regimes",
    "roles",
    "show",
    "start_lists",
]
