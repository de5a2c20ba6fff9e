"""Repair of text whose UTF-8 bytes were read as Windows-874 (Thai) or as a Western code page."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

import ftfy

_ROUNDS: Final = 4
_CHAIN_ALONE: Final = 4
_LATIN_END: Final = 0x250
_SINGLE: Final = bytes(range(0x80, 0x100))

# Undefined bytes of Windows-874 come through as C1 control characters in most software.
_BYTE: Final = {chr(byte): byte for byte in range(0x80, 0xA0)} | {
    char: byte for byte in _SINGLE if (char := bytes((byte,)).decode("cp874", "ignore"))
}
_THAI: Final = re.compile("[\u0e01-\u0e5b]")
_SEQUENCE: Final = re.compile(
    rb"\xc2[\xa0-\xbf]|[\xc3-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_CHAIN: Final = re.compile(rb"(?:" + _SEQUENCE.pattern + rb")+")
_CONSONANT: Final = re.compile(rb"[\xa1-\xce]")
_WORD: Final = re.compile("[^ \t\r\n\x1a\ufffd]+")
_DIGIT_AFTER_SPACE: Final = re.compile(r" \d")
_LOST: Final = re.compile(
    "\ufffd|[\u0e40-\u0e44][\u20ac\u2026\u2018\u2019\u201c\u201d\u2022\u2013\u2014\x80-\x9f]|\u00e2\u20ac"
)
_WESTERN: Final = ftfy.TextFixerConfig(unescape_html=False, restore_byte_a0=False, replace_lossy_sequences=False)


def repair(text: str) -> str:
    """Give back the text that was meant where UTF-8 was read as Windows-874 or a Western code page.

    Only complete, well-formed UTF-8 sequences are put back; a sequence that lost a byte stays as
    it is (see `lost`). True Thai is left alone: a sequence of Thai letters only is taken for
    damage where it stands inside a Latin word or number and the text has no other Thai, or where
    four and more follow each other and nothing else in the text is Thai. Run this before quotes
    are straightened: the straight quote no longer tells which byte it was.
    """
    for _ in range(_ROUNDS):
        mended = _WORD.sub(_western, _windows_874(text))
        if mended == text:
            break
        text = mended
    return text


def lost(text: str) -> tuple[int, ...]:
    """Offsets at which a repaired text still shows a sequence that lost a byte for good."""
    return tuple(found.start() for found in _LOST.finditer(text))


def _western(word: re.Match[str]) -> str:
    """Ask ftfy about one word, so that no space can stand in for a lost byte."""
    return word[0] if word[0].isascii() else ftfy.fix_encoding(word[0], _WESTERN)


def _windows_874(text: str) -> str:
    if not _THAI.search(text):
        return text
    shadow = bytes(_BYTE.get(char, 0) if char > "\x7f" else ord(char) for char in text)
    true_thai = _CONSONANT.search(_CHAIN.sub(b"", shadow)) is not None
    pieces, done = [], 0
    for chain in _CHAIN.finditer(shadow):
        pieces += [text[done : chain.start()], _mended(text, shadow, chain.span(), true_thai=true_thai)]
        done = chain.end()
    return "".join([*pieces, text[done:]])


def _mended(text: str, shadow: bytes, span: tuple[int, int], *, true_thai: bool) -> str:
    """One unbroken chain of sequences, with those decoded that cannot be meant as they stand."""
    found = list(_SEQUENCE.finditer(shadow, *span))
    out = []
    for certain, group in groupby(found, key=lambda one: _never_thai(text, shadow, one.span())):
        sequences = list(group)
        start, end = sequences[0].start(), sequences[-1].end()
        decoded = shadow[start:end].decode()
        likely = not true_thai and (len(found) >= _CHAIN_ALONE or _inside_latin(text, start, end, decoded))
        out.append(decoded if certain or likely else text[start:end])
    return "".join(out)


def _never_thai(text: str, shadow: bytes, span: tuple[int, int]) -> bool:
    """A control character, or a vowel that must lead a consonant and does not."""
    start, end = span
    leads = "\u0e40" <= text[start] <= "\u0e44"
    return any(char < "\xa0" for char in text[start:end]) or (leads and shadow[start + 1] <= _BYTE["\xa0"])


def _inside_latin(text: str, start: int, end: int, decoded: str) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if not all(ord(char) < _LATIN_END for char in decoded):
        return False
    if decoded.isalpha():
        return (before.isascii() and before.isalpha()) or (after.isascii() and after.islower())
    beside = (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())
    return beside or _DIGIT_AFTER_SPACE.match(text, end) is not None
