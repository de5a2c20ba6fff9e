"""Regimes as dated data.

In: regimes as data files.
Out: Rulings (whom a regime reaches on a day) and Consequences (what follows for a role).
May import: model, names, store, fetch.
Not here: graphs, parties, items.
Start at: regimes.py.
"""
