"""Standard output and error: what is printed goes there, also when nobody reads on."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from typing import Final, TextIO

# Signs that steer a terminal; a name in a file must not.
_STEERING: Final = {
    sign: "\ufffd" for sign in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F)) if sign not in (0x09, 0x0A)
}


def out(texts: Iterable[str]) -> None:
    """Write to standard output; a reader that goes away (`| head`) ends it silently.

    Errors: `OSError` on a full disk.
    """
    _write(sys.stdout, texts)


def note(text: str) -> None:
    """Say something about the run on standard error, away from the data."""
    _write(sys.stderr, (f"{clean(text)}\n",))


def clean(text: str) -> str:
    """The text without signs that steer a terminal."""
    return text.translate(_STEERING)


def quiet(stream: TextIO) -> None:
    """Let what is still to come of a stream go nowhere, so that closing it at exit says nothing either."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _write(stream: TextIO, texts: Iterable[str]) -> None:
    try:
        stream.writelines(texts)
        stream.flush()
    except BrokenPipeError:
        quiet(stream)
