"""What a file is, by its content: names of files are often wrong."""

from __future__ import annotations

import codecs
import gzip
import zipfile
import zlib
from pathlib import Path
from typing import Final, Literal

import msgspec

from underlabel.model import InputError, NoInputError

Form = Literal["text", "json", "jsonl", "xlsx", "xls", "ods"]

_HEAD: Final = 1 << 16
_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_OLE2: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_EXPORT: Final = "export it as CSV (UTF-8) or .xlsx and give that file"
_OTHERS: Final = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "an image, sound or film"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)
_SUFFIXES: Final[dict[Form, tuple[str, ...]]] = {
    "xlsx": (".xlsx", ".xlsm"),
    "xls": (".xls",),
    "ods": (".ods",),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson", ".json"),
    "text": (".csv", ".tsv", ".tab", ".txt", ".psv", ""),
}
_WORDS: Final[dict[Form, str]] = {
    "xlsx": "an .xlsx workbook",
    "xls": "an .xls workbook",
    "ods": "an .ods workbook",
    "json": "JSON",
    "jsonl": "JSON Lines",
    "text": "delimited text",
}


class Kind(msgspec.Struct, frozen=True):
    """What a file holds: its form, its encoding (text only), whether it is gzipped, a note if its name says else."""

    form: Form
    encoding: str = ""
    packed: bool = False
    note: str = ""


def kind(path: Path) -> Kind:
    """Say what the file at `path` is, by its first bytes.

    Errors: `NoInputError` for a folder, a missing or an empty file; `InputError` for a file that
    cannot be opened, and anything that is no table: image, PDF, archive, program, web page.
    """
    where = str(path)
    head, packed = _head(path)
    if not head.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n"):
        raise NoInputError("the file is empty", where=where, hint="give a file with a header and at least one line")
    if head.startswith((_ZIP, _OLE2)):
        if packed:
            raise InputError("a workbook inside gzip is not read", where=where, hint="unpack it first (gunzip)")
        return _named(path, Kind("xls") if head.startswith(_OLE2) else Kind(_workbook(path)))
    for magic, words in _OTHERS:
        if head.startswith(magic) and (b"\x00" in head or len(magic) > len(b"BM")):
            raise InputError(f"this is {words}, not an inventory", where=where, hint=_EXPORT)
    encoding = _encoding(head)
    if encoding == "utf-8-sig" and b"\x00" in head:
        raise InputError("this is no text: it holds NUL bytes", where=where, hint=_EXPORT)
    start = head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        words = "a web page" if "<html" in start.lower() or "<table" in start.lower() else "XML"
        raise InputError(f"this is {words}, not an inventory", where=where, hint=_EXPORT)
    return _named(path, Kind(_text_form(start), encoding, packed))


def _head(path: Path) -> tuple[bytes, bool]:
    where = str(path)
    if path.is_dir():
        raise NoInputError("is a folder", where=where, hint="give one file of it")
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        if not head.startswith(_GZIP):
            return head, False
        with gzip.open(path) as unpacked:
            return unpacked.read(_HEAD), True
    except FileNotFoundError as error:
        raise NoInputError("there is no such file", where=where, hint="check the path") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError("the gzip file is damaged", where=where, hint="fetch it again") from error
    except OSError as error:
        raise InputError(
            f"the file cannot be opened: {error.strerror}", where=where, hint="check its rights"
        ) from error


def _workbook(path: Path) -> Form:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            ods = "mimetype" in names and b"opendocument.spreadsheet" in archive.open("mimetype").read(_HEAD)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise damaged(path) from error
    if any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if ods:
        return "ods"
    binary = any(name.endswith("workbook.bin") for name in names)
    what = "an .xlsb workbook" if binary else "a zip archive"
    hint = "save it as .xlsx" if binary else "unpack it and give one file of it"
    raise InputError(f"this is {what}, which is not read", where=str(path), hint=hint)


def damaged(path: Path) -> InputError:
    """The error for a workbook that does not open."""
    return InputError(
        "the workbook is damaged: it cannot be unpacked",
        where=str(path),
        hint="open it in a spreadsheet program, save it again, or fetch it again",
    )


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and not even:
        return "utf-16-le"
    if even > len(head) // 5 and not odd:
        return "utf-16-be"
    return "utf-8-sig"


def _text_form(start: str) -> Form:
    if start.startswith("["):
        inner = start[1:].lstrip()
        return "json" if not inner or inner[0] in '{]["' else "text"
    if not start.startswith("{"):
        return "text"
    first, _, rest = start.partition("\n")
    try:
        msgspec.json.decode(first)
    except (msgspec.DecodeError, RecursionError):
        return "json"
    return "jsonl" if rest.strip() else "json"


def _named(path: Path, found: Kind) -> Kind:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if found.packed and suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    suffix = suffixes[-1] if suffixes else ""
    known = {each for group in _SUFFIXES.values() for each in group}
    if suffix in _SUFFIXES[found.form] or suffix not in known:
        return found
    return msgspec.structs.replace(found, note=f"the name ends in {suffix}, the content is {_WORDS[found.form]}")
