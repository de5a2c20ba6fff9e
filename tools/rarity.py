"""Make `names/rarity.csv`: how much each common word of names tells, from stocks that know nothing of a loaded list.

Run it after a stock changed, with the peers installed and the real data at hand:
`UNDERLABEL_TEST_DATA=… .venv/bin/python -m tools.rarity`. The same stocks give the same bytes.

Rows marked "hand" in the table are kept with their class; all others are made anew. The stocks:

- given and family names by language, and towns, states and countries: Faker and mimesis (both MIT);
- words of firms: the MAC registry in `pymanuf`, subsidiaries in annual reports, firms that councils pay;
- names of persons and words of bodies on restriction lists, as a count over all of them.

A word of a list enters only where eight names at least bear it, a word of a council's suppliers only where
twenty firms do, so no single party's own word stands in the table, and no private person's. Words
that our own facts know as a brand or a maker stay out, unless they are rows by hand.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import math
import os
import pkgutil
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

from evals.files import given, small
from underlabel import labels, lists, names

TARGET: Final = Path(__file__).parents[1] / "src" / "underlabel" / "names" / "rarity.csv"
HEAD: Final = (
    "# How much a word of a name tells; made by tools/rarity.py, rows by hand apart.",
    "# Names of people and places by language: Faker and mimesis (MIT). Firms: IEEE registry, public registers.",
)
# Families whose share of a people is known well: percent of the bearers, all romanisations in use.
KNOWN: Final = {
    "7 wang li zhang": "family",
    "5 liu chen lee wong chan chang kim park nguyen": "family",
    "3 yang huang zhao wu zhou lin lam tran le pham yi rhee pak singh kumar": "family",
    "1.5 xu sun ma zhu hu guo he gao luo choi jung jeong kang cho yoon chung hsu tsai cheung leung lau ng": "family",
    "1.2 smith jones garcia gonzalez rodriguez fernandez lopez martinez silva santos ivanov smirnov yilmaz": "family",
    "0.8 petrov kuznetsov popov sidorov johnson williams brown sanchez perez kaya demir khan sharma hoang vu": "family",
    "0.6 zheng xie song tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu jiang cai jia ding": "family",
    "0.5 hosseini mohammadi ahmadi karimi rezaei moradi gupta patel tanaka sato suzuki takahashi watanabe": "family",
    "8 mohammad muhammad mohammed mohamed": "given",
    "2.5 ali ahmad ahmed hassan hussein hossein mehmet ibrahim abdullah maria jose juan": "given",
    "1.2 fatima mahmoud mustafa reza mehdi omar khalid aleksandr sergei vladimir dmitri andrei john david": "given",
    "1 wei fang min jing lei jun yong jie tao ming hong hua ying ping minh thi van anh linh": "given",
}
_LISTED, _SUPPLIERS, _HOLDERS, _REPORTS = 8, 20, 6, 4
_PERSONS, _HEADS = 16, 0.6
_SHARE: Final = {"given": 0.6, "family": 0.5, "place": 0.04}
_BITS, _CURVE = 16.0, 1.5
_LEAST, _MOST = 0.12, 0.97
_FIXED: Final = {"function": 0.05, "legal": 0.06, "abbreviation": 0.2}
_BANDS: Final = {
    "very common": (0.12, 0.15, 0.2),
    "common": (0.22, 0.28, 0.36),
    "word": (0.4, 0.5, 0.5),
    "place": (0.22, 0.35, 0.42),
    "given": (0.14, 0.4, 0.46),
    "family": (0.14, 0.4, 0.46),
}
_COMMON_UNTIL: Final = 0.42
_COMMON: Final = frozenset({"legal", "very common", "common"})
_MISSPELT_FROM: Final = 8
_SHORT: Final = {2: 0.46, 3: 0.76}
_KIND_OF: Final = re.compile(r"(?:first|middle)_(?:romanized_)?names?|(?:\w+_)?(?:last|family)_(?:romanized_)?names?")
_PLACES_OF: Final = re.compile(r"(?:real_)?(?:cit(?:y_names|ies)|states|provinces|regions|counties|countries)")
_WRITTEN: Final = 0.62
_SUFFIXES: Final = re.compile("[市省县区縣시도군구]$")
_TOO_LARGE: Final = 6000
_UNRANKED: Final = 150
_BRAND_FROM: Final = 0.46
_RAREST: Final = {"given": 0.9, "family": 0.9, "place": 0.8}
_RARE: Final = {"given": 0.54, "family": 0.54, "place": 0.72}


class Listed(NamedTuple):
    """How many parties on the lists bear a word, and which part of all they are."""

    parties: int
    share: float


Stock = dict[str, float]
"""A word and the part of the names that bear it."""
Stems = tuple[tuple[str, ...], ...]
"""The names of one party, each in words."""


def main() -> None:
    """Read the stocks, weigh every word and write the table."""
    data = Path(os.environ["UNDERLABEL_TEST_DATA"])
    rows = table(hand(), shares(data), written_words())
    out = io.StringIO()
    out.write("\n".join(HEAD) + "\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("token", "class", "weight", "by"))
    writer.writerows((word, kind, f"{weight:.2f}".strip("0"), by) for word, (kind, weight, by) in sorted(rows.items()))
    TARGET.write_text(out.getvalue(), encoding="ascii")
    print(f"{len(rows)} words, {TARGET.stat().st_size} bytes:", dict(Counter(kind for kind, _, _ in rows.values())))


def hand() -> dict[str, str]:
    """The rows by hand of the table as it stands: word and class."""
    lines = [line for line in TARGET.read_text(encoding="ascii").splitlines() if not line.startswith("#")]
    return {row["token"]: row["class"] for row in csv.DictReader(lines) if row["by"] == "hand"}


def shares(data: Path) -> dict[str, Stock]:
    """For each kind (given, family, place, firm) the part of names that bear a word."""
    found: dict[str, Stock] = {kind: peoples(kind, data) for kind in ("given", "family")}
    found["place"] = peoples("place", data)
    written = written_words()
    found["firm"] = firms(data, {*hand(), *written, *found["place"]})
    persons, bodies = listed_words(data)
    for word, one in persons.items():
        kind = "family" if word in found["family"] and word not in found["given"] else "given"
        if one.parties >= _PERSONS or word in found[kind]:
            raised(found[kind], {word: one.share})
    general = {word for word in bodies if word in found["firm"] or word in found["place"] or word in written}
    raised(found["firm"], {word: bodies[word].share for word in general})
    for text, kind in KNOWN.items():
        percent, *words = text.split()
        raised(found[kind], dict.fromkeys(words, float(percent) / 200))
    return found


def raised(stock: Stock, more: Mapping[str, float]) -> None:
    """Let each word have the larger of its two shares."""
    for word, share in more.items():
        stock[word] = max(stock.get(word, 0.0), share)


def table(kept: dict[str, str], found: dict[str, Stock], written: Stock) -> dict[str, tuple[str, float, str]]:
    """Every word with its class, weight and whether it is a row by hand."""
    rows: dict[str, tuple[str, float, str]] = {}
    common = [word for word, kind in kept.items() if len(word) >= _MISSPELT_FROM and kind in _COMMON]
    # Holders misspell "technology" often enough to be counted: a slip weighs as the word that was meant.
    misspelt = {short for word in common for short in (word, *names.shorter(word))}
    families = {word for text, kind in KNOWN.items() if kind == "family" for word in text.split()}
    ours = brands() - {word for text in KNOWN for word in text.split()}
    for word in sorted({*kept, *written, *(word for stock in found.values() for word in stock)}):
        share = {kind: stock[word] for kind, stock in found.items() if word in stock}
        weight = weighed(max(share.values(), default=0.0))
        if word in kept:
            kind = "family" if kept[word] == "given" and word in families else kept[word]
            rows[word] = (kind, by_hand(kind, share, weight), "hand")
        elif not is_word(word) or (word in ours and weighed(share.get("firm", 0.0)) > _BRAND_FROM):
            continue
        elif share and not (set(share) == {"firm"} and word not in written and is_slip(word, misspelt)):
            rows[word] = (*counted(word, share, weight, written), "")
        elif word in written:
            rows[word] = ("word", written[word], "")
    return rows


def by_hand(kind: str, share: Stock, weight: float) -> float:
    """The weight of a row by hand: it follows the count within the band of the row's class."""
    if kind in _FIXED:
        return _FIXED[kind]
    low, middle, high = _BANDS[kind]
    return min(max(weight, low), high) if share else middle


