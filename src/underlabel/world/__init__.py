"""All facts together.

In: what the readers return.
Out: a snapshot on disk; a World to ask.
May import: model, names, store, fetch, lists, own, labels, items, news, match, law.
Not here: verdicts.
Start at: build.py.
"""

from underlabel.world.adding import add, editions
from underlabel.world.build import Made, build, starter, tool
from underlabel.world.facts import World
from underlabel.world.home import Home, home
from underlabel.world.open import open_world, starter_snapshot
from underlabel.world.parting import part, rejoin
from underlabel.world.snapshots import Removed, Verified, export, gc, snapshots, use, verify
from underlabel.world.status import ListStatus, status
from underlabel.world.updating import Outcome, update

__all__ = [
    "Home",
    "ListStatus",
    "Made",
    "Outcome",
    "Removed",
    "Verified",
    "World",
    "add",
    "build",
    "editions",
    "export",
    "gc",
    "home",
    "open_world",
    "part",
    "rejoin",
    "snapshots",
    "starter",
    "starter_snapshot",
    "status",
    "tool",
    "update",
    "use",
    "verify",
]
