"""The home folder: where snapshots live and which of them is in use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from underlabel import store
from underlabel.model import InputError

VARIABLE: Final = "UNDERLABEL_HOME"
_ACTIVE: Final = "active"


class Home(msgspec.Struct, frozen=True):
    """A home folder: `snapshots/ID/`, and `active`, which names the snapshot in use."""

    folder: Path

    @property
    def snapshots(self) -> Path:
        """The folder of snapshots."""
        return self.folder / "snapshots"

    @property
    def starter(self) -> Path:
        """The folder of the snapshot built from the starter facts; it is no snapshot of the user's."""
        return self.folder / "starter"

    def active(self) -> store.Snapshot | None:
        """The snapshot in use, or None in a home without one. Errors: `InputError` if it is gone."""
        try:
            name = (self.folder / _ACTIVE).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError(
                f"the home folder cannot be read: {error.strerror}",
                where=str(self.folder),
                hint="check its permissions, or name another with --home",
            ) from error
        return store.Snapshot(self.snapshots / name)

    def activate(self, snapshot: store.Snapshot) -> None:
        """Use a snapshot from now on; the change is one rename."""
        marker = self.folder / _ACTIVE
        beside = self.folder / f".{_ACTIVE}-{os.getpid()}"
        try:
            beside.write_text(f"{snapshot.id}\n", encoding="ascii")
            beside.replace(marker)
        except OSError as error:
            raise InputError(
                f"the home folder cannot be written: {error.strerror}",
                where=str(self.folder),
                hint="check its permissions, or name another with --home",
            ) from error


def home(folder: Path | None = None) -> Home:
    """The home named, or that of `UNDERLABEL_HOME`, or `~/.underlabel`."""
    if folder is not None:
        return Home(folder)
    stated = os.environ.get(VARIABLE)
    return Home(Path(stated) if stated else Path.home() / ".underlabel")