def counted(word: str, share: Stock, weight: float, written: Stock) -> tuple[str, float]:
    """A class for a word by the kind of name that most often bears it; a short one weighs no more than an unknown."""
    kind = max(sorted(share), key=share.__getitem__)
    weight = min(weight, written.get(word, 1.0), _SHORT.get(len(word), 1.0))
    if kind == "place" and word in written:
        kind = "word"
    if kind == "firm":
        kind = "common" if weight <= _COMMON_UNTIL and not {"given", "family", "place"} & set(share) else "word"
    return kind, round(weight, 2)


def weighed(share: float) -> float:
    """The weight of a word that this part of the names bear: grows with the bits it tells, bent towards the rare."""
    bits = -math.log2(max(share, 2**-_BITS))
    return round(min(max(math.pow(bits / _BITS, _CURVE), _LEAST), _MOST), 2)


def is_word(word: str) -> bool:
    """Whether a word may enter by count: ASCII letters, two at least."""
    return word.isascii() and word.isalpha() and 2 <= len(word) <= 18


def is_slip(word: str, meant: set[str]) -> bool:
    """Whether a word is one slip from another: `meant` holds the others, whole and with a letter left out."""
    return not meant.isdisjoint((word, *names.shorter(word)))


def tokens(text: str) -> list[str]:
    """The comparable words of a text that holds a name."""
    return [word.letters for word in names.words(_SUFFIXES.sub("", text.strip()))]


