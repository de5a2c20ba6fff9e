"""A file of this computer, named by a file:// address: copied, so that what was read stays as it was."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final
from urllib.parse import unquote, urlsplit

from underlabel.fetch.errand import AddressFailedError, Errand
from underlabel.fetch.finish import Body, finish
from underlabel.fetch.part import Part, State
from underlabel.fetch.terms import Fetched, Unchanged

_STEP: Final = 1024 * 1024
_DRIVE: Final = re.compile(r"/[A-Za-z]:")


def copied(errand: Errand, part: Part) -> Fetched | Unchanged:
    """Copy a file; the one seen before is told by its content.

    Errors: `AddressFailedError` where it cannot be read, is no regular file, is beyond the bound, or changes meanwhile.
    """
    with _opened(errand.url) as file:
        before = os.fstat(file.fileno())
        if before.st_size > errand.bounds.most:
            raise AddressFailedError(
                f"the file holds {before.st_size} bytes, more than {errand.bounds.most}", "raise the bound"
            )
        part.begin(State(url=errand.url, total=before.st_size))
        for piece in _pieces(file):
            part.write(piece)
            errand.tell(received=part.size, total=before.st_size)
            if part.size > before.st_size:
                break
        after = os.fstat(file.fileno())
    if (part.size, after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
        part.forget()
        raise AddressFailedError("the file changes while it is read", "try again when it is whole")
    return finish(errand, part, Body(url=errand.url))


@contextmanager
def _opened(url: str) -> Iterator[BinaryIO]:
    path = unquote(urlsplit(url).path)
    if _DRIVE.match(path):
        path = path[1:]
    try:
        # a pipe would wait for its writer
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise AddressFailedError("this is no regular file", "name a file")
    with os.fdopen(number, "rb") as file:
        yield file


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    try:
        while piece := file.read(_STEP):
            yield piece
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError | ValueError) -> AddressFailedError:
    return AddressFailedError(f"the file cannot be read: {getattr(error, 'strerror', None) or error}", "check the path")
