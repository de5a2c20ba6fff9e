"""All facts together.

In: what the readers return.
Out: a snapshot on disk; a World to ask.
May import: model, names, store, fetch, lists, own, labels, items, news, match, law.
Not here: verdicts.
Start at: build.py.
"""
