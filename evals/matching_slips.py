"""Slips that people and machines make in names, seeded: the same name gets the same slips in every run.

Digits are left alone: "Fund 2" and "Fund 3" are two bodies, no slip of one.
"""

from __future__ import annotations

import string
from random import Random
from typing import Final

from underlabel import names

SEED: Final = 20191009
_TRIES: Final = 60
_ALPHABETS: Final = (
    string.ascii_lowercase,
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
)
_LOOKALIKES: Final = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("vv", "w"), ("w", "vv"), ("li", "h"), ("h", "li"),
    ("l", "1"), ("i", "1"), ("o", "0"), ("s", "5"), ("b", "8"), ("g", "9"), ("e", "c"), ("c", "e"),
    ("u", "v"), ("i", "l"), ("l", "i"), ("n", "u"),
)  # fmt: skip
"""What optical readers take for one another."""
_KINDS: Final = ("wrong", "missing", "extra", "swapped", "space", "looks alike")
_WEIGHTS: Final = (22, 22, 22, 18, 8, 8)
_TYPES: Final = ("Ltd", "LLC", "Inc.", "Co., Ltd.", "Corp.", "GmbH", "S.A.", "Limited", "Company", "JSC", "PLC", "B.V.")


def chance(*of: object) -> Random:
    """A source of chance that depends on nothing but its arguments."""
    return Random("|".join(map(str, (SEED, *of))))  # noqa: S311 - the same sample in every run


def can_slip(name: str) -> bool:
    """Whether one wrong letter leaves a name of its own: four letters at least, of an alphabet."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) >= 4 and all(_alphabet(letter) for letter in letters if not letter.isascii())


def slipped(name: str, edits: int, by: Random) -> str:
    """The name with that many random edits, each of another place; its comparable form is another one."""
    plain = names.form(name).plain
    for _ in range(_TRIES):
        text = name
        for _ in range(edits):
            text = _edit(text, by)
        if names.is_name(text) and names.form(text).plain != plain:
            return text
    return name + by.choice(string.ascii_lowercase)


def word_dropped(name: str, by: Random) -> str:
    """The name without one of its words, or as it is where it has fewer than three."""
    words = name.split()
    if len(words) < 3:
        return name
    at = by.randrange(len(words))
    left = " ".join(words[:at] + words[at + 1 :]).strip(" ,-&")
    return left if names.is_name(left) else name


def words_swapped(name: str, by: Random) -> str:
    """The name with two of its words in each other's place; one word stays as it is."""
    words = name.replace(",", " ").split()
    if len(words) < 2:
        return name
    one, other = by.sample(range(len(words)), 2)
    words[one], words[other] = words[other], words[one]
    return " ".join(words)


def natural_order(name: str) -> str:
    """A name written "SURNAME, Given" as "Given SURNAME"; any other name as it is."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name


def type_removed(name: str) -> str:
    """An organisation's name without its organisation types, or as it is where nothing else is left."""
    stem = names.form(name).stem
    text = " ".join(stem).title()
    return text if names.is_name(text) else name


def type_changed(name: str, by: Random) -> str:
    """An organisation's name with another organisation type than its own at the end."""
    own = set(names.form(name).org_types)
    bare = type_removed(name)
    kinds = [kind for kind in _TYPES if not set(names.form(f"{bare} {kind}").org_types) & own]
    return f"{bare} {by.choice(kinds)}"


def _edit(name: str, by: Random) -> str:
    kind = by.choices(_KINDS, _WEIGHTS)[0]
    places = [at for at, letter in enumerate(name) if letter.isalpha()]
    at = by.choice(places)
    letter = _letter(name[at], by)
    if kind == "wrong":
        return name[:at] + letter + name[at + 1 :]
    if kind == "missing":
        return name[:at] + name[at + 1 :]
    if kind == "extra":
        return name[:at] + letter + name[at:]
    if kind == "swapped":
        return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
    return _space(name, by) if kind == "space" else _look_alike(name, by)


def _letter(near: str, by: Random) -> str:
    """A letter of the same alphabet, in the same case."""
    letter = by.choice(_alphabet(near) or string.ascii_lowercase)
    return letter.upper() if near.isupper() else letter


def _alphabet(letter: str) -> str:
    plain = letter.casefold()
    if plain.isascii() or _latin(plain):
        return _ALPHABETS[0]
    return next((one for one in _ALPHABETS if plain in one), "")


def _latin(letter: str) -> bool:
    return "À" <= letter <= "ɏ" or "Ḁ" <= letter <= "ỹ"


def _space(name: str, by: Random) -> str:
    """A space lost, or one added inside a word of four letters or more."""
    gaps = [at for at in range(1, len(name) - 1) if name[at] == " "]
    inside = [at for at in range(2, len(name) - 1) if all(letter.isalpha() for letter in name[at - 2 : at + 2])]
    if gaps and (by.random() < 0.5 or not inside):
        at = by.choice(gaps)
        return name[:at] + name[at + 1 :]
    if inside:
        at = by.choice(inside)
        return name[:at] + " " + name[at:]
    return name


def _look_alike(name: str, by: Random) -> str:
    lower = name.lower()
    if len(lower) != len(name):
        return name
    found = [(at, old, new) for old, new in _LOOKALIKES for at in range(len(name)) if lower.startswith(old, at)]
    if not found:
        return name
    at, old, new = by.choice(found)
    return name[:at] + (new.upper() if name[at].isupper() else new) + name[at + len(old) :]
