"""Blocks of MAC addresses and their registered holders, from the registry a package keeps."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Final

from underlabel.model import Block, Dataset, Facts, FactsMissingError, Rejected

PACKAGE: Final = "pymanuf"
_FILE: Final = "pymanuf/manuf.txt"
_PLAIN: Final = re.compile(r"[0-9A-F]{2}:[0-9A-F]{2}:[0-9A-F]{2}")
_LONG: Final = re.compile(r"((?:[0-9A-F]{2}:){5}[0-9A-F]{2})/(28|36)")
_RAW_LENGTH: Final = 200
_VERSION: Final = re.compile(r"(\d{4})\.(0?[1-9]|1[0-2])(?:\.\d+)?")


def registry(path: Path | None = None, edition: date | None = None) -> Facts:
    """The MAC registry: every block with its prefix, length in bits (24, 28 or 36) and holder.

    Without a path it is the one in the package `pymanuf`, whose version names the month of its
    data; the file is read, the package is not imported. A line that is no block is a `Rejected`.
    Errors: `FactsMissingError` where the file is not there.
    """
    if path is None:
        path, edition = _packaged()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FactsMissingError(
            f"no MAC registry: {error.strerror or error}", where=str(path), hint=f"install the package {PACKAGE}"
        ) from error
    blocks, rejected = _blocks(path.name, data.decode("utf-8", "replace"))
    dataset = Dataset(
        id="ieee_oui",
        kind="registry",
        title="IEEE MAC address blocks",
        edition=edition,
        version=hashlib.sha256(data).hexdigest(),
        records=len(blocks),
        publisher=f"IEEE Registration Authority, as kept in {PACKAGE}",
        url="https://standards-oui.ieee.org/",
    )
    return Facts(dataset=dataset, blocks=tuple(blocks), rejected=tuple(rejected))


def edition_of(version: str) -> date | None:
    """The month a package version like "2026.10.1" names, as its first day; None where it names none."""
    found = _VERSION.fullmatch(version)
    return date(int(found[1]), int(found[2]), 1) if found else None


def _packaged() -> tuple[Path, date | None]:
    try:
        package = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError as error:
        raise FactsMissingError("no MAC registry", hint=f"install the package {PACKAGE}") from error
    return Path(str(package.locate_file(_FILE))), edition_of(package.version)


def _blocks(file: str, text: str) -> tuple[list[Block], list[Rejected]]:
    blocks: list[Block] = []
    rejected: list[Rejected] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        prefix, *names = line.split("\t")
        # a line is prefix, short name (may be empty), long name; or prefix and long name
        holder = names[-1].strip() if names else ""
        block = _block(prefix.strip().upper(), holder) if holder else None
        if block is not None:
            blocks.append(block)
        else:
            rejected.append(
                Rejected(
                    reason="this line is no block of MAC addresses",
                    hint="a line reads: 44:19:B6, a tab, a tab, the holder",
                    where=f"{file}:{number}",
                    dataset="ieee_oui",
                    raw=line[:_RAW_LENGTH],
                )
            )
    return blocks, rejected


def _block(prefix: str, holder: str) -> Block | None:
    if _PLAIN.fullmatch(prefix):
        return Block(prefix.replace(":", ""), 24, holder)
    found = _LONG.fullmatch(prefix)
    if found is None:
        return None
    bits = int(found[2])
    return Block(found[1].replace(":", "")[: bits // 4], bits, holder)
