"""Underlabel says which of the things you buy, sell or run trace back to a restricted company.

The rooms are its parts; the main call is `trace.run(items, world, ask)`. Rooms load when first used.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

__all__ = [
    "cli",
    "fetch",
    "items",
    "labels",
    "law",
    "lists",
    "match",
    "model",
    "names",
    "news",
    "own",
    "report",
    "store",
    "trace",
    "watch",
    "web",
    "world",
]


def __getattr__(name: str) -> ModuleType:
    """Load a room when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'underlabel' has no room '{name}'")
    return import_module(f"underlabel.{name}")
