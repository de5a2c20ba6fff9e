"""The user's inventory.

In: inventories as users keep them; tables of names.
Out: Items, line by line, and what was rejected; questions, row by row.
May import: model, names, store, fetch.
Not here: who made an item; who is meant.
Start at: reading.py.
"""

from underlabel.items.asked_query import SCHEMAS, Beside, beside
from underlabel.items.asking import Asking, names_asked, pairs_asked
from underlabel.items.headings import MEANINGS
from underlabel.items.reading import Reading, read

__all__ = ["MEANINGS", "SCHEMAS", "Asking", "Beside", "Reading", "beside", "names_asked", "pairs_asked", "read"]
