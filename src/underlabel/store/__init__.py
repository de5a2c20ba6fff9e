"""Snapshots on disk.

In: nouns.
Out: Parquet snapshots, and nouns again.
May import: model.
Not here: what the facts mean; any question about them.
Start at: snapshot.py.
"""
