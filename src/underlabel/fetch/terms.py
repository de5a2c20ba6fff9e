"""How far a fetch may go, what it tells on its way, and what it brings."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

MIB = 1024 * 1024


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """How far a fetch may go, and what it may bring.

    `connect` and `read` are the seconds to wait for a connection and for the next bytes; `seconds` those for one
    address as a whole, waits between tries included. A body slower than `slowest` bytes a second over `read`
    seconds counts as failed. `most` is the bytes of the file at the end, `most_sent` those on the wire.

    An address is given up after `tries` failures in a row that brought no new byte; no wait between two
    tries is longer than `patience` seconds. `forms` are the forms of file expected, as `Fetched.form` names
    them; empty is any. With `private` a host that the caller names may stand on a private address; a host that only a
    redirect names may not.
    """

    connect: float = 10.0
    read: float = 30.0
    seconds: float = 900.0
    slowest: int = 1024
    most: int = 300 * MIB
    most_sent: int = 300 * MIB
    tries: int = 4
    patience: float = 120.0
    private: bool = False
    forms: tuple[str, ...] = ()


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What tells an edition from the next: to be kept by the caller, and handed back when asking again.

    `url` is the address that was asked; `etag` and `last_modified` are as its server stated them, or empty.
    `sha256` and `size` are of the file.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    size: int = 0


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a fetch is: bytes on the wire so far and in all (None: not stated), or a `note` on what happened."""

    url: str
    received: int = 0
    total: int | None = None
    note: str = ""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A file fetched whole to `path`.

    `asked` is the address of those given that answered, `url` where redirects led from it. `form` is json, xml, html,
    text, zip, pdf, office, image, binary or empty, told by its first bytes (of a gzip: those inside).
    `content_type` is what the server called it. `failures` are the addresses tried before, each with its
    reason. `framed` is false where the server stated no length, so that a cut-off cannot be noticed.
    """

    path: Path
    asked: str
    url: str
    form: str
    size: int
    validators: Validators
    content_type: str = ""
    failures: tuple[str, ...] = ()
    framed: bool = True


class Unchanged(msgspec.Struct, frozen=True, kw_only=True):
    """The file is still the one `seen` describes: nothing was written. `why` says how that is known."""

    asked: str
    validators: Validators
    why: str
    failures: tuple[str, ...] = ()


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """Time and chance, as tests fake them.

    `now` is in seconds from any start and never goes back, `today` in seconds since 1970; `chance` is from 0 to 1.
    """

    now: Callable[[], float] = time.monotonic
    today: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


Told = Callable[[Progress], None]
