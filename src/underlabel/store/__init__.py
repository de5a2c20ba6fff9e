"""Snapshots on disk.

In: nouns.
Out: Parquet snapshots, and nouns again.
May import: model.
Not here: what the facts mean; any question about them.
Start at: snapshot.py.
"""

from underlabel.store.snapshot import DERIVED, TABLES, Manifest, Snapshot, identity, write
from underlabel.store.tables import digest, from_table, to_table

__all__ = ["DERIVED", "TABLES", "Manifest", "Snapshot", "digest", "from_table", "identity", "to_table", "write"]
