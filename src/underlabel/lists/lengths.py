"""How long the texts of a record may be, and how many records a file: beyond that it is no list.

Without such bounds a file made to do harm would take hours of a pattern, or all memory there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from underlabel.model import InputError

NAME: Final = 1_000
"""The most letters of a name or a country; the longest official one, with an address in it, has 510."""

TEXT: Final = 8_000
"""The most letters of addresses, remarks or citations; the longest official ones have 3,354."""

MOST: Final = 500
"""The most names of one entry; the most official ones are 73."""


RECORDS: Final = 400_000
"""The most records of a file: six times those of the largest official one."""

LINE: Final = 1_000_000
"""The most letters of a line; the longest official ones have some 20,000."""


def count(records: int, where: str) -> None:
    """Nothing, for so many records as a list may have. Errors: `InputError` for more."""
    if records > RECORDS:
        raise InputError(
            f"the file holds more than {RECORDS} records", where=where, hint="is this the list's own file?"
        )


def check(names: Iterable[str], texts: Iterable[str | None]) -> None:
    """Nothing, for texts a record may have. Errors: `InputError` for one that is too long, or too many names."""
    told = tuple(names)
    if len(told) > MOST:
        raise InputError(f"the record has {len(told)} names", hint=f"no official record has more than {MOST}")
    if any(len(name) > NAME for name in told):
        raise InputError(f"a name or a country is longer than {NAME} letters", hint="look at the record")
    for text in texts:
        if text is not None and len(text) > TEXT:
            raise InputError(f"a text is longer than {TEXT} letters", hint="look at the record")
