"""What is on the disk stays there: files and folders forced out before a rename makes them count."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

BESIDE: Final = "-[0-9]*"
"""How the names of files end that `replace` was killed over; they begin with a dot and the file's own name."""


def settle(folder: Path, *, deep: bool = True) -> None:
    """Force a folder to the disk, and with `deep` every file below it. Errors: `OSError`."""
    for path in sorted(folder.rglob("*")) if deep else ():
        _sync(path)
    _sync(folder)


def replace(path: Path, content: bytes) -> None:
    """Write a file beside `path`, force it out and rename it into place: it is the old one or the new one, whole."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        beside.write_bytes(content)
        _sync(beside)
        beside.replace(path)
        _sync(path.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    if os.name != "posix" and path.is_dir():  # only POSIX opens a folder
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
