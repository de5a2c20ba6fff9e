"""Who holds whom, and whom a test reaches.

In: ownership tables; links and a Test.
Out: Facts: links; Reach, with proof.
May import: model, names, store, fetch.
Not here: which rule applies, or what follows from it.
Start at: fixpoint.py.
"""

from underlabel.own.reaching import reach
from underlabel.own.stakes import Holdings, Stake, Tie, on
from underlabel.own.table import curated_facts, read

__all__ = ["Holdings", "Stake", "Tie", "curated_facts", "on", "reach", "read"]
