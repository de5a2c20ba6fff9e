"""An index on disk: `.npy` files opened without pickle, and one JSON file that vouches for them."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel.match.strings import Strings
from underlabel.model import InputError

_MANIFEST: Final = "index.json"
_HINT: Final = "build it again from the names: match.build(...), then save"

Arrays = dict[str, npt.NDArray[Any]]


class _Manifest(msgspec.Struct, frozen=True):
    about: msgspec.Raw
    files: dict[str, str]


def write(folder: Path, about: bytes, arrays: Arrays, texts: dict[str, Strings]) -> None:
    """Write all files beside `folder`, then rename; a crash leaves the old index whole or none."""
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    parts = dict(arrays)
    for name, strings in texts.items():
        parts[f"{name}.data"], parts[f"{name}.ends"] = strings.data, strings.ends
    for name, part in parts.items():
        np.save(beside / f"{name}.npy", part, allow_pickle=False)
    files = {f"{name}.npy": _digest(beside / f"{name}.npy") for name in parts}
    manifest = msgspec.json.encode(_Manifest(msgspec.Raw(about), files))
    (beside / _MANIFEST).write_bytes(manifest)
    if folder.exists():
        shutil.rmtree(folder)
    beside.rename(folder)


def read(folder: Path, arrays: Sequence[str], texts: Sequence[str]) -> tuple[bytes, Arrays, dict[str, Strings]]:
    """The bytes the index says of itself, its arrays and its texts, memory-mapped.

    Errors: `InputError` if a file is missing or is not, byte for byte, the one that was written.
    """
    try:
        manifest = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=_Manifest)
        parts = {name: _open(folder, name, manifest) for name in arrays}
        strings = {
            name: Strings(_open(folder, f"{name}.data", manifest), _open(folder, f"{name}.ends", manifest))
            for name in texts
        }
    except (OSError, ValueError, KeyError) as error:
        raise unusable(folder, f"cannot be read ({error})") from error
    return bytes(manifest.about), parts, strings


def unusable(folder: Path, why: str) -> InputError:
    """The error that tells the caller to build the index again."""
    return InputError(f"the name index {why}", where=str(folder), hint=_HINT)


def _open(folder: Path, name: str, manifest: _Manifest) -> npt.NDArray[Any]:
    path = folder / f"{name}.npy"
    if manifest.files[path.name] != _digest(path):
        raise unusable(folder, f"is damaged: {path.name} has changed since it was written")
    # An empty array cannot be mapped.
    opened: npt.NDArray[Any] = np.load(path, allow_pickle=False)
    return np.load(path, mmap_mode="r", allow_pickle=False) if opened.size else opened


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
