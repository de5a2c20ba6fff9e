"""FollowTheMoney files as they come: line by line in bounded memory, their digest taken on the way."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

import msgspec

from underlabel.model import InputError, NoInputError

LONGEST: Final = 16 * 1024 * 1024
"""The most bytes one entity may take; the largest of public files take less than one million."""

MOST: Final = 8 * 1024 * 1024 * 1024
"""The most bytes one unpacked file may hold: more than twice the largest public one."""

_GZIP: Final = b"\x1f\x8b"
_STEP: Final = 1024 * 1024
_RAW: Final = 200


class Line(msgspec.Struct, frozen=True):
    """One line that is not blank: its place ("file:3"), its bytes, and what makes it unreadable, if anything does."""

    where: str
    raw: bytes
    problem: str = ""


class Lines:
    """The lines of a file, plain or `.gz`; once they were all given, `version` is the digest of the unpacked bytes."""

    def __init__(self, path: Path) -> None:
        """Nothing is read before the first line is asked for."""
        self.path = path
        self._digest = hashlib.sha256()
        self._size = 0

    @property
    def version(self) -> str:
        """SHA-256 of what was read so far."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[Line]:
        """Give each line with its place.

        Errors: `NoInputError` where there is no file or nothing in it; `InputError` for a cut-off or broken
        gzip, more than `MOST` bytes, and a first line beyond `LONGEST`, which is no file of this form.
        """
        try:
            with self.path.open("rb") as file:
                plain = file if file.peek(2)[:2] != _GZIP else io.BufferedReader(gzip.GzipFile(fileobj=file), _STEP)
                yield from self._lines(cast("BinaryIO", plain))
        except FileNotFoundError as error:
            raise NoInputError("there is no such file", where=str(self.path), hint="check the path") from error
        except IsADirectoryError as error:
            raise NoInputError("is a folder", where=str(self.path), hint="give one file") from error
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            hint = "fetch the file again"
            raise InputError("the gzip is cut off or broken", where=self.path.name, hint=hint) from error
        except OSError as error:
            what = f"the file cannot be read: {error.strerror}"
            raise InputError(what, where=str(self.path), hint="check its rights") from error

    def _lines(self, file: BinaryIO) -> Iterator[Line]:
        number = found = 0
        while raw := self._read(file, LONGEST + 1):
            number += 1
            where = f"{self.path.name}:{number}"
            if len(raw) > LONGEST:
                if number == 1:
                    raise InputError(
                        f"the first line is longer than {LONGEST} bytes", where=where, hint="give one entity per line"
                    )
                yield Line(where, raw[:_RAW], f"the line is longer than {LONGEST} bytes")
                while not raw.endswith(b"\n") and raw:
                    raw = self._read(file, _STEP)
                continue
            text = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            if text.strip():
                found += 1
                yield Line(where, text, "the line holds NUL bytes" if b"\0" in text else "")
        if not found:
            raise NoInputError("the file is empty", where=self.path.name, hint="fetch the file again")

    def _read(self, file: BinaryIO, most: int) -> bytes:
        raw = file.readline(most)
        self._digest.update(raw)
        self._size += len(raw)
        if self._size > MOST:
            what = f"the file unpacks to more than {MOST} bytes"
            raise InputError(what, where=self.path.name, hint="is this the right file?")
        return raw
