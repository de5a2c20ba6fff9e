"""Official restriction lists.

In: files of official restriction lists; our curated tables.
Out: Facts: parties, listings, categories, absences.
May import: model, names, store, fetch.
Not here: who owns whom; which name means whom.
Start at: reading.py.
"""
