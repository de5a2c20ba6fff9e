"""Several names in one text: "X, a.k.a. Y" is X, and Y beside it."""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = re.compile(
    r"""(?<=[\s,;:(\[\u2013-])
    (?:(?:[aAfFnNpP](?:/[kK]/[aA]\b|\.\s?[kK]\.\s?[aA]\b\.?)|[dD](?:/[bB]/[aA]\b|\.[bB]\.[aA]\b\.?))
    |(?:aka|AKA|fka|FKA|nka|NKA|dba|DBA|d/b/a)\b
    |(?i:(?:(?:also|formerly|previously|earlier|presently|now|better|otherwise|sometimes|commonly)\s+known\s+as
       |formerly\s+called|doing\s+business\s+as|trading\s+as|operating\s+as)\b))
    [\s:.,]*""",
    re.VERBOSE,
)
_LEADING: Final = re.compile(
    r"\s*(?:[afnpAFNP](?:/[kK]/[aA]\b|\.\s?[kK]\.\s?[aA]\b\.?)|[dD]/[bB]/[aA]\b|(?i:also|formerly)\s+(?i:known\s+as)\b)[\s:.,]*"
)
_EDGES: Final = " \t\r\n,;:()[]-\u2013"


def parted(text: str) -> tuple[str, ...]:
    """The names that a text holds, the first first: "X Corp. f/k/a Y Inc." is "X Corp." and "Y Inc.".

    Cut at "a.k.a.", "f/k/a", "n/k/a", "d/b/a", "also known as", "formerly known as", "trading as" and their
    like; "aka", "fka" and "dba" without marks only in one case of letters ("Aka" is a name). A text without
    them comes back whole.
    """
    if not _may_be_several(text):
        return (text,)
    leading = _LEADING.match(text)
    text = text[leading.end() :] if leading else text
    cut = [piece.strip(_EDGES) for piece in _MARK.split(text)]
    found = tuple(_closed(piece) for piece in cut if piece)
    return found if len(found) > 1 else (text,)


def _may_be_several(text: str) -> bool:
    """Whether a text may hold one of the marks: cheap, and right when it says no."""
    low = text.lower()
    return (
        "/" in low
        or "ka " in low
        or " as " in low
        or "k.a" in low
        or "k. a" in low
        or ".b.a" in low
        or "dba " in low
        or " called " in low
    )


def _closed(piece: str) -> str:
    """The piece with the bracket that its cutting left open closed."""
    return piece + ")" if piece.count("(") > piece.count(")") else piece
