"""The file a body grows in, beside its target: it outlives a killed run, and counts only once it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, Self

import msgspec

from underlabel.model import InputError

try:
    import fcntl
except ImportError:  # pragma: no cover - not on Windows, where two fetches of one file are not kept apart
    fcntl = None  # type: ignore[assignment]

_STATED: Final = 60
"""A Last-Modified this many seconds before the answer's own Date is taken for exact (RFC 9110, 8.8.2.2)."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What the bytes of a part are: of which address, which edition, how encoded, of how many (None: not stated)."""

    url: str
    etag: str = ""
    last_modified: str = ""
    exact: bool = False
    encoding: str = ""
    total: int | None = None

    @property
    def edition(self) -> str:
        """What If-Range may name: a strong ETag, or else an exact date; empty where there is neither."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified if self.exact and not self.etag else ""


class Part:
    """The part of one target: made by `Part.beside`."""

    def __init__(self, target: Path, file: BinaryIO) -> None:
        self.target = target
        self.path = _beside(target)
        self.size = file.seek(0, os.SEEK_END)
        self._file = file
        self._about = target.with_name(f"{target.name}.part.json")
        self._state = self._read()
        self._gone = False

    @classmethod
    @contextmanager
    def beside(cls, target: Path) -> Iterator[Self]:
        """Open the part of a target, for one fetch at a time; keep it afterwards where it can be gone on with.

        Errors: `InputError` where it cannot be written, or another fetch is at it.
        """
        with disk(target):
            file = _locked(_beside(target))
        try:
            part = cls(target, file)
            try:
                yield part
            finally:
                with disk(target):
                    part.leave()
        finally:
            file.close()

    def held(self, url: str) -> tuple[int, State] | None:
        """How many bytes of which edition are here to go on with; None where it must begin anew."""
        state = self._state
        if state is None or state.url != url or not state.edition or not self.size:
            return None
        if state.total is None:
            return self.size, state
        # of a part that is whole the last byte is asked again: an empty range cannot be asked for
        return (min(self.size, state.total - 1), state) if 1 < state.total >= self.size else None

    def begin(self, state: State) -> None:
        """Begin anew. The old bytes are gone before the new state stands."""
        self.forget()
        with disk(self.target):
            self._about.write_bytes(msgspec.json.encode(state))
        self._state = state

    def go_on(self, at: int) -> None:
        """Go on after so many bytes."""
        self._cut(at)

    def write(self, piece: bytes) -> None:
        """Add to the end. Errors: `InputError` where the disk does not take it."""
        with disk(self.target):
            self._file.write(piece)
        self.size += len(piece)

    def forget(self) -> None:
        """Drop every byte, and what they were."""
        self._cut(0)
        with disk(self.target):
            self._about.unlink(missing_ok=True)
        self._state = None

    def sync(self) -> None:
        """Force what is written to the disk."""
        with disk(self.target):
            self._file.flush()
            os.fsync(self._file.fileno())

    def place(self, ready: Path) -> None:
        """Rename a whole file, this part or one made from it, onto the target."""
        with disk(self.target):
            if fcntl is None:  # pragma: no cover - Windows renames no open file
                self._file.close()
            ready.replace(self.target)
            self._gone = ready == self.path
            _sync_folder(self.target.parent)
            self._about.unlink(missing_ok=True)
        self._state = None

    def leave(self) -> None:
        """Keep what can be gone on with, and nothing else."""
        if self._gone:  # by now the name may be another run's
            return
        if not self._file.closed:
            self._file.flush()
        if self._state is None or not self._state.edition or not self.size:
            self._about.unlink(missing_ok=True)
            self.path.unlink(missing_ok=True)

    def _cut(self, at: int) -> None:
        with disk(self.target):
            self._file.flush()
            self._file.truncate(at)
            self._file.seek(at)
            os.fsync(self._file.fileno())
        self.size = at

    def _read(self) -> State | None:
        try:
            return msgspec.json.decode(self._about.read_bytes(), type=State)
        except (OSError, msgspec.DecodeError):
            return None


def exact(age: float | None) -> bool:
    """Whether a date stated that many seconds before its answer names one edition and no other."""
    return age is not None and age >= _STATED


@contextmanager
def disk(target: Path) -> Iterator[None]:
    """Say what the disk refuses. Errors: `InputError`."""
    try:
        yield
    except OSError as error:
        raise InputError(
            f"the file cannot be written: {error.strerror or error}",
            where=str(target),
            hint="check the folder, its rights and the room on the disk",
        ) from error


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def _locked(path: Path) -> BinaryIO:
    """Open a part that no other fetch holds."""
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        file = os.fdopen(number, "r+b")
        if fcntl is None:  # pragma: no cover - Windows
            return file
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.close()
            raise InputError(
                "another run is fetching this file", where=str(path), hint="wait until it is done"
            ) from error
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()  # the other run renamed it in the meantime: this is no part any more


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # pragma: no cover - only POSIX opens a folder
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
