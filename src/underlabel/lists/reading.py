"""One list file in, its facts out: which reader, which edition, and what became of each record."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path
from typing import Final, Protocol, cast

from underlabel.lists.gather import Tally
from underlabel.lists.opening import Opened, day_in_name, digest, form_of, unpack
from underlabel.lists.registry import ListInfo, known, resolve
from underlabel.model import Facts, InputError, UnderlabelError, UsageError

_WORDS: Final = {"json": "JSON", "xml": "XML", "html": "a web page", "text": "plain text or CSV"}


class _Reader(Protocol):
    def read(self, opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
        """Read a file of the list this module is for."""


def read(path: Path, list_id: str, edition: date | None = None, *, accept_small: bool = False) -> Facts:
    """Read an official list from a file, plain or `.gz`.

    `list_id` is our id or an alias; `edition` the day the file speaks of (else the day in its
    name, or the one it states). Errors: `UsageError` for a list without a reader; `NoInputError`
    for a missing or empty file; `InputError` for one that is not this list, is cut off, or holds
    far fewer records than it should, unless `accept_small`. A broken record is a `Rejected`.
    """
    return read_accounted(path, list_id, edition, accept_small=accept_small)[0]


def read_accounted(
    path: Path, list_id: str, edition: date | None = None, *, accept_small: bool = False
) -> tuple[Facts, tuple[Tally, ...]]:
    """As `read`, and with it what became of every record, file by file."""
    info = known(readable=False)[resolve(list_id)]
    content = b"" if info.streams else unpack(path)
    form = "text" if info.streams else form_of(content)
    if form not in info.forms:
        raise _unreadable(path, info, form)
    opened = Opened(
        path=path,
        info=info,
        content=content,
        version=digest(content),
        form=form,
        edition=edition or day_in_name(path),
        accept_small=accept_small,
    )
    # The reader is loaded when it is used, by the name its data file gives: the door stays light.
    reader = cast("_Reader", importlib.import_module(f"underlabel.lists.readers.{info.forms[form]}"))
    return reader.read(opened)


def _unreadable(path: Path, info: ListInfo, form: str) -> UnderlabelError:
    if not info.forms:
        return UsageError(f"there is no reader for {info.id} yet", hint=f"lists that can be read: {', '.join(known())}")
    return InputError(
        f"this is {_WORDS[form]}; {info.id} is read from {' or '.join(_WORDS[one] for one in info.forms)}",
        where=path.name,
        hint=f"fetch the list's own file: {info.url}",
    )