def brands() -> set[str]:
    """Words of brands and makers that our own facts know: each is the name of one."""
    facts = [*labels.curated_facts(), *lists.curated_facts()]
    texts = [name.text for one in facts for party in one.parties for name in party.names if party.schema != "Person"]
    texts += [link.scope.brand for one in facts for link in one.links if link.scope is not None]
    return {word for text in texts for word in names.form(text).stem}


def peoples(kind: str, data: Path) -> Stock:
    """Words of one kind over all languages: half of the largest share in one, or a sixth of the sum over all.

    A word of one language alone must be commoner to enter than one of several.
    """
    best: dict[str, Stock] = defaultdict(dict)
    for language, stock in (*faker_stocks(kind), *mimesis_stocks(kind), *world_cities(kind)):
        raised(best[language], stock)
    assert best, f"no stock of {kind} names below {data}: install the peers"
    most: Stock = {}
    total: Stock = defaultdict(float)
    for stock in best.values():
        raised(most, stock)
        for word, share in stock.items():
            total[word] += share
    spread = Counter(word for stock in best.values() for word in stock)
    found = {word: max(most[word] / 2, total[word] / 6) for word in most}
    return {w: n for w, n in found.items() if weighed(n) <= (_RAREST[kind] if spread[w] > 1 else _RARE[kind])}


def stock_of(texts: Mapping[str, float], kind: str) -> Stock:
    """The share of each word where texts are borne in these proportions."""
    whole = sum(texts.values())
    whole += _UNRANKED if whole > 2 else 0
    found: Stock = defaultdict(float)
    for text, count in texts.items():
        for word in sorted(set(tokens(text))):
            found[word] += count / whole * _SHARE[kind]
    return dict(found)


def faker_stocks(kind: str) -> Iterator[tuple[str, Stock]]:
    """Faker's names of one kind, each list of each locale; Japanese only as Faker romanises it."""
    room = importlib.import_module(f"faker.providers.{'address' if kind == 'place' else 'person'}")
    for module in sorted(module.name for module in pkgutil.iter_modules(room.__path__)):
        provider = vars(importlib.import_module(f"{room.__name__}.{module}").Provider)
        for name in sorted(provider):
            wanted = _PLACES_OF if kind == "place" else _KIND_OF
            of = "place" if kind == "place" else "family" if re.search("last|family", name) else "given"
            part = re.sub(r"_(?:fe)?males?|_nonbinary|_unisex|^(?:fe)?male_|^unisex_", "", name)
            if of != kind or not wanted.fullmatch(part) or (module == "ja_JP" and "romanized" not in name):
                continue
            texts = texts_of(provider[name])
            if 3 < len(texts) <= _TOO_LARGE:
                yield module[:2], stock_of(texts, kind)


def texts_of(value: object) -> dict[str, float]:
    """The texts of a list with how often each stands, or of a table with its weights."""
    if isinstance(value, Mapping):
        weights = {str(text): float(weight) for text, weight in value.items() if isinstance(weight, int | float)}
        whole = sum(weights.values())
        return {text: weight / whole for text, weight in weights.items()}
    if isinstance(value, tuple | list):
        one = (entry[-1] if isinstance(entry, tuple) else entry for entry in value)
        return dict(Counter(text for text in one if isinstance(text, str)))
    return {}


def mimesis_stocks(kind: str) -> Iterator[tuple[str, Stock]]:
    """The names of one kind by mimesis, each list of each locale; Japanese ones are in kanji and stay out."""
    folder = files("mimesis").joinpath("datasets")
    for locale in sorted(one.name for one in folder.iterdir() if one.joinpath("person.json").is_file()):
        if locale == "ja":
            continue
        file = "address.json" if kind == "place" else "person.json"
        held: dict[str, Any] = json.loads(folder.joinpath(locale, file).read_text("utf-8"))
        if kind == "place":
            groups = [held.get("city", []), *(held.get(part, {}).get("name", []) for part in ("state", "country"))]
        else:
            named = held.get("names" if kind == "given" else "surnames", [])
            groups = list(named.values()) if isinstance(named, dict) else [named]
        for texts in groups:
            if texts:
                yield locale[:2], stock_of(Counter(texts), kind)


