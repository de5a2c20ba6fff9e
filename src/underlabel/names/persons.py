"""Names of persons: which way round they stand, and what of them is a title."""

from __future__ import annotations

from typing import Final

from underlabel.names.tables import column

# Titles and how many words of the name must be left with it: 2 for those that are also names ("Mullah Omar").
_TITLES: Final = {title: int(left) for title, left in column("titles.csv", "title", "left", kind="title").items()}
# Words that belong to the title behind them ("Rear Admiral", "His Excellency").
_BEFORE_TITLES: Final = frozenset(column("titles.csv", "title", "left", kind="before"))
_SUFFIXES: Final = frozenset(column("titles.csv", "title", "left", kind="suffix"))
_DEGREES: Final = frozenset(column("titles.csv", "title", "left", kind="degree"))
_APART: Final = ("ph", "d")
_WITHOUT_MARKS: Final = str.maketrans("", "", "()[].\"'")


def forward(text: str) -> str:
    """A name written surname first, given name first: "KIM, Jong Un" is "Jong Un KIM".

    Only with one comma between names. Titles behind a comma come first, degrees and "Jr." last.
    """
    if "," not in text and "\u060c" not in text:
        return text
    parts = [part.strip() for part in text.replace("\u060c", ",").split(",") if part.strip()]
    suffixes = [part for part in parts[1:] if _SUFFIXES.union(_DEGREES).issuperset(_bare(part))]
    titles = [
        part for part in parts[1:] if part not in suffixes and all(_TITLES.get(word) == 1 for word in _bare(part))
    ]
    names = [part for part in parts if part not in titles and part not in suffixes]
    if len(names) == 2:  # noqa: PLR2004 - a surname and what stands before it
        before, _, surname = names[0].partition(" ")
        if surname and _TITLES.get(before.casefold().translate(_WITHOUT_MARKS)) == 1:
            titles, names[0] = [*titles, before], surname
        names.reverse()
    return " ".join([*titles, *names, *suffixes]) if names else text


def initials(word: str) -> list[str]:
    """Initials written without spaces, one by one: "J.R." is "J" and "R"; a degree stays whole."""
    if "." not in word:
        return [word]
    whole = word.replace(".", "")
    return (
        [whole]
        if whole.casefold() in _TITLES or whole.casefold() in _DEGREES
        else [part for part in word.split(".") if part]
    )


def without_titles(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The words without the titles before them and the degrees behind them; and the titles.

    `words` are lower-case ASCII. A title that is also a name ("sheikh", "don") goes only where two
    words are left without it.
    """
    first, last = 0, len(words)
    known = _TITLES
    while last - first > 1:
        step = 2 if words[first] in _BEFORE_TITLES and words[first + 1] in known else 1
        if last - first <= step - 1 + known.get(words[first + step - 1], last):
            break
        first += step
    while last - first > 1 and words[last - 1] in _DEGREES:
        last -= 1
    if last - first > len(_APART) and tuple(words[last - len(_APART) : last]) == _APART:
        last -= len(_APART)
    return words[first:last], (*words[:first], *words[last:])


def _bare(part: str) -> list[str]:
    return part.casefold().translate(_WITHOUT_MARKS).split()
