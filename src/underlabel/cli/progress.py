"""How far a fetch is, on standard error: a line that counts on a terminal, a note where something went wrong."""

from __future__ import annotations

import sys

from underlabel import fetch
from underlabel.cli.streams import clean, note

_MB = 1_000_000


def told(where: fetch.Progress) -> None:
    """Tell of a piece that came, or of a failure."""
    if where.note:
        note(f"{where.url}: {where.note}")
    elif sys.stderr.isatty():
        total = f" of {where.total / _MB:.1f}" if where.total else ""
        end = "\n" if where.total and where.received >= where.total else ""
        text = clean(f"{where.url}: {where.received / _MB:.1f}{total} MB")
        sys.stderr.write(f"\r\033[K{text}{end}")
        sys.stderr.flush()
