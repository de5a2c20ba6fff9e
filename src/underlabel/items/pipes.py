"""Pipes: read once into a file of their own, since reading an inventory opens it more than once."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from underlabel.items import limits
from underlabel.model import InputError, NoInputError

STDIN: Final = Path("-")
_CHUNK: Final = 1 << 20


@contextmanager
def settled(path: Path) -> Iterator[Path]:
    """A path that can be opened again and again: `path` itself, or a copy of what a pipe gave.

    "-" is the standard input. The copy is taken away at the end; errors name the pipe. Errors:
    `InputError` for a pipe that gives more than `limits.PIPE` bytes, or that cannot be read.
    """
    if path != STDIN and not _is_pipe(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="underlabel-") as folder:
        copy = Path(folder) / ("stdin" if path == STDIN else path.name)
        _copy(path, copy)
        try:
            yield copy
        except (InputError, NoInputError) as error:
            where = error.where.replace(str(copy), _named(path))
            raise type(error)(error.what, where=where, hint=error.hint) from error


def _is_pipe(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # opening it says why
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _named(path: Path) -> str:
    return "stdin" if path == STDIN else str(path)


def _copy(path: Path, copy: Path) -> None:
    try:
        with copy.open("wb") as target:
            if path == STDIN:
                _pour(sys.stdin.buffer, target, path)
            else:
                with path.open("rb") as source:
                    _pour(source, target, path)
    except OSError as error:
        raise InputError(
            f"the pipe cannot be read: {error.strerror or os.strerror(error.errno or 0)}",
            where=_named(path),
            hint="save what it gives to a file, and give that",
        ) from error


def _pour(source: BinaryIO, target: BinaryIO, path: Path) -> None:
    left = limits.PIPE
    while chunk := source.read(min(_CHUNK, left + 1)):
        left -= len(chunk)
        if left < 0:
            raise InputError(
                f"the pipe gives more than {limits.PIPE:,} bytes",
                where=_named(path),
                hint="save what it gives to a file, and give that",
            )
        target.write(chunk)
