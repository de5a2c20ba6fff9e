"""Clean text: white space, repeated sentences, the title said again."""

from __future__ import annotations

import re
from typing import Final

from underlabel.news.splitting import sentences

_SPACE: Final = re.compile(r"[^\S\n]+")
_BLANK: Final = re.compile(r" ?\n ?\n[ \n]*")
_EDGES: Final = re.compile(r"\A\W+|\W+\Z")
_UNSEEN: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x2060, 0xFEFF])


def tidy(text: str) -> str:
    """The same words with single spaces, at most one blank line between paragraphs, nothing unseen."""
    text = text.translate(_UNSEEN).replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK.sub("\n\n", _SPACE.sub(" ", text)).strip()


def once(text: str, title: str = "") -> str:
    """The text with each sentence kept where it first stands, and without its own title.

    Sentences are the same if they differ only in case, spaces and the marks around them.
    """
    own = _key(title)
    body = "\n".join(line for line in text.split("\n") if not own or _key(line) != own)
    seen = {own} if own else set()
    kept: list[str] = []
    done, parted = 0, False
    for start, end in sentences(body):
        gap = body[done:start]
        parted = parted or "\n\n" in gap
        done = end
        key = _key(body[start:end])
        if key in seen:
            continue
        if key:
            seen.add(key)
        if kept:
            kept.append("\n\n" if parted else gap)
        kept.append(body[start:end])
        parted = False
    return "".join(kept)


def _key(text: str) -> str:
    return _EDGES.sub("", " ".join(text.split()).casefold())
