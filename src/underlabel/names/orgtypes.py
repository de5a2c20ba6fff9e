"""Organisation types inside a name: which words they are, and what they are called everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec
from rigour.names import extract_org_types, remove_org_types
from rigour.text.normalize import Normalize

from underlabel.names.latin import letters
from underlabel.names.typetable import classes, first_words, folded, listed

_FLAGS: Final = Normalize.CASEFOLD | Normalize.NAME
_MARK: Final = "\x00"
_INITIALS: Final = frozenset({"a.o.", "s.s.", "a.d."})
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
_NONE: Final = frozenset({*_PLAIN, "s"})
_JOINED: Final = {
    ("co", "ltd"): "coltd",
    ("co", "llc"): "llc",
    ("co", "inc"): "inc",
    ("pvt", "ltd"): "pvtltd",
    ("co", "pvt"): "pvt",
    ("corp", "ltd"): "coltd",
}
# Also ordinary words: types only at the end of a name.
_ENDS: Final = frozenset({"limited", "incorporated", "private", "pvt", "spa", "sas", "plc", "stg", "sad", "ets"})
# Words that rigour takes for types; in names they nearly always are something else.
# What is no name, though it stands alone.
_SURELY: Final = frozenset(
    {"co", "coltd", "corp", "ltd", "llc", "inc", "gmbh", "gmbhcokg", "kg", "ag", "sa", "plc", "pvt", "pvtltd", "pteltd"}
    | {"llp", "lp", "bv", "srl", "sarl", "spa", "jsc", "ojsc", "cjsc", "pjsc", "ooo", "ao"}
)
_NEVER: Final = frozenset({"at", "et", "ii", "im", "in", "is", "ku", "na", "npo", "ps", "rf", "rt", "sd", "yu"})
_CLASSES: Final = {
    **dict.fromkeys(("coltd", "pvtltd", "pvt", "pteltd", "sdnbhd", "srlcv", "epe", "mchzh", "odo", "ou"), "llc"),
    **dict.fromkeys(("qsc", "ae", "ctycp", "asc", "ab"), "jsc"),
    "gmbhcokg": "lp",
    "too": "llp",
    "co": "",
    "corp": "",
}
# A company type stuck to a capitalised word: the change of case shows where it begins.
_STUCK: Final = re.compile(
    r"(?P<name>[^\W\d_]{2,}[^\W\d_A-Z])"
    r"(?P<type>AG|GmbH|GMBH|KGaA|KG|Ltd|LTD|Limited|LLC|Llc|Inc|INC|Corp|CORP|Co|PLC|Plc|BV|NV|SA|SpA|SPA|SRL|Srl|SARL|SAS"
    r"|Oy|OY|Oyj|AB|ASA|AS|ApS|JSC|LLP|Pte|Pty|CoLtd|COLTD|SE|Kft|Zrt|Sro|Doo|OU|UAB|OOO|OAO|ZAO|\u0410\u041e|\u041e\u041e\u041e|\u041e\u0410\u041e|\u0417\u0410\u041e)"
)
_STUCK_BEFORE: Final = re.compile(
    r"(?P<type>OOO|OAO|ZAO|PAO|\u041e\u041e\u041e|\u041e\u0410\u041e|\u0417\u0410\u041e|\u041f\u0410\u041e|\u0410\u041e)"
    r"(?P<name>[A-Z\u0410-\u042f][a-z\u0430-\u044f]{2,})"
)
_HAN: Final = re.compile(
    "(?P<head>株式会社|有限会社|合同会社|合資会社|合名会社|주식회사|유한회사|유한책임회사|บริษัท|ห้างหุ้นส่วนจํากัด)?(?P<name>.*?)"
    "(?P<tail>股份有限公司|有限责任公司|有限責任公司|有限公司|股份公司|公司|株式会社|有限会社|合同会社|合資会社|合名会社|주식회사|유한회사"
    "|유한책임회사|จํากัด|จำกัด)?"
)
_DENSE: Final = re.compile("[公株有合주유บห]|จํากัด")
_DENSE_ELSE: Final = frozenset(
    {"合同会社", "合資会社", "合名会社", "유한책임회사", "บริษัท", "จํากัด", "จำกัด", "ห้างหุ้นส่วนจํากัด"}
)
_HAN_TYPE: Final = "coltd"


class Piece(msgspec.Struct, frozen=True):
    """A stretch of words: `[first, last)` of the words given; `org_type` is empty for plain words."""

    first: int
    last: int
    org_type: str = ""
    place: str = ""


def open_up(words: Sequence[str]) -> list[str]:
    """The words as written, with organisation types cut off names they are stuck to.

    Where a language writes no spaces ("华为技术有限公司"), and where the change of case shows it ("SiemensAG").
    """
    opened: list[str] = []
    for word in words:
        if word.isascii() or not _DENSE.search(word):
            opened.extend((word,) if word.isupper() or word.islower() or word.istitle() else _unstuck(word))
            continue
        parts = _HAN.fullmatch(word)
        opened.extend(part for part in (parts.group("head", "name", "tail") if parts else (word,)) if part)
    return opened


def pieces(words: Sequence[str]) -> tuple[Piece, ...]:
    """The words in order, organisation types marked with one name across spellings and languages.

    `words` are as written, of any script, but casefolded. "Co., Ltd." and "Company Limited" are both "coltd". A
    word that also stands in proper names ("SA", "Limited", "AS") is a type only at the end.
    """
    low = [word if word.isalnum() and word.isascii() else _low(word) for word in words]
    marked = _marked(low)
    if len(marked) == 1 and not marked[0].org_type:
        return tuple(marked)
    ends = len(marked)
    while ends and marked[ends - 1].org_type:
        ends -= 1
    if marked and not ends and marked[0].org_type not in _SURELY:
        marked[0] = Piece(0, marked[0].last)  # "EST" alone, "OSK OAO": the name is what else would be a type
    if marked and marked[0].org_type == "pt" and marked[-1].org_type not in {"", "tbk"}:
        marked[0] = Piece(0, marked[0].last)  # "PT Technology Ltd." is no Indonesian company
    kept: list[Piece] = []
    for index, piece in enumerate(marked):
        if not piece.org_type or index >= ends or _stands(low, piece):
            kept.append(piece)
        else:
            kept.extend(Piece(at, at + 1) for at in range(piece.first, piece.last))
    return _join(kept)


@lru_cache(maxsize=1024)
def org_class(org_type: str) -> str:
    """The family of an organisation type: "llc" (limited), "jsc" (joint stock), "lp" …; may be empty."""
    if org_type in _CLASSES:
        return _CLASSES[org_type]
    if org_type in classes():
        return classes()[org_type]
    found = extract_org_types(org_type, _FLAGS, generic=True)
    return found[0][1] if found else ""


def _low(word: str) -> str:
    # "A.O. Smith" bears initials; "AO" is a Russian joint stock company.
    return "#" if word in _INITIALS else folded(word)


def _unstuck(word: str) -> tuple[str, ...]:
    """A word of mixed case, its organisation type a word of its own."""
    found = _STUCK.fullmatch(word)
    if found:
        return found["name"], found["type"]
    found = _STUCK_BEFORE.fullmatch(word)
    return (found["type"], found["name"]) if found else (word,)


def _marked(low: list[str]) -> list[Piece]:
    """Every word in a piece, all that may be an organisation type marked."""
    ours = _ours(low)
    hidden = {at for piece in ours.values() for at in range(piece.first, piece.last)}
    line = " ".join("#" * len(word) if at in hidden or word in _NEVER else word for at, word in enumerate(low))
    theirs = _theirs(low, line)
    if not ours and not theirs and line.isascii() and _NONE.isdisjoint(low):
        return [Piece(0, len(low))] if low else []
    out: list[Piece] = []
    index = 0
    while index < len(low):
        piece = ours.get(index) or _one(low, index, theirs.get(index))
        out.append(piece)
        index = piece.last
    return out


def _ours(low: list[str]) -> dict[int, Piece]:
    """The types of our own table, by the place of their first word."""
    found: dict[int, Piece] = {}
    starts = first_words()
    last = 0
    for at, word in enumerate(low):
        if at >= last and word in starts:
            row = listed(low, at)
            if row:
                last = at + len(row.words)
                found[at] = Piece(at, last, row.org_type, row.place)
    return found


def _theirs(low: list[str], line: str) -> dict[int, Piece]:
    """The types that rigour knows, by the place of their first word."""
    found = extract_org_types(line, _FLAGS)
    types: dict[int, Piece] = {}
    if not found:
        return types
    starts: dict[int, int] = {}
    ends: set[int] = set()
    at = 0
    for index, word in enumerate(low):
        starts[at] = index
        at += len(word) + 1
        ends.add(at - 1)
    at = 0
    for left, (match, name) in zip(remove_org_types(line, _MARK, _FLAGS).split(_MARK), found, strict=False):
        at += len(left)
        if at in starts and at + len(match) in ends:  # "is'vision" is one word, though rigour sees "is"
            first = starts[at]
            types[first] = Piece(first, first + match.count(" ") + 1, letters(name))
        at += len(match)
    return types


def _one(low: list[str], index: int, known: Piece | None) -> Piece:
    """The piece that begins at a word our table has no type for."""
    if known is None and tuple(low[index : index + 2]) in _PAIRED:
        return Piece(index, index + 2, _PAIRED[low[index], low[index + 1]])
    if known is None:
        return Piece(index, index + 1, _PLAIN.get(low[index]) or (_HAN_TYPE if _is_dense(low[index]) else ""))
    return Piece(index, known.last, _HAN_TYPE) if _is_dense(low[index]) else known


def _is_dense(word: str) -> bool:
    if word.isascii():
        return False
    parts = _HAN.fullmatch(word)
    return parts is not None and not parts["name"] and bool(parts["head"] or parts["tail"]) and word not in _DENSE_ELSE


def _stands(low: list[str], piece: Piece) -> bool:
    """Whether a type that does not end the name is one all the same."""
    if piece.place:
        return piece.place in {"any", "start"} or (piece.place == "edge" and piece.first == 0)
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
