"""Where sentences begin and end."""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile(
    r"(?P<stop>(?<![.!?…])[.!?…]++)[\"'”\u2019»)\]]*+(?=\s|\Z)"
    r"|(?P<wide>[。\uff01\uff1f]++[\"'”\u2019」』\uff09]*+)"
    r"|(?P<blank>\n[^\S\n]*+\n\s*+)"
)
_NEXT: Final = re.compile(r"(?P<gap>\s*+)(?P<open>[\"'“\u2018«(\[]*+)(?P<word>\S*+)(?:\s++(?P<second>\S++))?")
_LAST: Final = re.compile(r"[^\s\"'“\u2018«(\[]+\Z")
_LOOK_BACK: Final = 40
_NUMERAL: Final = 2


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES: Final = _listed(
    "mr mrs ms dr prof gen sen rep gov lt col sgt capt rev hon messrs st mt cf e.g i.e vs v viz approx ca"
)
_BEFORE_NUMBER: Final = _listed(
    "no nos art arts sec secs fig figs p pp para paras ch vol ed est supp pt "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_FIRMS: Final = _listed("co ltd inc corp llc llp plc pte pty bhd sdn gmbh cie bros intl dept univ govt assn jr sr etc")
_STARTERS: Final = _listed(
    "a according after all also although among an and another any as at because before both but by despite during each "
    "earlier even few following for from he her here his how however i if in instead it its last later many meanwhile "
    "more most no nor not now of officials on once one only or other our over she since so some such that the their "
    "then there these they this those though through to two under until we what when where whether which while who "
    "why with yet you"
)
_VERB: Final = re.compile(
    r"(?:is|was|are|were|has|have|had|will|would|can|could|may|might|does|did|also|said|says|told|makes?|made|sells?|"
    r"sold|[a-z]{2,}ed)\b"
)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of a text, in order: offsets into it, end exclusive.

    Spans do not overlap, start and end on a visible character, and leave out nothing but white
    space. A blank line ends a sentence. A point does not where it belongs to a title, an initial,
    a number, an abbreviation ("U.S. officials") or a company's ending ("Co. Ltd."), unless what
    follows can only open a sentence ("in the U.S. The shop"). Where that cannot be told, two
    sentences stay one: a span may hold too much, never half a sentence.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for mark in _END.finditer(text):
        if mark["blank"] is None and not _closes(text, begin, mark):
            continue
        stop = mark.start() if mark["blank"] else mark.end()
        spans += _span(text, begin, stop)
        begin = mark.end()
    return (*spans, *_span(text, begin, len(text)))


def _span(text: str, start: int, end: int) -> list[tuple[int, int]]:
    inner = text[start:end]
    lead = len(inner) - len(inner.lstrip())
    kept = inner.strip()
    return [(start + lead, start + lead + len(kept))] if kept else []


def _closes(text: str, begin: int, mark: re.Match[str]) -> bool:
    if mark["wide"]:
        return True
    following = _NEXT.match(text, mark.end())
    if following is None or not following["word"] or "\n" in following["gap"]:
        return True
    word = following["word"]
    if word[0].islower():
        return False
    if mark["stop"] != ".":
        return True
    last = _LAST.search(text, max(begin, mark.start() - _LOOK_BACK), mark.start())
    if last is None:
        return True
    counts = last[0].isdigit() and len(last[0]) <= _NUMERAL and not text[begin : last.start()].strip()
    return not counts and _ends_at(last[0], following)


def _ends_at(token: str, following: re.Match[str]) -> bool:
    """Whether the point after `token` ends a sentence, going by the words around it."""
    word, plain = following["word"], token.lower()
    starts = re.sub(r"\W+\Z", "", word).lower() in _STARTERS and word[0].isupper()
    if plain in _TITLES or (plain in _BEFORE_NUMBER and word[0].isdigit()):
        return False
    if "." in token.strip(".") or (len(token) == 1 and token.isalpha()):
        return starts or token[0].isdigit()
    if plain in _FIRMS:
        acts = _VERB.match(following["second"] or "") is not None and re.sub(r"\W", "", word).lower() not in _FIRMS
        return starts or acts or bool(following["open"])
    return True
