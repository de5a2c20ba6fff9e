"""Names in comparable form."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec
from rigour.text.translit import maybe_ascii

from underlabel.names.addresses import written_out
from underlabel.names.latin import letters, scripts, visible
from underlabel.names.numbers import number
from underlabel.names.orgtypes import open_up, pieces
from underlabel.names.words import split

LONGEST: Final = 10_000
"""Characters of a text that are read as a name; what comes after them is not looked at."""
NAME_MAX: Final = 1_000
"""No name is longer than this many characters."""
_WITHOUT_TYPES: Final = frozenset({"Person", "Vessel", "Airplane", "Address"})


class Form(msgspec.Struct, frozen=True):
    """A name in comparable form.

    `plain` is lower-case ASCII, words parted by one space; `tokens` are its words. `stem` are the
    words without organisation types, numbers in digits ("III" is "3"); `org_types` are rigour's
    names of the types, in order, "Company Limited" and "Co., Ltd." both "coltd". `numbers` are the
    numbers of the stem. `script` is "Latin", "Cyrillic", "Han" …, "mixed", or empty.
    """

    text: str
    plain: str
    tokens: tuple[str, ...]
    stem: tuple[str, ...]
    org_types: tuple[str, ...]
    numbers: tuple[str, ...]
    script: str


def form(text: str, schema: str = "") -> Form:
    """The comparable form of a name. It takes time linear in the text and never fails.

    `schema` is a FollowTheMoney name: persons, vessels, aircraft and addresses have no
    organisation type, and the stem of an address has its abbreviations written out. At most the
    first 10,000 characters are read.
    """
    return _form(text, schema if schema in _WITHOUT_TYPES else "")


@lru_cache(maxsize=1 << 14)
def _form(text: str, schema: str) -> Form:
    written, native = _native(text, schema)
    tokens: list[str] = []
    stem: list[str] = []
    org_types: list[str] = []
    numbers: list[str] = []
    for words, org_type in native:
        plain = [word for word in map(letters, words) if word]
        if org_type:
            org_types.append(org_type)
        else:
            for word in plain:
                value = "" if schema == "Person" else number(word, tokens[-1] if tokens else "")
                stem.append(value or word)
                numbers.extend([value] if value else [])
                tokens.append(word)
            continue
        tokens.extend(plain)
    if schema == "Address":
        stem = written_out(stem)
    found = scripts(written)
    return Form(
        text=text,
        plain=" ".join(tokens),
        tokens=tuple(tokens),
        stem=tuple(stem),
        org_types=tuple(org_types),
        numbers=tuple(numbers),
        script="mixed" if len(found) > 1 else next(iter(found), ""),
    )


def key(text: str) -> str:
    """The exact-comparison key of a name: equal keys are one name, differently written.

    Word order is kept and organisation types are canonical. Alphabets that transliterate
    reliably become ASCII; Han, kana, Arabic and the like stay as written, because different
    names in them may come to the same ASCII letters. Empty where the text is no name.
    """
    _, native = _native(text, "")
    words: list[str] = []
    for group, org_type in native:
        if org_type:
            words.append(f"~{org_type}")
        else:
            words.extend(letters(word) if maybe_ascii(word).isascii() else word for word in group)
    return " ".join(word for word in words if word)


def is_name(text: str) -> bool:
    """Whether a text can be a name: it holds a letter beyond organisation types, in 1,000 characters at most."""
    if len(text) > NAME_MAX:
        return False
    return any(any(char.isalpha() for char in word) for word in form(text).stem) or _only_a_number(text)


def _only_a_number(text: str) -> bool:
    """Whether letters stand in the text that became a number ("Third")."""
    made = form(text)
    return bool(made.numbers) and any(char.isalpha() for char in "".join(made.tokens))


def _native(text: str, schema: str) -> tuple[str, list[tuple[list[str], str]]]:
    """The text as read, and its words as written in groups, each with its organisation type or none."""
    written = visible(text[:LONGEST])
    words = [word.casefold() for word in open_up(split(written))]
    if schema in _WITHOUT_TYPES:
        return written, [(words, "")]
    return written, [(words[piece.first : piece.last], piece.org_type) for piece in pieces(words)]
