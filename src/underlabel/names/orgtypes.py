"""Organisation types inside a name: which words they are, and what they are called everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec
from rigour.names import extract_org_types, remove_org_types
from rigour.text.normalize import Normalize

_FLAGS: Final = Normalize.CASEFOLD | Normalize.NAME
_MARK: Final = "\x00"
# What rigour leaves in place because it also stands in proper names: a type where it ends a name.
_PLAIN: Final = {
    "co": "co",
    "company": "co",
    "coy": "co",
    "corp": "corp",
    "corporation": "corp",
    "coltd": "coltd",
    "pvt": "pvt",
    "private": "pvt",
    "주": "coltd",
    "aş": "as",
}
_PAIRED: Final = {("s", "a"): "sa"}
_JOINED: Final = {
    ("co", "ltd"): "coltd",
    ("co", "llc"): "llc",
    ("co", "inc"): "inc",
    ("pvt", "ltd"): "pvtltd",
    ("co", "pvt"): "pvt",
    ("corp", "ltd"): "coltd",
}
# Also ordinary words: types only at the end of a name.
_ENDS: Final = frozenset({"limited", "incorporated", "private", "pvt", "spa", "sas", "plc"})
# Words that rigour takes for types; in names they nearly always are something else.
_NEVER: Final = frozenset({"at", "et", "ii", "in", "is", "yu"})
_CLASSES: Final = {"coltd": "llc", "pvtltd": "llc", "pvt": "llc", "co": "", "corp": ""}
_HAN: Final = re.compile(
    "(?P<head>株式会社|有限会社|주식회사|유한회사)?(?P<name>.*?)"
    "(?P<tail>股份有限公司|有限责任公司|有限責任公司|有限公司|股份公司|公司|株式会社|有限会社|주식회사|유한회사)?"
)
_DENSE: Final = re.compile("[公株有주유]")
_HAN_TYPE: Final = "coltd"


class Piece(msgspec.Struct, frozen=True):
    """A stretch of words: `[first, last)` of the words given; `org_type` is empty for plain words."""

    first: int
    last: int
    org_type: str = ""


def open_up(words: Sequence[str]) -> list[str]:
    """The words, with organisation types cut off names that are written without spaces."""
    opened: list[str] = []
    for word in words:
        if word.isascii() or not _DENSE.search(word):
            opened.append(word)
            continue
        parts = _HAN.fullmatch(word)
        opened.extend(part for part in (parts.group("head", "name", "tail") if parts else (word,)) if part)
    return opened


def pieces(words: Sequence[str]) -> tuple[Piece, ...]:
    """The words in order, organisation types marked with one name across spellings and languages.

    `words` are as written, of any script. "Co., Ltd." and "Company Limited" are both "coltd". A
    word that also stands in proper names ("SA", "Limited", "AS") is a type only at the end.
    """
    low = [word.casefold().replace(".", "") for word in words]
    marked = _marked(low)
    ends = len(marked)
    while ends and marked[ends - 1].org_type:
        ends -= 1
    kept = [
        piece if index >= ends or _stands(low, piece) else Piece(piece.first, piece.last)
        for index, piece in enumerate(marked)
    ]
    return _join(kept)


@lru_cache(maxsize=1024)
def org_class(org_type: str) -> str:
    """The family of an organisation type: "llc" (limited), "jsc" (joint stock), "lp" …; may be empty."""
    if org_type in _CLASSES:
        return _CLASSES[org_type]
    found = extract_org_types(org_type, _FLAGS, generic=True)
    return found[0][1] if found else ""


def _marked(low: list[str]) -> list[Piece]:
    """Every word in a piece, all that may be an organisation type marked."""
    line = " ".join("#" * len(word) if word in _NEVER else word for word in low)
    found = extract_org_types(line, _FLAGS)
    types: dict[int, tuple[int, str]] = {}
    if found:
        starts = {0: 0}
        at = 0
        for index, word in enumerate(low):
            starts[at] = index
            at += len(word) + 1
        at = 0
        for left, (match, name) in zip(remove_org_types(line, _MARK, _FLAGS).split(_MARK), found, strict=False):
            at += len(left)
            if at in starts:
                types[starts[at]] = (starts[at] + match.count(" ") + 1, name.replace(" ", ""))
            at += len(match)
    out: list[Piece] = []
    index = 0
    while index < len(low):
        last, name = types.get(index, (index + 1, ""))
        if name == "" and tuple(low[index : index + 2]) in _PAIRED:
            last, name = index + 2, _PAIRED[low[index], low[index + 1]]
        if name == "":
            name = _PLAIN.get(low[index]) or (_HAN_TYPE if _is_dense(low[index]) else "")
        elif _is_dense(low[index]):
            name = _HAN_TYPE
        out.append(Piece(index, last, name))
        index = last
    return out


def _is_dense(word: str) -> bool:
    if word.isascii():
        return False
    parts = _HAN.fullmatch(word)
    return parts is not None and not parts["name"] and bool(parts["head"] or parts["tail"])


def _stands(low: list[str], piece: Piece) -> bool:
    """Whether a type that does not end the name is one all the same."""
    if not piece.org_type:
        return True
    text = low[piece.first]
    if piece.last - piece.first > 1:
        return piece.first > 0 or len(text) > 1
    if text in _ENDS or (text.isascii() and len(text) <= 2 and text != "co"):  # noqa: PLR2004 - two letters
        return False
    return piece.first > 0 or text not in _PLAIN or not text.isascii()


def _join(marked: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring types that are one: "Company" and "Limited"."""
    out: list[Piece] = []
    for piece in marked:
        joined = _JOINED.get((out[-1].org_type, piece.org_type)) if out and piece.org_type else None
        if joined:
            out[-1] = Piece(out[-1].first, piece.last, joined)
        else:
            out.append(piece)
    return tuple(out)
