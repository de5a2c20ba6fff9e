"""All that comes after a finding.

In: findings of two runs.
Out: what changed between them.
May import: model, names, store, fetch, lists, own, labels, items, news, match, law, world, trace, report.
Not here: making a finding.
Start at: changes.py.
"""

from underlabel.watch.changes import Changed, changes

__all__ = ["Changed", "changes"]
