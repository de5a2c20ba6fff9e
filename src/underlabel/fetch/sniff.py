"""What form of file it is, by how it begins: servers mislabel, and send pages where a file was asked for."""

from __future__ import annotations

import re
import zlib
from typing import Final

HEAD: Final = 4096
"""How many bytes of a file are looked at."""

_BEGINS: Final = (
    (b"PK\x03\x04", "zip"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
)
_WIDE: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_PAGE: Final = re.compile(rb"<!doctype html|<html", re.IGNORECASE)
_TAG: Final = re.compile(rb"<(?:body|head|title|div|p|br|h1|script)\b", re.IGNORECASE)
_TYPE: Final = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}")
_GZIP: Final = b"\x1f\x8b"


def media(header: str) -> str:
    """The type a Content-Type states, without its parameters; nothing where it is no such thing."""
    stated = header.partition(";")[0].strip().lower()
    return stated if _TYPE.fullmatch(stated) else ""


def form_of(head: bytes, content_type: str) -> str:
    """The form of a file by its first bytes, of a gzip by those inside; its stated type decides where they do not."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(47).decompress(head, HEAD)
        except zlib.error:
            return "binary"
    for begins, form in _BEGINS:
        if head.startswith(begins):
            return form
    for mark, encoding in _WIDE:
        if head.startswith(mark):
            head = head[2:].decode(encoding, "ignore").encode()
    if b"\0" in head:
        return "binary"
    return _text_form(head.removeprefix(b"\xef\xbb\xbf").lstrip(), content_type)


def _text_form(head: bytes, content_type: str) -> str:
    if not head:
        return "empty"
    if head[:1] in (b"{", b"["):
        return "json"
    called_page = content_type == "text/html"
    if head[:1] != b"<":
        return "html" if called_page and _TAG.search(head) else "text"
    if _PAGE.search(head) or (called_page and not head.startswith(b"<?xml")):
        return "html"
    return "xml"