def world_cities(kind: str) -> Iterator[tuple[str, Stock]]:
    """Towns of all countries, as Faker places them on the map."""
    if kind == "place":
        coords = importlib.import_module("faker.providers.geo").Provider.land_coords
        yield "world", stock_of(Counter(entry[2] for entry in coords), kind)


def written_words() -> Stock:
    """English words: a brand made of one tells less than a coined one."""
    words = json.loads(files("mimesis").joinpath("datasets", "en", "text.json").read_text("utf-8"))["words"]
    return {word: _WRITTEN for text in words for word in tokens(text) if len(word) > 3}


def firms(data: Path, ordinary: set[str]) -> Stock:
    """Words of firms: two thirds of the largest share in a stock, in words that several firms of it bear.

    A word that is in no dictionary and mostly stands first is the name of one group, and stays out.
    """
    found: Stock = {}
    holders = {names.form(block.holder).stem for block in labels.registry().blocks}
    reports: dict[str, set[str]] = defaultdict(set)
    rows = rows_of((data / "ownership/sec/ex21_labels.csv").read_text("utf-8"))
    for row in rows:
        reports[row["Filename"]].update(names.form(row["Subsidiary"]).stem)
    paid = suppliers(data)
    stocks = ((holders, _HOLDERS, len(holders)), (reports.values(), _REPORTS, len(rows)), (paid, _SUPPLIERS, len(paid)))
    for bearers, least, whole in stocks:
        counts = Counter(word for bearer in bearers for word in set(bearer))
        raised(found, {word: n / whole / 1.5 for word, n in counts.items() if n >= least})
    first = Counter(stem[0] for stem in (*holders, *paid) if stem)
    borne = Counter(word for stem in (*holders, *paid) for word in set(stem))
    return {word: n for word, n in found.items() if word in ordinary or first[word] < _HEADS * borne[word]}


def suppliers(data: Path) -> set[tuple[str, ...]]:
    """The stems of the firms that councils pay: only of names with an organisation type, never of persons."""
    found = set()
    for text in payments(data / "inventories"):
        for row in csv.reader(text.splitlines()):
            for cell in row:
                form = names.form(cell) if 8 < len(cell) < 80 else None
                if form is not None and form.org_types and len(form.stem) < 8:
                    found.add(form.stem)
    return found


def payments(folder: Path) -> Iterator[str]:
    """The text of every file of payments."""
    for path in sorted(folder.glob("lambeth/*.csv")):
        yield path.read_bytes().decode("utf-8", "replace")
    for path in sorted(folder.glob("trafford/*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode("utf-8", "replace")


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def listed_words(data: Path) -> tuple[dict[str, Listed], dict[str, Listed]]:
    """Words of eight parties and more on restriction lists: of persons, and of bodies."""
    seen: dict[bool, list[Stems]] = {True: [], False: []}
    for one in given(data):
        read = lists.read(one.path, one.list, one.day, accept_small=small(one)).parties if one.list != "ftm" else ()
        for party in read:
            if party.schema not in {"Vessel", "Airplane", "Address"}:
                stems = dict.fromkeys(names.form(name.text, party.schema).stem for name in party.names)
                seen[party.schema == "Person"].append(tuple(stems))
    return listed(one_each(seen[True])), listed(one_each(seen[False]))


def one_each(parties: Iterable[Stems]) -> list[set[str]]:
    """The words of each party, once though it stands on many lists: what shares a name of two words is one."""
    root: dict[tuple[str, ...], tuple[str, ...]] = {}

    def top(key: tuple[str, ...]) -> tuple[str, ...]:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    keyed = [[tuple(sorted(stem)) for stem in stems if stem] for stems in parties]
    for keys in keyed:
        long = [key for key in keys if len(key) > 1]
        for key in long[1:]:
            root[top(key)] = top(long[0])
    words: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for keys in keyed:
        if keys:
            words[top(max(keys, key=len))].update(word for key in keys for word in key)
    return list(words.values())


def listed(parties: list[set[str]]) -> dict[str, Listed]:
    """How many parties bear a word, for words of eight parties and more."""
    counts = Counter(word for party in parties for word in party)
    return {word: Listed(count, count / len(parties)) for word, count in counts.items() if count >= _LISTED}


if __name__ == "__main__":
    main()
