"""What was reported.

In: saved pages, curated claims.
Out: Articles and Claims.
May import: model, names, store, fetch.
Not here: which party a name means.
Start at: page.py.
"""
