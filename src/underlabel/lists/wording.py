"""Names and addresses as lists run them together, taken apart where the words leave no doubt."""

from __future__ import annotations

import re
from typing import Final, Literal

from underlabel.lists.kinds import ends_as_company
from underlabel.model import Name

_ALSO: Final = re.compile(
    r"(?:(?<![\s,;])[\s,;]+)?\(?\s*(?:\b(?P<previous>f\.\s?k\.\s?a\b\.?|fka\b|formerly(?: known as)?\b)"
    r"|\b(?P<alias>[an]\.\s?k\.\s?a\b\.?|aka\b|also known as\b))[\s,:]*"
    r"(?:the following (?:\w+ )?alias(?:es)?\b[\s:]*)?"
)
_SEE: Final = re.compile(
    r"(?:(?<![\s,;])[\s,;]+)?(?:\((?:See|For alternate addresses)\b(?:[^()]|\([^()]*\)?)*\)?"
    r"|\bSee (?:also )?alternat(?:e|ive) address.*$)\.?",
    re.IGNORECASE,
)
_REACH: Final = re.compile(
    r"[\s,]+and\s+(?:its |their |all )?(?:two )?(?:sub-?units|subsidiaries|subordinates|affiliates|successors)\b.*$",
    re.IGNORECASE,
)
_ANY: Final = re.compile(r";\s*and any .*$")
_SUBORDINATE: Final = re.compile(r"subordinate instituti?on:\s*(?P<name>\S.*)$")
_CLASS: Final = re.compile(r"\b(?:facilities|reactors|power plants)\b")
_SENTENCE: Final = re.compile(r"(?:[a-z]{4}|['”)])\.$")
_WORD_AND_STOP: Final = re.compile(r"(?:Limited|Corporation|Company|\.)\.$")
_QUOTES: Final = (("“", "”"), ("'", "'"), ('"', '"'), ("\u2018", "\u2019"), ("`", "'"))
_FORM_FIRST: Final = re.compile(r"^(?:ltd|llc|inc|co|corp|limited|plc|jsc|s\.?a|gmbh|pte|l\.?p)\b\.?", re.IGNORECASE)
_BREAK: Final = re.compile(r"[.,]['\u2019]? +")
_ADDRESS_LABEL: Final = re.compile(r"^\(?Address:\s*", re.IGNORECASE)
_SHORT: Final = {
    "United Arab Emirates": r"U\.A\.E\.?|UAE",
    "United Kingdom": r"U\.K\.?|England|UK",
    "China": r"P\.?R\.?C\.?|Hong Kong|Macau",
    "Crimea Region of Ukraine": r"Crimea|Ukraine",
    "Russia": r"Russian Federation",
}


def names(text: str) -> tuple[Name, ...]:
    """A name and the aliases left inside it: "X (a.k.a. Y; Z)" is X with the aliases Y and Z.

    A former name ("f.k.a.", "formerly") is of kind previous. The whole is one name where nothing
    follows the words "a.k.a.".
    """
    text = _SEE.sub("", _single(text))
    first, others = _runs(text)
    found = [Name(first)] if first else []
    for kind, run in others:
        found += [Name(part, "weak" if _CLASS.search(part) else kind) for part in _split_semicolons(run)]
    inside = _SUBORDINATE.search(first)
    if inside:
        found.append(Name(clean(inside["name"]), "alias"))
    return tuple(found)


def aliases(texts: tuple[str, ...]) -> tuple[Name, ...]:
    """The aliases of a row, each taken apart as `names` does; a class of things is a weak one."""
    found = (name for text in texts for name in names(f"a.k.a. {text}"))
    parted = (Name(text, name.kind) for name in found for text in companies(name.text) or (name.text,))
    return tuple(dict.fromkeys(name for name in parted if name.text))


