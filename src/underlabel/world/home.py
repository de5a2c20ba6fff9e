"""The home folder: where snapshots live and which of them is in use."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec

from underlabel import store
from underlabel.model import InputError

try:
    import fcntl
except ImportError:  # not on this system: two that add at once may then lose what one of them added
    fcntl = None  # type: ignore[assignment]

VARIABLE: Final = "UNDERLABEL_HOME"
_ACTIVE: Final = "active"
_LOCK: Final = ".lock"
_WAIT: Final = 60.0
_PAUSE: Final = 0.05


class Home(msgspec.Struct, frozen=True):
    """A home folder: `snapshots/ID/`, `editions/LIST/`, and `active`, which names the snapshot in use."""

    folder: Path

    @property
    def snapshots(self) -> Path:
        """The folder of snapshots."""
        return self.folder / "snapshots"

    @property
    def editions(self) -> Path:
        """The folder of editions as they were read, from which snapshots are built."""
        return self.folder / "editions"

    @property
    def starter(self) -> Path:
        """The folder of the snapshot built from the starter facts; it is no snapshot of the user's."""
        return self.folder / "starter"

    def active(self) -> store.Snapshot | None:
        """The snapshot in use, or None in a home without one. Errors: `InputError` if it is gone."""
        name = self.named()
        if name is None:
            return None
        try:
            return store.Snapshot(self.snapshots / name)
        except InputError as error:
            raise InputError(
                "the snapshot in use is lost or broken",
                where=error.where,
                hint="use another one: `underlabel snapshot list` names them, `underlabel snapshot use ID` takes it; "
                f"if there is none, delete {self.folder / _ACTIVE} and add the lists again",
            ) from error

    def named(self) -> str | None:
        """The id of the snapshot in use, be it there or not; None in a home without one.

        Errors: `InputError` where the home cannot be read.
        """
        try:
            return (self.folder / _ACTIVE).read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError(
                f"the home folder cannot be read: {error.strerror}",
                where=str(self.folder),
                hint="check its permissions, or name another with --home",
            ) from error

    def activate(self, snapshot: store.Snapshot) -> None:
        """Use a snapshot from now on; the change is one rename."""
        try:
            store.replace(self.folder / _ACTIVE, f"{snapshot.id}\n".encode("ascii"))
        except OSError as error:
            raise self._unwritable(error) from error

    @contextmanager
    def alone(self, wait: float = _WAIT) -> Iterator[None]:
        """Be the only one that changes this home; another is waited for, `wait` seconds at most.

        Errors: `InputError` if the other takes longer, or the home cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = (self.folder / _LOCK).open("ab")
        except OSError as error:
            raise self._unwritable(error) from error
        with file:  # closing it gives the lock back
            until = time.monotonic() + wait
            while not _locked(file):
                if time.monotonic() > until:
                    raise InputError(
                        f"another process has been changing this home for {wait:g} seconds",
                        where=str(self.folder),
                        hint="wait until it is done and try again, or name another home with --home",
                    )
                time.sleep(_PAUSE)
            yield

    def _unwritable(self, error: OSError) -> InputError:
        return InputError(
            f"the home folder cannot be written: {error.strerror}",
            where=str(self.folder),
            hint="check its permissions, or name another with --home",
        )


def _locked(file: IO[bytes]) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def home(folder: Path | None = None) -> Home:
    """The home named, or that of `UNDERLABEL_HOME`, or `~/.underlabel`."""
    if folder is not None:
        return Home(folder)
    stated = os.environ.get(VARIABLE)
    return Home(Path(stated) if stated else Path.home() / ".underlabel")
