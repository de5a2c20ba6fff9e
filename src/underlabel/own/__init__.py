"""Who holds whom, and whom a test reaches.

In: ownership tables; links and a Test.
Out: Facts: links; Reach, with proof.
May import: model, names, store, fetch.
Not here: which rule applies, or what follows from it.
Start at: fixpoint.py.
"""