def distinct(found: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names without repeats of a text, the first kept."""
    seen: dict[str, Name] = {}
    for name in found:
        seen.setdefault(name.text, name)
    return tuple(seen.values())


def reach(text: str) -> tuple[str, str]:
    """A name and the entry's own words on owned companies: ("X Co., Ltd", "and subsidiaries")."""
    text = _single(text)
    for pattern in (_ANY, _REACH):
        match = pattern.search(text)
        if match:
            return text[: match.start()].strip().rstrip(","), match[0].strip(" ,;.")
    return text, ""


def several(text: str) -> tuple[str, ...]:
    """The parties one row names together; just the text where that cannot be told safely.

    "A; B" is two, unless one of them is a single word (a town). Companies joined by commas or
    "and" are parted as `companies` does.
    """
    text = _single(text)
    parts = [] if _ALSO.search(text) else _split_semicolons(text)
    if not parts or any(" " not in part for part in parts):
        return (text,)
    return tuple(name for part in parts for name in companies(part) or (part,))


def companies(text: str) -> tuple[str, ...]:
    """The companies a text names, parted at commas and "and"; none where that is not safe.

    Safe is a text in which every part ends with a legal form of its own: "Hetian Cotton and Linen
    Co., Ltd." is one company, "A Co., Ltd., B Inc., and C LLC" three, "A Co., Ltd. and Other
    Farm" cannot be told.
    """
    pieces = re.split(r"(,\s+and\s+|,\s+|\s+and\s+)", _single(text))
    joined = [pieces[0]]
    for gap, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        inside = gap.strip() == "and" and not ends_as_company(joined[-1])
        if inside or _continues(piece):
            joined[-1] += gap + piece
        else:
            joined.append(piece)
    if not all(ends_as_company(piece) and not _form_inside(piece) for piece in joined):
        return ()
    return tuple(clean(piece) for piece in joined)


def address_in_alias(alias: str, country: str, *, last: bool = False) -> tuple[str, str]:
    """An alias and the address it swallowed ("Transsphere Oy Ltd., 20 Nuolitie, Vantaa, Finland").

    Only where the part behind a full stop or comma names the row's own country, and holds a
    number; of the `last` alias of a row without an address it need not.
    """
    alias = _single(alias)
    for gap in _BREAK.finditer(alias):
        head, tail = alias[: gap.end()].rstrip(), alias[gap.end() :]
        if _FORM_FIRST.match(tail) or re.search(r"(?:^|\W)\w\.$", head) or not _names_country(tail, country):
            continue
        if last or ("," in tail and re.search(r"\d", tail)):
            return clean(head.rstrip(",")), tail
    return alias, ""


def addresses(text: str | None, country: str) -> tuple[str, ...]:
    """The addresses of a row, parted at "; and", ";", and at ", and" behind the country's name."""
    if not text:
        return ()
    text = _ADDRESS_LABEL.sub("", _SEE.sub("", _single(text))).strip()
    label = _country_pattern(country)
    text = re.sub(rf"({label}(?: \d+)?(?: \([^()]*\))?),? and,? (?=\S)", r"\1; ", text)
    parts = (part.strip(" ,") for part in re.split(r";\s*(?:and\b,?\s*)?", text))
    return tuple(dict.fromkeys(_unstop(part) for part in parts if part))


def clean(text: str) -> str:
    """A name without the list's own joints: trailing "; and", stray brackets, quotes around the whole."""
    text = _single(text).strip(" ;:")
    if _WORD_AND_STOP.search(text) or (_SENTENCE.search(text) and not ends_as_company(text)):
        text = text[:-1]
    text = re.sub(r"[;,]?\s+and$", "", text).strip(" ;,") if not ends_as_company(text) else text
    if text.count("(") != text.count(")"):
        text = text.strip("()") if text[:1] == "(" or text[-1:] == ")" else text
    if text[:1] == "(" and text[-1:] == ")" and text.count("(") == 1:
        text = text[1:-1]
    for left, right in _QUOTES:
        if text.startswith(left) and text.endswith(right) and left not in text[1:-1] and right not in text[1:-1]:
            text = text[len(left) : -len(right)]
    return text.strip()


def _single(text: str) -> str:
    """A text with its whitespace made single: of runs of it the patterns here would try every part."""
    return " ".join(text.split())


def _runs(text: str) -> tuple[str, list[tuple[Literal["alias", "previous"], str]]]:
    """What stands before the first "a.k.a." or "f.k.a.", and what follows each, with its kind."""
    cuts = list(_ALSO.finditer(text))
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    first = clean(text[: cuts[0].start()] if cuts else text)
    return first, [
        ("previous" if cut["previous"] else "alias", clean(text[cut.end() : end]))
        for cut, end in zip(cuts, ends, strict=False)
    ]


def _split_semicolons(text: str) -> list[str]:
    return [part for part in (clean(part) for part in re.split(r";\s*(?:and\s+)?|;—", text)) if part]


def _continues(piece: str) -> bool:
    """Whether a piece is no more than the rest of a legal form: "Ltd.", "Inc. (ABC)"."""
    form = _FORM_FIRST.match(piece)
    return form is not None and re.fullmatch(r"\W*(?:\([^()]*\))?\W*", piece[form.end() :]) is not None


def _form_inside(piece: str) -> bool:
    # "COMAC America Corporation Shanghai Aircraft Co., Ltd." lost a comma: two names, not one.
    words = piece.split()
    return any(re.fullmatch(r"(?:Corporation|Ltd\.?|LLC|Inc\.?|Limited|PLC)", word) for word in words[1:-3])


def _names_country(text: str, country: str) -> bool:
    return re.search(rf"\b(?:{_country_pattern(country)})", text) is not None


def _country_pattern(country: str) -> str:
    return "(?:" + "|".join(filter(None, (re.escape(country), _SHORT.get(country)))) + ")" if country else r"(?!)"


def _unstop(text: str) -> str:
    return text if re.search(r"\b[A-Z]\.$", text) else text.rstrip(".")
