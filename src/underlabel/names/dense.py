"""Words of scripts that are written without spaces, and of scripts whose words hold more than one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from typing import Final

from underlabel.names.abjads import without_article
from underlabel.names.tables import column, rows

_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HAN_ONLY: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3007]+")
_KANA: Final = re.compile(r"[\u3040-\u30ff]")
_THAI: Final = re.compile(r"[\u0e01-\u0e7f]")
_ARABIC: Final = re.compile(r"[\u0620-\u06ff]")
_DENSE: Final = re.compile(
    r"[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_PIECES: Final = re.compile(r"[\u30a0-\u30ff]+|[\u3040-\u309f]+|[^\u3040-\u30ff]+")
_DIGITS: Final = {
    char: value
    for value, chars in enumerate(("〇零", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
# What Chinese numerals are read before.
_COUNTED: Final = (
    "院|所|厂|廠|局|部|分|号|號|研究|设计|設計|建|冶|机床|機床|中学|中學|医院|人民|航空|公司|工程|集团|工厂"
    "|小学|大队|支队|军|師|师|团|兵"
)
_NUMERAL: Final = re.compile(
    rf"第([一二三四五六七八九十百零〇]+)|^([一二三四五六七八九十百零〇]+)$|(?<![一-鿿])([一二三四五六七八九十百零〇]{{1,5}})(?=(?:{_COUNTED}))"
)
_LONGEST_READING: Final = 6
_SURNAMES: Final = frozenset(column("surnames.csv", "written", "read", script="Han"))
_GIVEN_MOST: Final = 2
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]{2,4}")
# Korean surnames as the lists write them.
_KOREAN: Final = column("surnames.csv", "written", "read", script="Hangul")


def spaced(words: list[str], text: str) -> list[str]:
    """The words, those of scripts without spaces cut into the words they hold, Japanese ones in their readings.

    "海康威视" is "海康" and "威视" (ICU's dictionary), "第五研究所" is "5" and "研究所", "القذافي" is "ال" and
    "قذافي". `text` is the whole name: kana and Japanese organisation types in it show that it is Japanese.
    """
    japanese = bool(_KANA.search(text)) or "会社" in text
    found: list[str] = []
    for word in words:
        if word.isascii():
            found.append(word)
        elif _DENSE.search(word):
            found.extend(_cut(word, japanese))
        elif _ARABIC.match(word):
            found.extend(without_article(word))
        else:
            found.append(word)
    return found


def person(words: list[str]) -> list[str]:
    """The words of a person's name: a Han or Hangul name in one word is a surname and a given name."""
    if len(words) != 1 or words[0].isascii():
        return words
    word = words[0]
    if _HANGUL.fullmatch(word):
        return [_KOREAN.get(word[0], word[0]), *word[1:]]
    if _HAN_ONLY.fullmatch(word):
        surname = 2 if word[:2] in _SURNAMES and len(word) > 2 else 1  # noqa: PLR2004 - two characters and a given name
        if 0 < len(word) - surname <= _GIVEN_MOST:
            return [word[:surname], word[surname:]]
    return words


@lru_cache(maxsize=1 << 14)
def _cut(word: str, japanese: bool) -> tuple[str, ...]:  # noqa: FBT001 - part of what is remembered
    found: list[str] = []
    for piece in _PIECES.findall(word) if japanese else (word,):
        counted = _NUMERAL.sub(_value, piece) if _HAN.search(piece) else piece
        for part, read in _read(counted, japanese):
            found.extend(part.split() if read else _by_dictionary(part))
    return tuple(found)


def _read(word: str, japanese: bool) -> list[tuple[str, bool]]:  # noqa: FBT001 - as above
    """The word in stretches, those with a Japanese reading in it."""
    found: list[tuple[str, bool]] = []
    plain = at = 0
    while at < len(word):
        for length in range(min(_LONGEST_READING, len(word) - at), 1, -1):
            reading = _readings().get(word[at : at + length])
            if reading and (japanese or reading[1] == "any"):
                found += [(word[plain:at], False)] if plain < at else []
                found.append((reading[0], True))
                at += length
                plain = at
                break
        else:
            at += 1
    return [*found, (word[plain:], False)] if plain < len(word) else found


def _by_dictionary(word: str) -> list[str]:
    if word.isascii() or len(word) == 1:
        return [part for part in word.split() if part]
    if _KANA.fullmatch(word[0]) and not _HAN.search(word):
        return [word]
    cuts = _breaks()(word)
    raw = word.encode("utf-16-le")  # ICU counts in UTF-16
    parts = (raw[2 * a : 2 * b].decode("utf-16-le").strip() for a, b in zip([0, *cuts], cuts, strict=False))
    return _whole([part for part in parts if part])


def _whole(parts: list[str]) -> list[str]:
    """The parts, single characters in a row together: they are a name that no dictionary holds ("华为")."""
    found: list[str] = []
    single = False
    for part in parts:
        alone = len(part) == 1 and not part.isascii()
        if alone and single:
            found[-1] += part
        else:
            found.append(part)
        single = alone
    return found


def _value(found: re.Match[str]) -> str:
    """A Chinese numeral in digits, a space on either side; as written where it is none ("三一")."""
    written = next(group for group in found.groups() if group)
    value = number(written)
    return f" {value} " if value else found[0]


def number(written: str) -> str:
    """The number that Chinese characters say, below a thousand; empty where they say none ("三一")."""
    if "十" not in written and "百" not in written:
        digits = "".join(str(_DIGITS[char]) for char in written)
        return digits if len(written) == 1 or "0" in digits else ""
    total = 0
    digit = -1
    for char in written:
        if char in _DIGITS:
            if digit > 0:
                return ""
            digit = _DIGITS[char]
        else:
            total += max(digit, 1) * (10 if char == "十" else 100)
            digit = -1
    return str(total + max(digit, 0))


@cache
def _breaks() -> Callable[[str], list[int]]:
    """ICU's dictionary of Chinese, Japanese and Thai words: the ends of the words of a text."""
    icu = import_module("icu")  # loaded when the first such name comes
    breaker = icu.BreakIterator.createWordInstance(icu.Locale("zh"))

    def ends(text: str) -> list[int]:
        breaker.setText(text)
        return list(breaker)

    return ends


@cache
def _readings() -> dict[str, tuple[str, str]]:
    return {row["written"]: (row["read"], row["where"]) for row in rows("readings.csv")}
