"""The user's inventory.

In: inventories as users keep them.
Out: Items, line by line, and what was rejected.
May import: model, names, store, fetch.
Not here: who made an item.
Start at: reading.py.
"""

from underlabel.items.headings import MEANINGS
from underlabel.items.reading import Reading, read

__all__ = ["MEANINGS", "Reading", "read"]
