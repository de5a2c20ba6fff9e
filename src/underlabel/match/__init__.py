"""Who is meant.

In: names asked, names indexed.
Out: Hits with reasons; Mentions in texts.
May import: model, names, store, fetch.
Not here: lists, law, verdicts.
Start at: index.py.
"""
