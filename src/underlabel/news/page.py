"""An aggregator's page as saved in plain text.

The grammar:

    page     = block, then blocks, each after two or more blank lines
    block    = lines; lines with nothing between them are one paragraph, a blank line parts paragraphs
    article  = a block whose first line is the title, whose second is the outlet, the rest its text
    blank    = a line of spaces and tabs only; lines end in LF, CRLF or CR

Navigation words on a line of their own, and the title said again, belong to no article. A lone
short block is boilerplate. An outlet is a short line (60 characters, 8 words); a text has at
least one sentence. A block that is neither boilerplate nor an article is Rejected, and so is one
in which several articles seem to run together: a quote must never get another's outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from underlabel.model import Rejected
from underlabel.news.draft import Draft, refused
from underlabel.news.quotes import words

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SENTENCE_END: Final = re.compile(r"[.!?…。\uff01\uff1f][\"'”\u2019»)\]」』]*(?:\s|\Z)")
_NAVIGATION: Final = frozenset({"goto", "go to", "collaborating authors"})
_APART: Final = 2
_OUTLET_CHARACTERS: Final = 60
_OUTLET_WORDS: Final = 8
_LONG: Final = 25
_HINT: Final = "an article is a title line, an outlet line and its text; two blank lines part it from the next"


class _Block(msgspec.Struct, frozen=True):
    """Paragraphs as lists of lines, and the number of the first line."""

    line: int
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for paragraph in self.paragraphs for line in paragraph)


def drafts(text: str, name: str) -> Iterator[Draft | Rejected]:
    """The articles of a page in order, and the blocks that are none. `name` is the file's, for places."""
    for block in _blocks(text):
        if len(block.lines) == 1 and words(block.lines[0]) < _LONG:
            continue
        reason = _objection(block)
        if reason:
            yield refused(reason, _HINT, f"{name}:{block.line}", block.lines[0])
        else:
            body = "\n\n".join(" ".join(paragraph) for paragraph in _body(block))
            yield Draft(title=block.lines[0], outlet=block.lines[1], text=body, line=block.line)


def _blocks(text: str) -> Iterator[_Block]:
    """Blocks without navigation words and without the title said again right after itself."""
    paragraphs: list[list[str]] = []
    first, blank, title = 0, 0, ""
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        line = " ".join(raw.split())
        if not line:
            blank += 1
            continue
        if blank >= _APART and paragraphs:
            yield _Block(first, tuple(tuple(paragraph) for paragraph in paragraphs))
            paragraphs = []
        if line.casefold() not in _NAVIGATION and not (paragraphs and line == title):
            if not paragraphs:
                first, title = number, line
            if blank or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(line)
        blank = 0
    if paragraphs:
        yield _Block(first, tuple(tuple(paragraph) for paragraph in paragraphs))


def _body(block: _Block) -> list[tuple[str, ...]]:
    """The paragraphs after the first two lines, wherever these stand."""
    skip, body = 2, []
    for paragraph in block.paragraphs:
        rest = paragraph[skip:]
        skip = max(0, skip - len(paragraph))
        if rest:
            body.append(rest)
    return body


def _objection(block: _Block) -> str:
    """Why a block is no article, or nothing."""
    body = [" ".join(paragraph) for paragraph in _body(block)]
    if len(block.paragraphs) == 1 and words(block.lines[0]) >= _LONG:
        return "a text without title and outlet"
    if len(block.lines) > 1 and not _is_outlet(block.lines[1]):
        return "an article without outlet"
    running = [_runs(paragraph) for paragraph in body]
    if not any(running):
        return "a title without running text"
    start = running.index(True)
    if any(_new_heads(body[place : place + 3]) for place in range(start + 1, len(body) - 2)):
        return "several articles that run together"
    return ""


def _new_heads(paragraphs: list[str]) -> bool:
    """Whether three paragraphs in the middle of a text look like a title, an outlet and a text."""
    title, outlet, text = paragraphs
    return not _runs(title) and not _runs(outlet) and _is_outlet(outlet) and _runs(text)


def _is_outlet(line: str) -> bool:
    return len(line) <= _OUTLET_CHARACTERS and words(line) <= _OUTLET_WORDS


def _runs(paragraph: str) -> bool:
    """Whether a paragraph has a sentence in it."""
    return words(paragraph) >= _LONG or _SENTENCE_END.search(paragraph) is not None
