"""XML as lists publish it, streamed record by record; what an attacker would put in it is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from underlabel.lists import lengths
from underlabel.lists.opening import Opened
from underlabel.model import InputError

_DEEPEST: Final = 64
_WIDEST: Final = 32 * 1024 * 1024
"""The most bytes one record may take; the longest official one, a supplement of the eCFR, takes a few millions."""

_FULLEST: Final = 500_000
"""The most elements one record may hold."""

_SILENT: Final = 4 * 1024 * 1024
"""The most bytes without the begin or end of an element: no official text or comment comes near it."""

_KINDS: Final = 10_000
"""The most names of elements and attributes: a parser remembers each for as long as it lives."""

_DECLARED: Final = re.compile(rb"""\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']*)""")


class _Feed:
    """The content, piece by piece: it is refused when too much of it would have to be held at once."""

    def __init__(self, opened: Opened) -> None:
        self._where = opened.where
        self._content = io.BytesIO(opened.content)
        self._held = self._silent = self._elements = 0
        self._names: set[str] = set()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, for the parser."""
        if self._silent > _SILENT:
            raise self._refused(f"more than {_SILENT} bytes stand between two elements")
        if self._held > _WIDEST:
            raise self._refused(f"one record is longer than {_WIDEST} bytes")
        piece = self._content.read(size)
        self._held += len(piece)
        self._silent += len(piece)
        return piece

    def began(self, element: Element, depth: int, *, inside: bool) -> None:
        """An element began, so many deep, inside a record or outside."""
        self._silent = 0
        self._names.add(element.tag)
        self._names.update(element.attrib)
        if len(self._names) > _KINDS:
            raise self._refused(f"elements and attributes have more than {_KINDS} names")
        self._elements = self._elements + 1 if inside else 0
        if depth > _DEEPEST:
            raise self._refused(f"elements nest more than {_DEEPEST} deep")
        if self._elements > _FULLEST:
            raise self._refused(f"one record holds more than {_FULLEST} elements")

    def ended(self, *, inside: bool) -> None:
        """An element ended; outside a record nothing is kept of it."""
        self._silent = 0
        self._held = self._held if inside else 0

    def _refused(self, what: str) -> InputError:
        return InputError(what, where=self._where, hint="is this the list's own file?")


def records(opened: Opened, *tags: str) -> Iterator[Element]:
    """The elements of any of these names, in the file's order, each whole and emptied when the next is asked for.

    Names are told without their namespace, in the elements given too; attributes as well. Elements are not
    looked for inside one that was given. Errors: `InputError` for XML that is not well formed (with line and
    column), is not in UTF-8, declares a document type or entities, refers outside itself, nests without end, or
    holds a record or text beyond all measure.
    """
    _check_encoding(opened)
    path: list[Element] = []
    inside = 0
    feed = _Feed(opened)
    found = 0
    try:
        for event, element in iterparse(feed, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                feed.began(element, len(path) + 1, inside=bool(inside))
                _bare(element)
                path.append(element)
                inside += element.tag in tags
                continue
            path.pop()
            inside -= element.tag in tags
            feed.ended(inside=bool(inside))
            if inside:
                continue
            if element.tag in tags:
                found += 1
                lengths.count(found, opened.where)
                yield element
            element.clear()
            if path:
                del path[-1][:]  # not `remove`: of a piece full of small elements that takes quadratic time
    except DefusedXmlException as error:
        raise InputError(
            "the XML declares a document type or entities",
            where=opened.where,
            hint="no official list does: fetch the file again from its publisher",
        ) from error
    except ParseError as error:
        line, column = error.position
        raise InputError(
            f"the XML is not well formed: {str(error.msg).partition(':')[0]}",
            where=f"{opened.where}:{line}:{column + 1}",
            hint="it was cut off, edited, or saved in another encoding than UTF-8: fetch it again",
        ) from error
    except (LookupError, ValueError) as error:
        raise InputError(
            f"the XML cannot be decoded: {error}", where=opened.where, hint="fetch it again; lists are UTF-8"
        ) from error


def root(opened: Opened) -> tuple[str, dict[str, str]]:
    """The name and the attributes of the outermost element; empty where the XML cannot be read: `records` says why."""
    try:
        _check_encoding(opened)
        for _, element in iterparse(_Feed(opened), events=("start",), forbid_dtd=True):
            _bare(element)
            return element.tag, dict(element.attrib)
    except (DefusedXmlException, ParseError, LookupError, ValueError, InputError):
        pass
    return "", {}


def text(element: Element, path: str) -> str:
    """The text at a path below an element, its whitespace made single; empty where there is none."""
    return " ".join((element.findtext(path) or "").split())


def texts(element: Element, path: str) -> tuple[str, ...]:
    """The texts at a path below an element, each once, blank ones left out."""
    found = (" ".join("".join(one.itertext()).split()) for one in element.iterfind(path))
    return tuple(dict.fromkeys(one for one in found if one))


def _check_encoding(opened: Opened) -> None:
    # A parser told a wrong encoding reads "Ã©" for "é" and says nothing; every list in XML is in UTF-8.
    declared = _DECLARED.match(opened.content[:1024].removeprefix(b"\xef\xbb\xbf"))
    name = declared[1].decode("latin-1") if declared else ""
    if name.casefold() not in ("", "utf-8", "utf8", "us-ascii", "ascii"):
        raise InputError(
            f"the XML says it is in {name}", where=opened.where, hint="fetch it again: the list is published in UTF-8"
        )


def _bare(element: Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    for name in [name for name in element.attrib if "}" in name]:
        element.attrib[name.rpartition("}")[2]] = element.attrib.pop(name)
