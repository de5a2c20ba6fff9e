"""Persons and companies that are invented, plausible, and on no list: two sets from two independent makers of names.

Set "a" is made with Faker, set "b" with mimesis, each with its own parts of names from `matching_stocks.toml`.
Without the two packages both sets are empty. No private person is meant: given and family names are drawn apart.
"""

from __future__ import annotations

import importlib
import importlib.util
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, Final, Literal, NamedTuple

from evals import matching_slips as slips
from underlabel import names

Which = Literal["a", "b"]
EACH: Final = 2_000
_STOCKS: Final = tomllib.loads((Path(__file__).parent / "matching_stocks.toml").read_text(encoding="utf-8"))
_PACKAGES: Final = {"a": "faker", "b": "mimesis"}
_FAKER: Final = (
    "fr_DZ", "en_PK", "uz_UZ", "az_AZ", "ru_RU", "uk_UA", "bg_BG", "ko_KR", "vi_VN", "en_IN", "tr_TR", "es_MX",
    "es_CO", "de_DE", "fr_FR", "en_US", "en_GB", "id_ID", "ha_NG", "pt_BR", "it_IT", "pl_PL",
)  # fmt: skip
_MIMESIS: Final = (
    "az", "cs", "de", "en", "en-gb", "es", "es-mx", "fr", "hr", "hu", "it", "kk", "nl", "pl", "pt-br", "ru", "tr",
    "uk", "zh", "ko", "ar-sy", "ar-sa", "fa",
)  # fmt: skip
_NATIVE: Final = {"a": ("ar_SA", "fa_IR", "ru_RU", "zh_CN", "uk_UA"), "b": ("ar-sy", "fa", "ru", "zh", "uk")}
_NATIVE_SHARE: Final = 0.08
_UNVOWELLED: Final = frozenset({"ar-sy", "ar-sa", "fa", "ar_SA", "fa_IR"})
"""Scripts whose letters alone give no readable name: these are kept as they are written."""


class Invented(NamedTuple):
    """An invented name and what it would be the name of: "Person" or "Company"."""

    name: str
    schema: str


def missing() -> list[str]:
    """The packages without which there are no invented names."""
    return [name for name in _PACKAGES.values() if importlib.util.find_spec(name) is None]


def stems(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """What two names must not share for one of them to be on no list: the same words, organisation types aside."""
    return frozenset(tuple(sorted(names.form(text).stem)) for text in texts)


def invented(which: Which, listed: frozenset[tuple[str, ...]], each: int = EACH) -> list[Invented]:
    """That many persons, then as many companies, the same in every run; none has the words of a listed name.

    `listed` is what `stems` gives of the listed names. Empty where the set's package is missing.
    """
    if importlib.util.find_spec(_PACKAGES[which]) is None:
        return []
    made = []
    for schema, one in (("Person", _person), ("Company", _company)):
        found: dict[str, None] = {}
        by = slips.chance("invented", which, schema)
        while len(found) < each:
            name = one(which, by)
            if names.is_name(name) and tuple(sorted(names.form(name).stem)) not in listed:
                found[name] = None
        made += [Invented(name, schema) for name in found]
    return made


def _person(which: Which, by: Random) -> str:
    stock = _STOCKS[which]
    draw = by.random()
    if draw < _NATIVE_SHARE:
        return " ".join(_drawn(which, by.choice(_NATIVE[which]), by))
    if draw < 2.5 * _NATIVE_SHARE:
        middle = [by.choice(stock["arabic_given"])] if by.random() < 0.5 else []
        if which == "b" and middle and by.random() < 0.4:
            middle.insert(0, "bin")
        return " ".join([by.choice(stock["arabic_given"]), *middle, by.choice(stock["arabic_family"])])
    if draw < 3 * _NATIVE_SHARE:
        return f"{by.choice(stock['persian_given'])} {by.choice(stock['persian_family'])}"
    if draw < 3.5 * _NATIVE_SHARE:
        return _pinyin(which, by)
    places = [one for one in (_FAKER if which == "a" else _MIMESIS) if one not in _UNVOWELLED]
    first, last = (_latin(part) for part in _drawn(which, by.choice(places), by))
    return f"{last}, {first}" if by.random() < 0.2 else f"{first} {last}"


def _pinyin(which: Which, by: Random) -> str:
    """A Chinese name in Mandarin spelling, family name first."""
    first, last = _drawn(which, "zh_CN" if which == "a" else "zh", by)
    given = names.ascii(" ".join(first)).replace(" ", "")
    return f"{names.ascii(last)} {given}".title().replace("'", "")


def _company(which: Which, by: Random) -> str:
    stock = _STOCKS[which]
    places = [one for one in (_FAKER if which == "a" else _MIMESIS) if one not in _UNVOWELLED]

    def drawn(field: str) -> str:
        if field.startswith("made"):
            return _word(stock["sounds"], by)
        if field.startswith("family"):
            return _latin(_drawn(which, by.choice(places), by)[1])
        if field == "city":
            return _latin(_city(which, by.choice(places), by))
        key = {"arabic": "arabic_words", "chinese_place": "chinese_places"}.get(field, field)
        return str(by.choice(stock[{"trade": "trades", "chinese_trade": "chinese_trades"}.get(key, key)]))

    return _filled(by.choice(stock["companies"]), drawn)


def _filled(pattern: str, drawn: Callable[[str], str]) -> str:
    """The pattern with each {field} drawn; a field that ends in "_low" goes on in small letters."""
    text = ""
    for piece in pattern.split("{"):
        field, closed, rest = piece.partition("}")
        if not closed:
            text += piece
        elif field.endswith("_low"):
            text += drawn(field.removesuffix("_low")).lower() + rest
        else:
            text += drawn(field) + rest
    return text


def _word(sounds: Sequence[Sequence[str]], by: Random) -> str:
    starts, vowels, ends = sounds
    inner = "".join(by.choice(starts) + by.choice(vowels) for _ in range(by.choice((1, 1, 2))))
    return (inner + by.choice(starts) + by.choice(vowels) + by.choice(ends)).capitalize()


def _latin(text: str) -> str:
    return text if text.isascii() else names.ascii(text).replace("'", "").title()


def _drawn(which: Which, place: str, by: Random) -> tuple[str, str]:
    """A given and a family name, drawn apart."""
    maker = _maker(which, place)
    if which == "a":
        maker.seed_instance(by.getrandbits(32))
        return str(maker.first_name()), str(maker.last_name())
    maker.reseed(by.getrandbits(32))
    return str(maker.first_name()), str(maker.last_name())


def _city(which: Which, place: str, by: Random) -> str:
    maker = _maker(which, place, "Address")
    if which == "a":
        maker.seed_instance(by.getrandbits(32))
    else:
        maker.reseed(by.getrandbits(32))
    return str(maker.city())


@lru_cache(maxsize=256)
def _maker(which: Which, place: str, kind: str = "Person") -> Any:  # noqa: ANN401 - the packages need not be there
    module = importlib.import_module(_PACKAGES[which])
    if which == "a":
        return module.Faker(place)
    return getattr(module, kind)(importlib.import_module("mimesis.locales").Locale(place))
