"""Names in comparable form."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec
from rigour.text.translit import maybe_ascii

from underlabel.names.addresses import written_out
from underlabel.names.aliases import parted
from underlabel.names.dense import person, spaced
from underlabel.names.latin import letters, scripts, visible
from underlabel.names.numbers import number, without_endings, without_signs
from underlabel.names.orgtypes import open_up, pieces
from underlabel.names.persons import forward, initials, without_titles
from underlabel.names.repair import repaired
from underlabel.names.slips import without_digits
from underlabel.names.typeslips import righted
from underlabel.names.words import split

LONGEST: Final = 10_000
"""Characters of a text that are read as a name; what comes after them is not looked at."""
NAME_MAX: Final = 1_000
"""No name is longer than this many characters."""
_WITHOUT_TYPES: Final = frozenset({"Person", "Vessel", "Airplane", "Address"})

_WITH_NUMBERS: Final = frozenset({"Address", "Airplane"})


class Form(msgspec.Struct, frozen=True):
    """A name in comparable form.

    `plain` is lower-case ASCII, words parted by one space; `tokens` are its words. `stem` are the words
    without organisation types, numbers in digits ("III", "third" and "No. 3" are "3"), digits that stand for
    letters read as these ("H1kvision"); of a person without titles. `org_types` are the types in order, under one
    name each, "Company Limited" and "Co., Ltd." both "coltd". `numbers` are the numbers of the stem. `script` is
    "Latin", "Cyrillic", "Han" …, "mixed", or empty. `titles` are a person's, `others` what
    else the text names behind "a.k.a.", as written: nothing of it is in the other fields but `text`.
    """

    text: str
    plain: str
    tokens: tuple[str, ...]
    stem: tuple[str, ...]
    org_types: tuple[str, ...]
    numbers: tuple[str, ...]
    script: str
    titles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def form(text: str, schema: str = "") -> Form:
    """The comparable form of a name. It takes time linear in the text and never fails.

    `schema` is a FollowTheMoney name: persons, vessels, aircraft and addresses have no
    organisation type, and the stem of an address has its abbreviations written out. At most the
    first 10,000 characters are read.
    """
    return _form(text, schema if schema in _WITHOUT_TYPES else "")


@lru_cache(maxsize=1 << 14)
def _form(text: str, schema: str) -> Form:
    written, native, others = _native(text, schema)
    tokens: list[str] = []
    stem: list[str] = []
    org_types: list[str] = []
    strange = not written.isascii()
    for group, org_type in native:
        words = group
        if strange and not org_type:
            words = spaced(person(group) if schema == "Person" else group, written)
        plain = [word for word in map(letters, words) if word]
        if org_type:
            org_types.append(org_type)
        elif schema == "Person":
            stem += plain
        else:
            before = tokens[-1] if tokens else ""
            for word in plain:
                stem.append(number(word, before) or word)
                before = word
        tokens += plain
    titles: tuple[str, ...] = ()
    if schema == "Person":
        stem, titles = without_titles(stem)
    elif schema == "Address":
        stem = written_out(stem)
    else:
        stem = without_signs(stem)
    return Form(
        text=text,
        plain=" ".join(tokens),
        tokens=tuple(tokens),
        stem=tuple(stem),
        org_types=tuple(org_types),
        numbers=tuple(word for word in stem if word.isdigit()),
        script=_script(written),
        titles=titles,
        others=others,
    )


def key(text: str) -> str:
    """The exact-comparison key of a name: equal keys are one name, differently written.

    Word order is kept and organisation types are canonical. Alphabets that transliterate
    reliably become ASCII; Han, kana, Arabic and the like stay as written, because different
    names in them may come to the same ASCII letters. Empty where the text is no name.
    """
    native = _native(text, "")[1]
    words: list[str] = []
    for group, org_type in native:
        if org_type:
            words.append(f"~{org_type}")
        else:
            words.extend(letters(word) if maybe_ascii(word).isascii() else word for word in group)
    return " ".join(word for word in words if word)


def is_name(text: str, schema: str = "") -> bool:
    """Whether a text can be a name: it holds a letter beyond organisation types, in 1,000 characters at most.

    `schema` is as in `form`: what is an organisation type elsewhere may be a person's name.
    """
    if len(text) > NAME_MAX:
        return False
    return any(any(char.isalpha() for char in word) for word in form(text, schema).stem) or _only_a_number(text, schema)


def _only_a_number(text: str, schema: str) -> bool:
    """Whether letters stand in the text that became a number ("Third")."""
    made = form(text, schema)
    return bool(made.numbers) and any(char.isalpha() for char in "".join(made.tokens))


def _script(written: str) -> str:
    found = scripts(written)
    return "mixed" if len(found) > 1 else next(iter(found), "")


def _native(text: str, schema: str) -> tuple[str, list[tuple[list[str], str]], tuple[str, ...]]:
    """The text as read; its words as written in groups, each with its organisation type or none; what else it names."""
    text = text[:LONGEST]
    if not text.isascii():
        text = without_endings(visible(repaired(text)))
    written, *others = parted(text)
    if schema not in _WITH_NUMBERS:
        written = without_digits(written)
    if schema == "Person":
        words = [word for each in split(forward(written)) for word in initials(each)]
    else:
        words = split(written)
    if not (written.isascii() and (written.isupper() or written.istitle() or written.islower())):
        words = open_up(words)  # nothing is stuck together where all words have one case
    words = [word.casefold() for word in words]
    if schema in _WITHOUT_TYPES:
        return written, [(words, "")], tuple(others)
    words = righted(words)
    return written, [(words[piece.first : piece.last], piece.org_type) for piece in pieces(words)], tuple(others)
