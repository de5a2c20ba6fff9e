"""A file in its place: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from underlabel.model import InputError


@contextlib.contextmanager
def placed(path: Path, *, binary: bool = False) -> Iterator[IO[Any]]:
    """A file to write into, put at `path` when all is written.

    Written beside the target and renamed into place: a reader sees the old file or the new one, whole. What is
    no ordinary file (a pipe, /dev/null) is written into as it is. Text is UTF-8.
    Errors: `InputError` where the file cannot be written.
    """
    special = path.exists() and not path.is_file() and not path.is_dir()
    target = path if special else Path(os.path.realpath(path))
    beside = path if special else target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        with _opened(beside, "w" if special else "x", binary=binary) as file:
            yield file
            file.flush()
            if not special:
                os.fsync(file.fileno())
        if not special:
            beside.replace(target)
    except OSError as error:
        if special and isinstance(error, BrokenPipeError):
            return  # the reader of the pipe went away
        raise InputError(
            f"cannot be written: {error.strerror or error}", where=str(path), hint=_hint(target)
        ) from error
    finally:
        if not special:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _opened(path: Path, mode: str, *, binary: bool) -> IO[Any]:
    if binary:
        return path.open(f"{mode}b")
    # Halves of surrogate pairs, which UTF-8 cannot hold, stay visible as \udc80; in JSON that is their escape.
    return path.open(mode, encoding="utf-8", errors="backslashreplace", newline="")


def _hint(target: Path) -> str:
    if target.is_dir():
        return "name a file in that folder"
    if not target.parent.is_dir():
        return f"make the folder first: mkdir -p '{target.parent}'"
    return "choose a folder you may write to, with room left on the disk"
