"""Names spotted in running text: one pass, whole words, the longest name first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from underlabel import names
from underlabel.model import Mention

_LONG: Final = 0.95
_SHORT: Final = 0.85
_LONG_COMMON: Final = 0.8
_SHORT_COMMON: Final = 0.55
_SMALL_LETTERS: Final = 0.15
_WEAK: Final = 0.15
_WITHOUT_PLACE: Final = 0.05
_OTHER_TYPE: Final = 0.2
_TYPE_WORDS: Final = 4
_TAIL_WORDS: Final = 4
_LEAST_LETTERS: Final = 3
_NEAR: Final = re.compile(r"[\s,(&]{1,3}")
_NEAR_TYPE: Final = re.compile(r"[\s,.(&]{1,4}")
_INSIDE_NAME: Final = re.compile(r"[^!?;:\n]{1,3}")
_ABBREVIATION: Final = 3
_SPACE: Final = re.compile(r"[ \t\u00a0]+")
_BLANKS: Final = 64
"""So many blanks and quotes before a word are looked past; more part it from what stands before them."""
_SENTENCE_END: Final = frozenset(".!?:;\n\u201c\u2022|")

Key = tuple[str, ...]


class _Known(msgspec.Struct, frozen=True, order=True):
    """A name as known: whose, of which kind, its organisation types, how it is written."""

    party: str
    weak: bool
    org_types: tuple[str, ...]
    text: str
    lost_place: bool


class Spotter(msgspec.Struct, frozen=True):
    """Names by their words, and the lengths that names beginning with a word have, longest first."""

    names: dict[Key, tuple[_Known, ...]]
    lengths: dict[str, tuple[int, ...]]


class _Text(msgspec.Struct, frozen=True):
    """A text, its words, and their comparable letters (numbers in digits)."""

    text: str
    words: tuple[names.Word, ...]
    letters: tuple[str, ...]

    def written(self, at: int) -> str:
        return self.text[self.words[at].start : self.words[at].end]

    def gap(self, at: int) -> str:
        """What stands between a word and the next."""
        return self.text[self.words[at].end : self.words[at + 1].start]

    def capital(self, at: int) -> bool:
        return self.text[self.words[at].start].isupper()


def spotter(rows: Iterable[tuple[str, str, str]]) -> Spotter:
    """A spotter of (party, text, kind) names; in any order they give the same one.

    A name is known by its words without organisation type, and without a place at its head where
    two words with a rare one remain ("Dahua Technology"). No other short form is invented: give
    "Dahua" as a name to have it spotted. Names of one letter or two are left out.
    """
    found: dict[Key, set[_Known]] = defaultdict(set)
    for party, text, kind in rows:
        form = names.form(text)
        if not names.is_name(text) or len("".join(form.stem)) < _LEAST_LETTERS:
            continue
        found[form.stem].add(_Known(party, kind == "weak", form.org_types, text, lost_place=False))
        rest = form.stem[1:]
        if names.word_class(form.stem[0]) == "place" and len(rest) > 1 and _is_rare(rest):
            found[rest].add(_Known(party, kind == "weak", form.org_types, text, lost_place=True))
    for key, known in found.items():
        # A name in full is not also the rest of somebody else's.
        found[key] = {one for one in known if not one.lost_place} or known
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in found:
        lengths[key[0]].add(len(key))
    return Spotter(
        {key: tuple(sorted(found[key])) for key in sorted(found)},
        {word: tuple(sorted(lengths[word], reverse=True)) for word in sorted(lengths)},
    )


def spot(spotter: Spotter, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
    """The parties named in each text, in order of place, with offsets into the text as given.

    Mentions do not overlap, except where one name is that of several parties: one mention each.
    A name of one common word ("Ring") needs its exact capitals inside a sentence, and is no weak
    alias. A name inside a longer company name ("Dahua" in "Dahua Electronics Corporation") is not
    that party and is not told.
    """
    return [_spot(spotter, _read(text)) for text in texts]


def _read(text: str) -> _Text:
    words = names.words(text)
    letters = tuple(
        names.number(word.letters, words[at - 1].letters if at else "") or word.letters for at, word in enumerate(words)
    )
    return _Text(text, words, letters)


def _spot(spotter: Spotter, text: _Text) -> tuple[Mention, ...]:
    mentions: list[Mention] = []
    at = 0
    while at < len(text.words):
        found, after = _longest(spotter, text, at)
        mentions += found
        at = after
    return tuple(mentions)


def _longest(spotter: Spotter, text: _Text, at: int) -> tuple[list[Mention], int]:
    """The mentions of the longest name that begins at a word, and the word to go on from."""
    for length in spotter.lengths.get(text.letters[at], ()):
        key = text.letters[at : at + length]
        known = spotter.names.get(key)
        if known is None or len(key) < length or not _together(text, at, length):
            continue
        last, types = _types_after(text, at + length - 1)
        if not types and _goes_on(text, last):
            continue
        start, end = text.words[at].start, text.words[last].end
        mentions = _mentions(text, at, length, types, known)
        if mentions:
            shown = text.text[start:end]
            return [Mention(party=p, text=shown, start=start, end=end, score=s) for p, s in mentions], last + 1
    return [], at + 1


def _mentions(
    text: _Text, at: int, length: int, types: tuple[str, ...], known: tuple[_Known, ...]
) -> list[tuple[str, float]]:
    """Each party of the name once, with its best score."""
    best: dict[str, float] = {}
    for one in known:
        value = _score(text, at, length, types, one)
        if value > best.get(one.party, 0.0):
            best[one.party] = value
    return sorted(best.items())


def _score(text: _Text, at: int, length: int, types: tuple[str, ...], known: _Known) -> float:
    """How surely these words are that name; 0 where they are not."""
    key = text.letters[at : at + length]
    capitals = all(
        text.capital(i) or not text.written(i)[0].islower() or names.rarity(text.letters[i]) <= names.FUNCTION
        for i in range(at, at + length)
    )
    if _is_rare(key):
        value = (_LONG if length > 1 or types else _SHORT) - (0 if capitals else _SMALL_LETTERS)
    elif length > 1 or (types and text.capital(at) and not known.weak):
        if not capitals:
            return 0.0
        value = _LONG_COMMON
    else:
        exact = known.text.startswith(text.written(at)) and text.capital(at)
        if not exact or known.weak or _begins_sentence(text, at) or _has_neighbour(text, at):
            return 0.0
        value = _SHORT_COMMON
    classes = [{names.org_class(kind) for kind in kinds} - {""} for kinds in (types, known.org_types)]
    value -= _OTHER_TYPE if all(classes) and not classes[0] & classes[1] else 0
    value -= (_WEAK if known.weak else 0) + (_WITHOUT_PLACE if known.lost_place else 0)
    return round(value, 2)


def _is_rare(key: Sequence[str]) -> bool:
    return any(names.rarity(word) > names.COMMON and not word.isdigit() for word in key)


def _together(text: _Text, at: int, length: int) -> bool:
    """Whether no sentence ends inside the words."""
    return all(_INSIDE_NAME.fullmatch(text.gap(i)) and _goes_past_point(text, i) for i in range(at, at + length - 1))


def _goes_past_point(text: _Text, at: int) -> bool:
    """Whether a point behind a word shortens it ("St. Petersburg") and ends no sentence."""
    return "." not in text.gap(at) or len(text.letters[at]) <= _ABBREVIATION


def _types_after(text: _Text, last: int) -> tuple[int, tuple[str, ...]]:
    """The last word of the organisation type behind a name ("Co., Ltd."), and the types."""
    best = last
    types: tuple[str, ...] = ()
    for count in range(1, _TYPE_WORDS + 1):
        after = last + count
        if after >= len(text.words) or not (_NEAR if count == 1 else _NEAR_TYPE).fullmatch(text.gap(after - 1)):
            break
        if not text.capital(after) and not best > last:
            break
        form = names.form(text.text[text.words[last + 1].start : text.words[after].end])
        if form.org_types and not form.stem:
            best, types = after, form.org_types
    return best, types


def _goes_on(text: _Text, last: int) -> bool:
    """Whether more capitalised words follow that end in an organisation type: a longer company name."""
    for after in range(last + 1, min(last + _TAIL_WORDS, len(text.words))):
        if not _SPACE.fullmatch(text.gap(after - 1)) or not text.capital(after):
            return False
        if _types_after(text, after)[1]:
            return True
    return False


def _begins_sentence(text: _Text, at: int) -> bool:
    start = text.words[at].start
    before = text.text[max(0, start - _BLANKS) : start].rstrip(" \t\"'\u2018\u201c(")
    return not before or before[-1] in _SENTENCE_END


def _has_neighbour(text: _Text, at: int) -> bool:
    """Whether another capitalised word stands right beside it ("Apple Valley")."""
    after = at + 1 < len(text.words) and text.gap(at) == " " and text.capital(at + 1)
    before = at > 0 and text.gap(at - 1) == " " and text.capital(at - 1) and not _begins_sentence(text, at - 1)
    return after or before
