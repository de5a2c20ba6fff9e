"""Section 889 of P.L. 115-232: the statute's own words are the list."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import msgspec

from underlabel.lists import kinds, lengths, opening
from underlabel.lists.gather import Clock, Gather, Tally, Terms, fact_id
from underlabel.lists.opening import Opened
from underlabel.model import Facts, InputError, Name, Party, exact

_LARGEST: Final = 20 * 1024 * 1024
"""The most bytes of the text; the whole law has an eighth of them."""

_ENACTED: Final = date(2018, 8, 13)
_IN_EFFECT: Final = date(2019, 8, 13)
"""The ban on buying holds from one year after enactment (s.889(c)); that on contracting from two."""

_CITATION: Final = "P.L. 115-232 s.889(f)(3)"
_DEFINES: Final = re.compile(
    r"covered telecommunications equipment or services[\u2019\u201d'\"`]*\s+means\b", re.IGNORECASE
)
_MARKS: Final = {letter: re.compile(rf"\((?:{letter}|{number})\)\s*") for number, letter in enumerate("ABCD", 1)}
_SENTENCE: Final = re.compile(r"\.(?=\s|$)")
_PRODUCED: Final = re.compile(
    r"(?P<purpose>For the purpose of .*?, )?(?P<what>(?:video surveillance and )?telecommunications equipment)"
    r" produced by (?P<names>.+?)\s*\((?P<reach>or any subsidiary or affiliate[^()]*)\)",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(r"\[\[Page [^\[\]]*\]\]")
_HYPHEN: Final = re.compile(r"(?<=[a-z])-[^\S\n]*+\n\s*+(?=[a-z])")
_SCOPES: Final = {"video surveillance": "video", "telecommunications": "telecom"}


class _Producer(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    clause: str
    scope: tuple[str, ...]
    reach: str
    requirement: str


def read(opened: Opened) -> tuple[Facts, tuple[Tally, ...]]:
    """Read the definition of "covered telecommunications equipment or services" from the text of the law.

    It may be the subsection alone, the section, or the whole law, and as well the clause that
    restates it with numbers for letters (FAR 52.204-25). A record is a producer named in (A) or
    (B), and each of (C), services, and (D), what the Secretary of Defense believes to be tied to a
    covered government: classes, which become categories. `requirement` are the clause's own words,
    with the purposes (B) is limited to. The days are the statute's: public when it was enacted,
    in effect a year later. It names no country. Errors: `InputError` where the text does not
    hold the definition.
    """
    if len(opened.content) > _LARGEST:
        hint = "give the text of section 889(f)(3), of the section, or of the whole law"
        raise InputError(f"the text is longer than {_LARGEST} bytes", where=opened.where, hint=hint)
    text = " ".join(_HYPHEN.sub("", _PAGE.sub(" ", opening.text(opened.content))).split())
    clauses = _clauses(text, opened)
    gather = Gather(opened, opened.edition or _ENACTED)
    enacted = exact(_ENACTED, "published")
    effective = exact(_IN_EFFECT, "effective")
    clock = Clock(since=effective, announced=exact(_ENACTED, "announced"), published=enacted, effective=effective)
    rejected = 0
    for letter in ("A", "B"):
        try:
            producers = _producers(letter, clauses[letter])
        except InputError as error:
            gather.reject(error.what, where=f"{opened.where}:(f)(3)({letter})", hint=error.hint, raw=clauses[letter])
            rejected += 1
            continue
        for producer in producers:
            _listed(producer, clock, gather)
    for letter in ("C", "D"):
        source = gather.source(f"(f)(3)({letter})", f"{_CITATION}({letter})")
        category = gather.category(clauses[letter].rstrip("."), source)
        terms = Terms(programme=f"{_CITATION}({letter})", requirement=clauses[letter], citation=_CITATION)
        gather.listing(category, clock, terms, source)
    parties, categories = len(gather.parties), len(gather.categories)
    tally = Tally(
        file=opened.where,
        records=parties + categories + rejected,
        parties=parties,
        categories=categories,
        rejected=rejected,
    )
    return gather.facts((tally,)), (tally,)


def _clauses(text: str, opened: Opened) -> dict[str, str]:
    begins = _DEFINES.search(text)
    marks: list[re.Match[str]] = []
    for form in _MARKS.values() if begins else ():
        mark = form.search(text, marks[-1].end() if marks else begins.end() if begins else 0)
        marks += [mark] if mark else []
    end = _SENTENCE.search(text, marks[-1].end()) if len(marks) == len(_MARKS) else None
    if end is None:
        raise InputError(
            'the text does not define "covered telecommunications equipment or services" in clauses (A) to (D)',
            where=opened.where,
            hint="give the plain text of section 889(f)(3) of P.L. 115-232",
        )
    ends = [*(mark.start() for mark in marks[1:]), end.end()]
    found = zip(_MARKS, marks, ends, strict=True)
    clauses = {letter: text[mark.end() : stop].strip() for letter, mark, stop in found}
    lengths.check((), clauses.values())
    return clauses


def _producers(letter: str, clause: str) -> tuple[_Producer, ...]:
    found = _PRODUCED.match(clause)
    if found is None:
        raise InputError(
            f"clause ({letter}) does not say who produces the equipment", hint="compare it with the text of the law"
        )
    what = found["what"].lower()
    return tuple(
        _Producer(
            name=name,
            clause=letter,
            scope=tuple(scope for words, scope in _SCOPES.items() if words in what),
            reach=found["reach"],
            requirement=f"{found['purpose'] or ''}{found['what']}",
        )
        for name in re.split(r",?\s+or\s+|,\s+", found["names"])
    )


def _listed(producer: _Producer, clock: Clock, gather: Gather) -> None:
    citation = f"{_CITATION}({producer.clause})"
    source = gather.source(f"(f)(3)({producer.clause})", citation)
    party = Party(
        id=fact_id(gather.opened.info.id, producer.name, ""),
        source=source,
        schema=kinds.schema(producer.name),
        names=(Name(producer.name),),
    )
    gather.party(party)
    terms = Terms(
        programme=citation,
        scope=producer.scope,
        reach=producer.reach,
        requirement=producer.requirement,
        citation="P.L. 115-232 s.889(a)(1)(A), (a)(1)(B), (f)(3)",
    )
    gather.listing(party, clock, terms, source)
