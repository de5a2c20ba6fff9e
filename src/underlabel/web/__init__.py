"""HTTP.

In: HTTP requests.
Out: JSON answers.
May import: model, names, store, fetch, lists, own, labels, items, news, match, law, world, trace, report, watch.
Not here: logic: each address is one call to a front door.
Start at: app.py.
"""

from underlabel.web.app import app

__all__ = ["app"]
