"""An index on disk: `.npy` files opened without pickle, and one JSON file that vouches for them."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from underlabel.model import InputError

_MANIFEST: Final = "index.json"
_HINT: Final = "build it again from the names: match.build(...), then save"

Arrays = dict[str, npt.NDArray[Any]]


class _File(msgspec.Struct, frozen=True):
    """A file as it was written: bytes and SHA-256, and the type and length of its array."""

    size: int
    digest: str
    kind: str
    shape: tuple[int, ...]


class _Manifest(msgspec.Struct, frozen=True):
    about: msgspec.Raw
    files: dict[str, _File]


def write(folder: Path, about: bytes, arrays: Arrays) -> None:
    """Write all files beside `folder`, then rename; a crash leaves the old index whole or none."""
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    files = {}
    for name, part in arrays.items():
        path = beside / f"{name}.npy"
        np.save(path, part, allow_pickle=False)
        files[name] = _File(path.stat().st_size, _digest(path), part.dtype.str, part.shape)
    (beside / _MANIFEST).write_bytes(msgspec.json.encode(_Manifest(msgspec.Raw(about), files)))
    if folder.exists():
        shutil.rmtree(folder)
    beside.rename(folder)


def read(folder: Path) -> tuple[bytes, Arrays]:
    """The bytes the index says of itself, and its arrays, memory-mapped.

    Errors: `InputError` if a file is missing, or has not the size, type and shape it was written
    with. The bytes themselves are not read: `verify` does that.
    """
    try:
        manifest = _manifest(folder)
        return bytes(manifest.about), {name: _open(folder, name, file) for name, file in manifest.files.items()}
    except (OSError, ValueError) as error:
        raise unusable(folder, f"cannot be read ({error})") from error


def verify(folder: Path) -> int:
    """How many files an index has, each byte as it was written. Errors: `InputError` for the first that is not."""
    try:
        files = _manifest(folder).files
        for name, file in files.items():
            if _digest(_path(folder, name)) != file.digest:
                raise _damaged(folder, name)
    except (OSError, ValueError) as error:
        raise unusable(folder, f"cannot be read ({error})") from error
    return len(files)


def unusable(folder: Path, why: str) -> InputError:
    """The error that tells the caller to build the index again."""
    return InputError(f"the name index {why}", where=str(folder), hint=_HINT)


def _manifest(folder: Path) -> _Manifest:
    return msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=_Manifest)


def _open(folder: Path, name: str, file: _File) -> npt.NDArray[Any]:
    path = _path(folder, name)
    if path.stat().st_size != file.size:
        raise _damaged(folder, name)
    # An empty array cannot be mapped.
    mapped = np.load(path, mmap_mode="r" if 0 not in file.shape else None, allow_pickle=False)
    if mapped.dtype.str != file.kind or mapped.shape != file.shape:
        raise _damaged(folder, name)
    # A plain view: numpy is slower on its own class for mapped files.
    plain: npt.NDArray[Any] = mapped.view(np.ndarray)
    return plain


def _path(folder: Path, name: str) -> Path:
    """The file of an array; a name that a damaged manifest made up leads nowhere else."""
    return folder / f"{Path(name).name}.npy"


def _damaged(folder: Path, name: str) -> InputError:
    return unusable(folder, f"is damaged: {name}.npy has changed since it was written")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
