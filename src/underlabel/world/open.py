"""Open the facts of a home: its snapshot in use, or the starter facts of the package."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from underlabel import store
from underlabel.model import InputError
from underlabel.world.build import Made, build, starter, tool
from underlabel.world.facts import World
from underlabel.world.home import Home

STARTER = "starter facts of the package"
OLDER = "built on older starter facts"


def open_world(home: Home, *, known_at: date | None = None) -> World:
    """The World of a home. Without a snapshot of its own it uses the starter facts, and its label says so.

    The label of a snapshot says, too, if the package's facts have changed since it was built.
    """
    snapshot = home.active()
    if snapshot is None:
        return World(starter_snapshot(home), label=STARTER, known_at=known_at)
    label = f"snapshot {snapshot.id[:12]}"
    if snapshot.manifest.starter not in ("", curated_digest()):
        label += f", {OLDER}"
    return World(snapshot, label=label, known_at=known_at)


def starter_snapshot(home: Home) -> store.Snapshot:
    """The snapshot of the starter facts, built on first use; a home that cannot be written uses a temporary folder.

    That folder is gone when the process ends. Several processes may build it at once: one of them is kept.
    """
    curated = curated_digest()
    name = hashlib.sha256(f"{tool()} {curated}".encode()).hexdigest()[:16]
    for found in sorted((home.starter / name).glob("[!.]*/manifest.json")):
        return store.Snapshot(found.parent)
    facts = starter()
    try:
        return build(home.starter / name, facts, Made(starter=curated))
    except InputError:
        return build(_elsewhere(), facts, Made(starter=curated))


@cache
def _elsewhere() -> Path:
    """A folder for this process alone: reading must work from a home that cannot be written."""
    folder = Path(tempfile.mkdtemp(prefix="underlabel-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def curated_digest() -> str:
    """A digest of the packaged tables: new facts mean another one."""
    sha = hashlib.sha256()
    package = Path(__file__).parents[1]
    for path in sorted(package.glob("*/curated/**/*.csv")):
        sha.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return sha.hexdigest()[:16]
