"""Item to finding.

In: items, a World, a role; names to screen.
Out: Findings; Screened.
May import: model, names, store, fetch, lists, own, labels, items, news, match, law, world.
Not here: files of output; decisions after a finding.
Start at: pipeline.py.
"""

from underlabel.trace.ask import Ask, ask
from underlabel.trace.citing import Cited, CitedEntry, cited
from underlabel.trace.comparing import compare
from underlabel.trace.history import Event, history
from underlabel.trace.inventory import Traced, inventory
from underlabel.trace.pipeline import run
from underlabel.trace.screen import Count, Terms, screen, searchable
from underlabel.trace.who import who

__all__ = [
    "Ask",
    "Cited",
    "CitedEntry",
    "Count",
    "Event",
    "Terms",
    "Traced",
    "ask",
    "cited",
    "compare",
    "history",
    "inventory",
    "run",
    "screen",
    "searchable",
    "who",
]
