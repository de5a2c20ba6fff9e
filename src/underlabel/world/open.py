"""Open the facts of a home: its snapshot in use, or the starter facts of the package."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from underlabel import store
from underlabel.model import Facts, InputError
from underlabel.world.build import build, starter, tool
from underlabel.world.facts import World
from underlabel.world.home import Home

STARTER = "starter facts of the package"


def open_world(home: Home, *, known_at: date | None = None) -> World:
    """The World of a home. Without a snapshot of its own it uses the starter facts, and its label says so."""
    snapshot = home.active()
    if snapshot is not None:
        return World(snapshot, label=f"snapshot {snapshot.id[:12]}", known_at=known_at)
    return World(starter_snapshot(home), label=STARTER, known_at=known_at)


def starter_snapshot(home: Home) -> store.Snapshot:
    """The snapshot of the starter facts, built on first use; a home that cannot be written uses a temporary folder."""
    folder = home.starter / _curated_digest()
    for found in sorted(folder.glob("*/manifest.json")):
        return store.Snapshot(found.parent)
    facts = starter()
    try:
        return build(home, facts, None, into=folder)
    except InputError:
        # Reading must work from a read-only home; what is built there is rebuilt next time.
        return build(home, facts, None, into=Path(tempfile.mkdtemp(prefix="underlabel-")))


def add(home: Home, facts: Sequence[Facts], *, activate: bool = True) -> store.Snapshot:
    """A snapshot with these facts on top of what the home uses now, and by default used from now on."""
    base = home.active() or starter_snapshot(home)
    snapshot = build(home, facts, base)
    if activate:
        home.activate(snapshot)
    return snapshot


def _curated_digest() -> str:
    """A digest of the packaged tables and of the tool: new facts mean a new starter snapshot."""
    sha = hashlib.sha256(tool().encode())
    package = Path(__file__).parents[1]
    for path in sorted(package.glob("*/curated/**/*.csv")):
        sha.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return sha.hexdigest()[:16]
