"""The names of Canada's list: two languages in one, and aliases joined in a dozen ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from underlabel import names
from underlabel.lists import wording
from underlabel.model import Name

_LANGUAGES: Final = {"russian": "ru", "belarusian": "be", "belarussian": "be", "ukrainian": "uk", "arabic": "ar"}
_LABEL: Final = re.compile(r"[\s,;(]*\b(?P<language>Russian|Belaruss?ian|Ukrainian|Arabic)\s*:\s*")
_OPENING, _CLOSING = "«“„([\u2018", "»”)]\u2019"
_COMMA: Final = re.compile(r",\s*")
_SLASH: Final = re.compile(r"\s*/\s*")
_OR: Final = re.compile(r"[\s,]+or\s+")
_AND: Final = re.compile(r"\s+and\s+")
_FORMS: Final = frozenset({"fsue", "mk", "sao"})
"""Legal forms of this list that `names` does not know for such."""

_ALIKE: Final = str.maketrans("co", "\N{CYRILLIC SMALL LETTER ES}\N{CYRILLIC SMALL LETTER O}")
_ARTICLE: Final = re.compile(r"(?:the\s|l['\u2019])\s*")
_LEAD: Final = re.compile(r"^(?:also|or|and)\s+|\s+AKA$|^[,;)\s]+|[,;(\s]+$")
_SHORT: Final = 5
_WORD: Final = 2
_SEVERAL: Final = 3


def entity(text: str) -> tuple[Name, ...]:
    """The names in the name of a body: English and French parted by "/", and what it is "also known as".

    A slash parts two languages where it stands outside brackets, both sides have two words or more, and the
    words beside it are no letters of an abbreviation ("J/V").
    """
    parts = _outside(text, _SLASH)
    if len(parts) == len(("English", "French")) and all(" " in part for part in parts):
        english, french = parts
        if min(len(english.split()[-1]), len(french.split()[0])) >= _WORD:
            return (*wording.names(english), Name(french, "alias", "fr"))
    return tuple(
        Name(_bare(piece), name.kind)
        for name in wording.names(text)
        for piece in ([name.text] if name.kind == "name" else _commas(name.text, person=False))
    )


def aliases(text: str, *, person: bool) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """The names in a field of aliases, joined by ";", "/", "or", "and", commas or words like "Russian:".

    A comma parts names only where each piece begins like a name and none is a bare legal form
    ("Rembaza, AO") or, of a person, a family name before a given one ("Baranov, Oleg"). A single
    word of a person, and an abbreviation of a body, is a weak name. Alternatives of single words
    ("Nikolay or Nikolai / Vasilievich") stay one weak name. Given second: bare legal forms, which are no names.
    """
    found = [name for language, run in _languages(text) for name in _run(run, language, person=person)]
    bare = [name.text for name in found if _is_form(name.text)]
    return wording.distinct(tuple(name for name in found if name.text not in bare)), tuple(bare)


def _languages(text: str) -> Iterator[tuple[str, str]]:
    labels = list(_LABEL.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    yield "", text[: labels[0].start()] if labels else text
    for label, end in zip(labels, ends, strict=False):
        yield _LANGUAGES[label["language"].casefold()], text[label.end() : end]


def _run(text: str, language: str, *, person: bool) -> Iterator[Name]:
    for part in text.split(";"):
        if _OR.search(part) and "/" in part:
            yield Name(_bare(part), "weak", language)
            continue
        for half in _outside(part, _SLASH):
            for other in _outside(half, _OR):
                for one in _ands(other):
                    for name in filter(None, map(_bare, _commas(one, person=person))):
                        weak = " " not in name and (person or len(name) <= _SHORT)
                        yield Name(name, "weak" if weak else "alias", language)


def _ands(text: str) -> list[str]:
    """Parted at an English "and" that has a word of another script beside it."""
    words = _AND.split(text)
    foreign = [re.search(r"[^\x00-\u024f\u2010-\u2030]", word) is not None for word in words]
    return words if any(foreign) else [text]


def _commas(text: str, *, person: bool) -> list[str]:
    pieces: list[str] = []
    for piece in _outside(text, _COMMA):
        if pieces and (not piece or _is_form(piece)):
            pieces[-1] += f", {piece}" if piece else ""
        else:
            pieces.append(piece)
    turned = person and 1 < len(pieces) < _SEVERAL and " " not in pieces[0] and " " in pieces[1]
    named = all(_begins(piece) and not _is_form(piece) for piece in pieces)
    return pieces if named and not turned else [text]


def _begins(piece: str) -> bool:
    """Whether a piece begins like a name: with a capital, a digit or a letter without case, an article aside."""
    piece = _ARTICLE.sub("", piece, count=1) if _ARTICLE.match(piece) else piece
    first = next((sign for sign in piece if sign.isalnum()), "")
    return bool(first) and not first.islower()


def _is_form(text: str) -> bool:
    """Whether a text is a legal form and no more; Latin letters that look Cyrillic count as such."""
    for one in (text, text if text.isascii() else text.translate(_ALIKE)):
        form = names.form(one)
        if not form.stem or form.plain in _FORMS:
            return True
    return False


def _outside(text: str, joint: re.Pattern[str]) -> list[str]:
    """A text parted at a joint, but not where it stands inside brackets or quotes."""
    found, start = [], 0
    for match in joint.finditer(text):
        if _depth(text[: match.start()]) <= 0 < len(text[start : match.start()].strip()):
            found.append(text[start : match.start()].strip())
            start = match.end()
    return [*found, text[start:].strip()]


def _depth(text: str) -> int:
    """How many brackets and quotes are open at the end of a text; a straight quote opens where a word begins."""
    depth = sum(text.count(sign) for sign in _OPENING) - sum(text.count(sign) for sign in _CLOSING)
    for match in re.finditer('"', text):
        before = text[match.start() - 1 : match.start()] if match.start() else " "
        depth += 1 if before.isspace() or before in (*_OPENING, '"') else -1
    return depth


def _bare(text: str) -> str:
    previous = None
    text = " ".join(text.split())
    while text != previous:
        previous, text = text, _LEAD.sub("", text)
    if text.count("(") != text.count(")"):
        text = text.strip("() ")
    return wording.clean(text)
