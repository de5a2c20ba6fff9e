"""Files as they come: unpacked in bounded memory, and refused early when they are no list at all."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from underlabel.lists.registry import ListInfo
from underlabel.model import InputError, NoInputError

LIMIT: Final = 300 * 1024 * 1024
"""The most bytes one unpacked file may hold; the largest official list is a third of it."""

_MOST_COMMAS: Final = 10_000_000
"""The most commas of a JSON file: several times those of the largest official one."""

_GZIP: Final = b"\x1f\x8b"
_FOREIGN: Final = (
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_PAGE: Final = re.compile(rb"<!doctype html|<html", re.IGNORECASE)
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]{1,1000}")
_LOOKED_AT: Final = 1_000
"""So many pieces of text beyond ASCII tell whether a file was decoded wrongly on its way."""

_DAY_IN_NAME: Final = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a list, unpacked: what every reader is given.

    `form` is json, xml, html or text. A list that `streams` comes without content and version.

    `edition` is the day the user says the file speaks of, or the one in its name. `version` is
    the SHA-256 of the unpacked bytes, so that `x.json` and `x.json.gz` are one edition.
    """

    path: Path
    info: ListInfo
    content: bytes
    version: str
    form: str = "text"
    edition: date | None = None
    accept_small: bool = False

    @property
    def where(self) -> str:
        """The file's name, as errors print it."""
        return self.path.name


def unpack(path: Path) -> bytes:
    """The bytes of a file, a `.gz` unpacked.

    Errors: `NoInputError` where there is no file, a folder, or nothing in it; `InputError` for a cut-off or
    broken gzip, a file beyond `LIMIT`, and bytes that are plainly no list.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)  # once: a pipe gives its bytes only once
        if content.startswith(_GZIP):
            content = gzip.GzipFile(fileobj=io.BytesIO(content)).read(LIMIT + 1)
    except FileNotFoundError as error:
        raise NoInputError("there is no such file", where=str(path), hint="check the path") from error
    except IsADirectoryError as error:
        raise NoInputError("is a folder", where=str(path), hint="give one file of the list") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError("the gzip is cut off or broken", where=path.name, hint="fetch the file again") from error
    except OSError as error:
        raise InputError(
            f"the file cannot be read: {error.strerror}", where=str(path), hint="check its rights"
        ) from error
    if not content.strip():
        raise NoInputError("the file is empty", where=path.name, hint="fetch the file again; no list is ever empty")
    if len(content) > LIMIT:
        raise InputError(
            f"the file unpacks to more than {LIMIT} bytes", where=path.name, hint="is this the right file?"
        )
    _refuse(content, path.name)
    if form_of(content) == "json" and content.count(b",") > _MOST_COMMAS:
        raise InputError("the file holds more values than any list", where=path.name, hint="is this the right file?")
    return content


def form_of(content: bytes) -> str:
    """The form of a file by how it begins: json, xml, html or text."""
    start = content[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return "json"
    if start[:1] != b"<":
        return "text"
    return "html" if _PAGE.search(start) else "xml"


def digest(*contents: bytes) -> str:
    """SHA-256 of one file's bytes; of several, that of their digests in order."""
    if len(contents) == 1:
        return hashlib.sha256(contents[0]).hexdigest()
    return hashlib.sha256("".join(digest(content) for content in contents).encode()).hexdigest()


def text(content: bytes) -> str:
    """Bytes as text: UTF-8, or else Latin-1, as official files are one or the other."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def day_in_name(path: Path) -> date | None:
    """The day a file's own name carries ("sdn-2021-08-18.csv.gz"), if it carries just one."""
    days = _DAY_IN_NAME.findall(path.name)
    try:
        return date.fromisoformat(days[0]) if len(days) == 1 else None
    except ValueError:
        return None


def _refuse(content: bytes, where: str) -> None:
    for start, what in _FOREIGN:
        if content.startswith(start):
            raise InputError(f"this is {what}, not a list", where=where, hint="give the list's own file, in UTF-8")
    if b"\0" in content:
        raise InputError("this is not text: it holds NUL bytes", where=where, hint="save it as UTF-8")
    pieces = list(islice(_NOT_ASCII.finditer(content), _LOOKED_AT))
    spoiled = [piece for piece in pieces if _spoiled(piece[0])]
    if len(spoiled) * 2 > len(pieces):
        before = content[: spoiled[0].start()].split(b"\n")
        raise InputError(
            f"letters were spoiled by a wrong encoding: '{spoiled[0][0].decode()[:20]}' and {len(spoiled) - 1} more",
            where=f"{where}:{len(before)}:{len(before[-1]) + 1}",
            hint="fetch the list's own file again, and save it as it comes",
        )


def _spoiled(piece: bytes) -> bool:
    """Whether a piece is UTF-8 that was taken for Latin-1 or Windows-1252, and saved as UTF-8 once more ("Ã©")."""
    for encoding in ("latin-1", "cp1252"):
        try:
            piece.decode().encode(encoding).decode()
        except UnicodeError:
            continue
        return True
    return False
