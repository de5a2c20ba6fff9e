"""The only room with sockets.

In: an address.
Out: bytes, bounded and guarded.
May import: model.
Not here: what the bytes mean; any other room's sockets.
Start at: get.py.
"""

from underlabel.fetch.get import Bounds, Fetched, get

__all__ = ["Bounds", "Fetched", "get"]
