"""The only room with sockets.

In: an address, and its mirrors.
Out: a file or bytes, bounded and guarded.
May import: model.
Not here: what the bytes mean; any other room's sockets.
Start at: get.py.
"""

from underlabel.fetch.get import download, get
from underlabel.fetch.terms import Bounds, Clock, Fetched, Progress, Unchanged, Validators

__all__ = ["Bounds", "Clock", "Fetched", "Progress", "Unchanged", "Validators", "download", "get"]
