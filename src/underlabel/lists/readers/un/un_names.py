"""The aliases of the UN's list, freed of what else was written into them."""

from __future__ import annotations

import re
from typing import Final, Literal

from underlabel.model import Name

Kind = Literal["alias", "weak", "previous"]

_LISTED_AS: Final = re.compile(r"[\s,(]*\b(?:previously|formerly) listed as\b\)?", re.IGNORECASE)
_WORDS: Final = re.compile(
    r"\s*\(original script\)|original script:\s*|\s+-\s+sub-unit name\b|\s*\((?:birth|combat) name\)", re.IGNORECASE
)
_SCRIPT_NOTE: Final = re.compile(r"(?:original script|in Arabic):\s*(?P<name>[^A-Za-z0-9;:]+)", re.IGNORECASE)
_BORN: Final = re.compile(r",?\s+born\s+(?:in|on|\d).*$", re.IGNORECASE)
_PAPERS: Final = re.compile(r"\s*\((?=.*(?:passport|identi|\d{5})).*$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*\([A-Z]{2}[ei]\.\d{3}\)", re.IGNORECASE)
_BEHIND: Final = re.compile(r"(?P<first>.*\S)\s*\((?P<inside>(?:[^()]|\([^()]*\))*)\)")
_LETTERED: Final = re.compile(r"\s+[b-h]\)\s+")
_LATIN: Final = re.compile(r"[A-Za-z]")
_OTHER: Final = re.compile(r"[\u0370-\u1cff\u2e80-\ufaff\ufb1d-\ufefc]")


def aliases(text: str, note: str, kind: Kind) -> tuple[Name, ...]:
    """The names one alias holds: "a; b" and "a b) c" are two, and so are a name and its original script in brackets.

    `note` is the alias's own note: it may say that the party was listed under it before, or hold the
    original script. Birth dates and papers of persons, written into a few aliases, are not kept.
    """
    if _LISTED_AS.search(text) or _LISTED_AS.search(note):
        kind = "weak" if kind == "weak" else "previous"
    for pattern in (_LISTED_AS, _WORDS, _PAPERS, _BORN, _NUMBER):
        text = pattern.sub("", text)
    found = _scripts(text.strip(" ,;"))
    script = _SCRIPT_NOTE.search(note)
    if script:
        found.append(script["name"])
    return tuple(Name(one, kind) for one in dict.fromkeys(_bare(one) for one in found) if one)


def _scripts(text: str) -> list[str]:
    """The names in a text; what stands in brackets is another name where its script is another."""
    behind = _BEHIND.fullmatch(text)
    if behind and bool(_OTHER.search(behind["first"])) != bool(_OTHER.search(behind["inside"])):
        first, inside = behind["first"], behind["inside"]
        if _OTHER.search(inside) or _LATIN.search(inside):
            return [*_scripts(first), *_parts(inside)]
    return _parts(text)


def _parts(text: str) -> list[str]:
    return [part for half in text.split(";") for part in _LETTERED.split(half)]


def _bare(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;")
    if text.count("(") != text.count(")"):
        text = text.strip(" ()")
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
