"""Cues in a sentence: hedges, plain attribution, denial."""

from __future__ import annotations

import re
from typing import Final

_HEDGE: Final = re.compile(
    r"\b(?:reportedly|allegedly|alleged|linked to|accused of|according to)\b"
    r"|\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+)?(?P<said>said to)\b",
    flags=re.IGNORECASE,
)
# A point belongs to the name inside a number or address, after an initial and after a company's ending.
_POINT: Final = r"\.(?=\w)|(?<=\b[A-Z])\.|(?<=Co)\.|(?<=Inc)\.|(?<=Ltd)\.|(?<=Corp)\.(?=\s)"
_ACCORDING: Final = re.compile(rf"\b[Aa]ccording to (?P<who>(?:[^,;:.\u2013—()\"“”]|{_POINT})*)")
_NAME: Final = rf"[A-Z](?:[\w&'\u2019-]|{_POINT})*"
_SAID: Final = re.compile(rf"[,”\"]\s*(?:said|says)\s+(?P<who>(?:the )?{_NAME}(?: (?:{_NAME}|of|the))*)")
_WHO_ENDS: Final = re.compile(r"(?<!\s)\s++(?:--?|which|that|who|whose|but|while|because|as)\s.*\Z")
_WHO_WORDS: Final = 12
_CALENDAR: Final = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december",
    flags=re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r";|(?:[,\u2013—]|(?<!\s))\s++(?:but|while|whereas|although|though|however)\s|\s--\s|[\u2013—]", flags=re.IGNORECASE
)
_DENIAL: Final = re.compile(r"\b(?:continue[sd]? to deny|denies|denied|deny)\b(?P<what>[^,;.]*)", flags=re.IGNORECASE)
_BREAKS: Final = ",;\u2013—"
_NO_DENIAL: Final = re.compile(
    r"\b(?:which|who|whom|whose)\b"
    r"|\b(?:not|never|cannot|(?:ca|could|did|does|do|wo|would)n['\u2019]t|without|is|are|was|were|be|been|being|to|"
    r"may|might|can|could|will|would|should|must)\s+(?:\w+\s+)?\Z",
    flags=re.IGNORECASE,
)
_REFUSAL: Final = re.compile(
    r"\s+(?:(?:the|a|an|any|them|it|him|her|us|\w+['\u2019]s?)\s+)?"
    r"(?:access|entry|permission|licen[cs]es?|visas?|exports?|applications?|requests?|service|persons?|part(?:y|ies)|lists?)\b",
    flags=re.IGNORECASE,
)
_SAME: Final = re.compile(
    r"\s*(?:\Z|(?:it|them|(?:this|that)(?=\s*\Z)|doing so|(?:any )?wrongdoing|"
    r"(?:the|these|those|such|all|any)\s+(?:\w+\s+)?(?:allegations?|accusations?|claims?|charges?|reports?|abuses?))\b)",
    flags=re.IGNORECASE,
)


def hedges(sentence: str) -> str:
    """The hedge words of a sentence in order, each once, in lower case, joined by ", "; empty if none."""
    found = ((hit["said"] or hit[0]).lower() for hit in _HEDGE.finditer(sentence))
    return ", ".join(dict.fromkeys(" ".join(words.split()) for words in found))


def attribution(sentence: str) -> str:
    """Whom a sentence names as its word, where it says so plainly ("according to X", ", said X"); else empty.

    Two who are named so make it unplain: empty.
    """
    found = [_who(hit["who"]) for cue in (_ACCORDING, _SAID) for hit in cue.finditer(sentence)]
    named = {who for who in found if who}
    return named.pop() if len(named) == 1 else ""


def denies(sentence: str, start: int, end: int) -> bool:
    """Whether a plain denial governs what a sentence says at `start` to `end`.

    It does where it stands in the same clause (the first, if the span is the whole sentence), or
    in a later clause that denies what was said before ("but China denies it"). A relative clause,
    a denial that is itself denied, and a licence denied are none.
    """
    whole = not (sentence[:start].strip() or sentence[end:].strip())
    place = _clause(sentence, 0 if whole else start)
    for cue in _DENIAL.finditer(sentence):
        before = sentence[max(sentence.rfind(mark, 0, cue.start()) for mark in _BREAKS) + 1 : cue.start()]
        if _NO_DENIAL.search(before) or _REFUSAL.match(cue["what"]):
            continue
        clause = _clause(sentence, cue.start())
        if clause == place or (clause > place and _SAME.match(cue["what"])):
            return True
    return False


def _clause(sentence: str, offset: int) -> int:
    return sum(1 for cut in _CLAUSE.finditer(sentence) if cut.end() <= offset)


def _who(text: str) -> str:
    who = " ".join(_WHO_ENDS.sub("", text).split())
    plain = bool(who) and len(who.split()) <= _WHO_WORDS and not _CALENDAR.fullmatch(who.split()[0])
    return who if plain else ""
