"""From a whole body to a whole file: unpacked within bounds, of the form expected, hashed, renamed into place."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from underlabel.fetch import sniff
from underlabel.fetch.errand import AddressFailedError, Errand, PassingError
from underlabel.fetch.part import Part, disk
from underlabel.fetch.terms import Fetched, Unchanged, Validators

_STEP: Final = 64 * 1024
_MEMBERS: Final = 10_000
_EITHER: Final = 47  # zlib: gzip or deflate, told by the header
_BIG: Final = "raise the bound, or check the address"


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A body that has come whole: from where, called what, encoded how, and of which edition."""

    url: str
    content_type: str = ""
    encoding: str = ""
    etag: str = ""
    last_modified: str = ""
    framed: bool = True


class _Taken(msgspec.Struct, frozen=True):
    """What one pass over the file at the end tells."""

    sha256: str
    size: int
    head: bytes


def finish(errand: Errand, part: Part, body: Body) -> Fetched | Unchanged:
    """Put the file in its place, or say that it is still the one seen.

    Errors: `AddressFailedError` where it unpacks beyond the bound, is damaged, or is of no form expected: nothing
    is kept of it then; `PassingError` where its gzip is cut off.
    """
    part.sync()
    unpacked = part.target.with_name(f"{part.target.name}.unpacked")
    try:
        ready, taken = _ready(errand, part, body, unpacked)
        content_type = sniff.media(body.content_type)
        form = sniff.form_of(taken.head, content_type)
        _expect(errand.bounds.forms, form, content_type)
        validators = Validators(
            url=errand.url, etag=body.etag, last_modified=body.last_modified, sha256=taken.sha256, size=taken.size
        )
        if errand.seen is not None and errand.seen.sha256 == taken.sha256:
            part.forget()
            return Unchanged(asked=errand.url, validators=validators, why="the file has the same content")
        part.place(ready)
    except AddressFailedError:
        part.forget()
        raise
    finally:
        with disk(part.target):
            unpacked.unlink(missing_ok=True)
    return Fetched(
        path=part.target,
        asked=errand.url,
        url=body.url,
        form=form,
        size=taken.size,
        validators=validators,
        content_type=content_type,
        framed=body.framed,
    )


def _ready(errand: Errand, part: Part, body: Body, unpacked: Path) -> tuple[Path, _Taken]:
    """The file to be renamed, and what it holds."""
    with disk(part.target), part.path.open("rb") as file:
        if not body.encoding:
            return part.path, _take(iter(lambda: file.read(_STEP), b""), None, errand.bounds.most)
        with unpacked.open("wb") as into:
            taken = _take(_inflated(file), into, errand.bounds.most)
            into.flush()
            os.fsync(into.fileno())
    return unpacked, taken


def _take(pieces: Iterator[bytes], into: BinaryIO | None, most: int) -> _Taken:
    digest, size, head = hashlib.sha256(), 0, b""
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise AddressFailedError(f"the file holds more than {most} bytes", _BIG)
        digest.update(piece)
        if len(head) < sniff.HEAD:
            head += piece[: sniff.HEAD - len(head)]
        if into is not None:
            into.write(piece)
    return _Taken(digest.hexdigest(), size, head)


def _inflated(file: BinaryIO) -> Iterator[bytes]:
    """Unpack gzip (of several members too) or deflate, never more than a step at once."""
    unpacker, members = zlib.decompressobj(_EITHER), 1
    try:
        while piece := file.read(_STEP):
            while piece:
                if unpacker.eof:
                    piece = piece.lstrip(b"\0")  # zeros may fill up a block
                    if not piece:
                        break
                    unpacker, members = zlib.decompressobj(_EITHER), members + 1
                    if members > _MEMBERS:
                        raise AddressFailedError(f"the gzip has more than {_MEMBERS} members")
                yield unpacker.decompress(piece, _STEP)
                piece = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    except zlib.error as error:
        raise AddressFailedError("the gzip is damaged") from error
    if not unpacker.eof:
        raise PassingError("the gzip is cut off")


def _expect(forms: tuple[str, ...], form: str, content_type: str) -> None:
    if forms and form not in forms:
        called = f", which the server calls {content_type}" if content_type else ""
        raise AddressFailedError(
            f"expected {' or '.join(forms)}, and this is {form}{called}", "open the address in a browser to see why"
        )
