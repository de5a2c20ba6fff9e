"""Processes that change a home and are killed on the way, by kill -9: at an event of the file system, or at any time.

They are forked from a server that has loaded everything and run nothing: no thread of it holds a lock.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
import scipy.sparse

from tests.world.making import facts, party
from underlabel import match, store, world
from underlabel.model import Facts
from underlabel.world import adding

LOADED = (pyarrow.parquet, scipy.sparse, match.build, store.write, world.build)
"""What a process needs, loaded before it is forked."""
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["__main__", __name__])
WAIT = 60.0
_REMOVALS = frozenset({"os.remove", "os.rmdir"})
"""These name a file by its folder's number; a process here removes nothing elsewhere."""

ACME, ZETA = party("Acme Works Ltd", "l"), party("Zeta Works Ltd", "l")
DAYS = (date(2021, 1, 1), date(2022, 1, 1))
OLD = facts("l", ACME, listed=(ACME,), edition=DAYS[0])
NEW = facts("l", ACME, ZETA, listed=(ACME, ZETA), edition=DAYS[1])

Act = Callable[[Path], object]
Hook = Callable[[str, tuple[Any, ...]], None]


def nothing() -> tuple[Facts, ...]:
    """Give no facts of the package, so that a build takes no time."""
    return ()


def add(folder: Path) -> object:
    """Add the new edition to the home in a folder."""
    return world.add(world.home(folder), [NEW])


def clear(folder: Path) -> object:
    """Remove all but the snapshot in use from the home in a folder."""
    return world.gc(world.home(folder), 0)


def events(act: Act, folder: Path) -> list[str]:
    """The file system's events below a folder while a process acts on it undisturbed, in order."""
    found, _ = _run(act, folder, 0)
    assert found is not None
    return found


def killed_at(act: Act, folder: Path, event: int) -> bool:
    """Act on a folder in a process that is killed just before its nth event there; whether it was."""
    return _run(act, folder, event)[1]


def lasting(act: Act, folder: Path) -> float:
    """How many seconds a process acts on a folder when nobody disturbs it."""
    process = _beginning(act, folder)
    began = time.perf_counter()
    process.join(WAIT)
    assert process.exitcode == 0
    return time.perf_counter() - began


def killed_after(act: Act, folder: Path, seconds: float) -> bool:
    """Act on a folder in a process that is killed from outside after so many seconds; whether it was still at it."""
    process = _beginning(act, folder)
    time.sleep(seconds)
    process.kill()
    process.join(WAIT)
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def _beginning(act: Act, folder: Path) -> BaseProcess:
    """A process that begins to act at this moment."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_begun, args=(act, folder, theirs))
    process.start()
    assert ours.poll(WAIT), "the process never began"
    ours.recv()
    return process


def _run(act: Act, folder: Path, event: int) -> tuple[list[str] | None, bool]:
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_hooked, args=(act, folder, event, theirs))
    process.start()
    theirs.close()
    try:
        found: list[str] | None = ours.recv()
    except EOFError:  # it was killed
        found = None
    process.join(WAIT)
    assert process.exitcode == (-signal.SIGKILL if found is None else 0)
    return found, found is None


def _hooked(act: Act, folder: Path, event: int, told: Connection) -> None:
    pytest.MonkeyPatch().setattr(adding, "starter", nothing)
    found: list[str] = []
    below = str(folder)

    def hook(name: str, args: tuple[Any, ...]) -> None:
        if name in _REMOVALS or any(isinstance(one, str | os.PathLike) and str(one).startswith(below) for one in args):
            found.append(name)
            if len(found) == event:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    act(folder)
    told.send(found)


def _begun(act: Act, folder: Path, told: Connection) -> None:
    pytest.MonkeyPatch().setattr(adding, "starter", nothing)
    told.send(None)
    act(folder)
