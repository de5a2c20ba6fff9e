"""XML as lists publish it, streamed record by record; what an attacker would put in it is refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from underlabel.lists.opening import Opened
from underlabel.model import InputError

_DEEPEST: Final = 64


def records(opened: Opened, *tags: str) -> Iterator[Element]:
    """The elements of any of these names, in the file's order, each whole and emptied when the next is asked for.

    Names are told without their namespace, in the elements given too; attributes as well. Elements are not
    looked for inside one that was given. Errors: `InputError` for XML that is not well formed (with line and
    column), declares a document type or entities, refers outside itself, or nests without end.
    """
    path: list[Element] = []
    inside = 0
    try:
        for event, element in iterparse(io.BytesIO(opened.content), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                _bare(element)
                path.append(element)
                inside += element.tag in tags
                if len(path) > _DEEPEST:
                    raise InputError(
                        f"elements nest more than {_DEEPEST} deep", where=opened.where, hint="is this the list's file?"
                    )
                continue
            path.pop()
            inside -= element.tag in tags
            if element.tag in tags and not inside:
                yield element
            if not inside:
                element.clear()
                if path:
                    path[-1].remove(element)
    except DefusedXmlException as error:
        raise InputError(
            "the XML declares a document type or entities",
            where=opened.where,
            hint="no official list does: fetch the file again from its publisher",
        ) from error
    except ParseError as error:
        line, column = error.position
        raise InputError(
            f"the XML is not well formed: {error.msg.partition(':')[0]}",
            where=f"{opened.where}:{line}:{column + 1}",
            hint="it was cut off or edited: fetch it again",
        ) from error
    except (LookupError, ValueError) as error:
        raise InputError(
            f"the XML cannot be decoded: {error}", where=opened.where, hint="fetch it again; lists are UTF-8"
        ) from error


def text(element: Element, path: str) -> str:
    """The text at a path below an element, its whitespace made single; empty where there is none."""
    return " ".join((element.findtext(path) or "").split())


def texts(element: Element, path: str) -> tuple[str, ...]:
    """The texts at a path below an element, each once, blank ones left out."""
    found = (" ".join("".join(one.itertext()).split()) for one in element.iterfind(path))
    return tuple(dict.fromkeys(one for one in found if one))


def _bare(element: Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    for name in [name for name in element.attrib if "}" in name]:
        element.attrib[name.rpartition("}")[2]] = element.attrib.pop(name)
