"""Editions as they were read, kept beside the snapshots: what the next snapshot is built from."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec

from underlabel.model import Facts, InputError
from underlabel.store import disk

_FORM: Final = 1
"""Raised whenever the kept form of facts changes."""
_LEVEL: Final = 1
_LONGEST: Final = 120
"""A file name may have 255 bytes; a longer id is cut, and told apart by its digest."""
_NOT_WORD: Final = re.compile(r"\W")


class _Kept(msgspec.Struct):
    form: int
    facts: Facts


def named(facts: Facts) -> str:
    """The name an edition is kept by: list, day and content ("us_ofac_sdn/2024-05-03-9f2c…")."""
    about = facts.dataset
    return f"{_folder(about.id)}/{about.edition or 'undated'}-{_NOT_WORD.sub('', about.version)[:16]}"


def keep(folder: Path, facts: Facts) -> str:
    """Keep an edition in `folder` and return its name. Errors: `InputError` where the disk refuses."""
    path = _path(folder, named(facts))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.replace(path, gzip.compress(msgspec.json.encode(_Kept(_FORM, facts)), _LEVEL, mtime=0))
    except OSError as error:
        raise InputError(
            f"the edition cannot be kept: {error.strerror}",
            where=str(folder),
            hint="free some space, or name another folder with --home",
        ) from error
    return named(facts)


def kept(folder: Path, edition: str) -> Facts:
    """An edition by its name. Errors: `InputError` where it is not kept here, or damaged."""
    try:
        held = msgspec.json.decode(gzip.decompress(_path(folder, edition).read_bytes()), type=_Kept)
    except (OSError, EOFError, zlib.error, msgspec.DecodeError) as error:
        raise _lost(folder, edition) from error
    if held.form != _FORM:
        raise _lost(folder, edition)
    return held.facts


def _lost(folder: Path, edition: str) -> InputError:
    return InputError(
        f"the edition '{edition}' is not kept here, or is damaged",
        where=str(folder),
        hint="add its file again: underlabel lists add FILE --as NAME --date DAY",
    )


def _folder(dataset: str) -> str:
    """The name of a dataset's folder: never "..", empty or too long, whatever a user's file is called."""
    quoted = quote(dataset, safe="")
    if not quoted.strip("."):
        return quoted.replace(".", "%2E") or "%"
    if len(quoted) <= _LONGEST:
        return quoted
    return f"{quoted[:_LONGEST]}-{hashlib.sha256(dataset.encode()).hexdigest()[:16]}"


def _path(folder: Path, edition: str) -> Path:
    return folder / f"{edition}.json.gz"
