"""The text of OFAC's files, refused where it was decoded wrongly on its way here."""

from __future__ import annotations

import re
from typing import Final

from underlabel.model import InputError

_NO_LETTER: Final = re.compile("[\x80-\x9f]")
_SPOILED: Final = re.compile(
    "\ufffd|[\u00c2\u00c3][\u0080-\u00bf\u20ac\u0152\u0153\u0160\u0161\u017d\u017e\u2013-\u203a]"
)
"""What is left where a letter was lost, or where UTF-8 was read as Latin-1 or Windows-1252 and saved again."""

_HINT: Final = "fetch OFAC's own file again, and save it as it comes"


def decode(content: bytes, where: str) -> str:
    """The text of a CSV file: UTF-8, or else Latin-1.

    Errors: `InputError`, with the line, where it is neither, or holds letters that were spoiled before.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
        stray = _NO_LETTER.search(text)
        if stray:
            what = f"this is neither UTF-8 nor Latin-1: byte 0x{ord(stray[0]):02X} is no letter"
            raise InputError(what, where=_place(text, stray, where), hint=_HINT) from None
    unspoiled(text, where)
    return text


def unspoiled(text: str, where: str) -> None:
    """Nothing, for sound text. Errors: `InputError`, with the line, where letters in it are spoiled."""
    found = None if text.isascii() else _SPOILED.search(text)
    if found:
        what = f"letters were spoiled by a wrong encoding: '{text[max(0, found.start() - 12) : found.end() + 6]}'"
        raise InputError(" ".join(what.split()), where=_place(text, found, where), hint=_HINT)


def _place(text: str, found: re.Match[str], where: str) -> str:
    line = text.count("\n", 0, found.start())
    column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
    return f"{where}:{line + 1}:{column + 1}"
