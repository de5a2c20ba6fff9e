"""Saved files: their bytes, and the text in them."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from underlabel.model import InputError, NoInputError

_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL: Final = bytes(set(range(32)) - {8, 9, 10, 12, 13, 27} | {127})
_CONTROL_SHARE: Final = 100
_MARKUP: Final = ("<!doctype html", "<html", "<?xml", "{\\rtf", "%pdf-")


def load(path: Path) -> bytes:
    """The bytes of a file.

    Errors: `NoInputError` where there is no file or nothing in it, `InputError` if it cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NoInputError("there is no such file", where=str(path), hint="check the path") from error
    except IsADirectoryError as error:
        raise NoInputError("it is a folder", where=str(path), hint="name one saved page or .jsonl file") from error
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})", where=str(path), hint="check its permissions"
        ) from error
    if not data.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf\xff\xfe"):
        raise NoInputError("the file is empty", where=str(path), hint="save the page again: there is no text in it")
    return data


def decode(data: bytes, where: str) -> str:
    """The text of bytes in UTF-8, or in UTF-16 with its mark.

    Errors: `InputError` where it is not text, is marked up, or is in another encoding (line and column named).
    """
    try:
        text = data.decode("utf-16" if data.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _undecodable(data, error, where) from error
    raw = text.encode("utf-8", "surrogatepass")
    unseen = len(raw) - len(raw.translate(None, delete=_CONTROL))
    if "\0" in text or unseen * _CONTROL_SHARE > len(raw):
        raise _no_text(where)
    if text.lstrip().lower().startswith(_MARKUP):
        raise InputError("this is markup, not plain text", where=where, hint="save the page as plain text")
    return text


def _undecodable(data: bytes, error: UnicodeDecodeError, where: str) -> InputError:
    head = data[:1024]
    if b"\0" in head or len(head.translate(None, delete=_CONTROL)) * _CONTROL_SHARE < len(head) * (_CONTROL_SHARE - 1):
        return _no_text(where)
    before = data[: error.start]
    row, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
    return InputError("this is not UTF-8", where=f"{where}:{row}:{column}", hint="save the file again as UTF-8")


def _no_text(where: str) -> InputError:
    return InputError("this is not a text file", where=where, hint="give a page saved as plain text, or a .jsonl file")
