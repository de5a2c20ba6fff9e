"""Who is under the label.

In: tables of brands and makers, MAC registries.
Out: Facts: links from labels to makers; Making, who is said to make an item.
May import: model, names, store, fetch.
Not here: whether a maker is listed.
Start at: book.py.
"""

from underlabel.labels.book import Book, book, makers
from underlabel.labels.forms import form
from underlabel.labels.macs import MacState, mac_state
from underlabel.labels.reading import curated_facts, read
from underlabel.labels.registry import registry

__all__ = ["Book", "MacState", "book", "curated_facts", "form", "mac_state", "makers", "read", "registry"]
