"""Snapshots on disk.

In: nouns.
Out: Parquet snapshots, and nouns again.
May import: model.
Not here: what the facts mean; any question about them.
Start at: snapshot.py.
"""

from underlabel.store.disk import BESIDE, replace
from underlabel.store.kept import keep, kept, named
from underlabel.store.shelf import KEY, Shelf, lay, open_shelf
from underlabel.store.snapshot import BUILDING, DERIVED, TABLES, Manifest, Snapshot, identity, verify, write
from underlabel.store.tables import digest, from_table, to_table

__all__ = [
    "BESIDE",
    "BUILDING",
    "DERIVED",
    "KEY",
    "TABLES",
    "Manifest",
    "Shelf",
    "Snapshot",
    "digest",
    "from_table",
    "identity",
    "keep",
    "kept",
    "lay",
    "named",
    "open_shelf",
    "replace",
    "to_table",
    "verify",
    "write",
]
