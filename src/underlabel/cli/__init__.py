"""The command line.

In: argv.
Out: text on a terminal, files, an exit code.
May import: model, names, store, fetch, lists, own, labels, items, news, match, law, world, trace, report, watch, web.
Not here: logic: each verb is one call to a front door.
Start at: main.py.
"""

from underlabel.cli.main import main

__all__ = ["main"]
