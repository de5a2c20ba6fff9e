"""Names that are near and mean somebody else: other bodies of one publisher, and names that no list holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from scipy import sparse

from evals import matching_slips as slips
from evals.matching_bodies import Body, Split
from underlabel import names

_DEEP: Final = 20
_SEMI: Final = (4, 14)
"""Ranks from which one neighbour that is not so near is taken."""
_COMMON_GRAM: Final = 0.05
_CHUNK: Final = 512
_SAME_AFTER_ALL: Final = 96.0
_LOOSE: Final = frozenset(
    {"us_bis_entity_list", "us_bis_dpl", "us_bis_uvl", "us_bis_meu", "us_state_debarred", "ca_sema"}
)
"""Lists that name one body in several entries, now and then with another spelling."""
_ASKED: Final = 0.45
_UNLISTED: Final = {"person": 9_000, "organisation": 11_000}
_TYPES: Final = ("LLC", "Ltd", "Co., Ltd.", "Company", "FZE", "OOO", "GmbH", "S.A.", "JSC", "Corporation")
_BRAND: Final = (2, 40)


class Draft(NamedTuple):
    """A pair before it is decided what the question says beside the name."""

    source: str
    name: str
    country: str
    body: Body
    listed: str


class Near:
    """The nearest of some texts by the cosine of their letter trigrams, rare ones weighing more."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Learn the trigrams of the texts; those in more than one text of twenty say nothing and are left out."""
        self._grams: dict[str, int] = {}
        counts = self._counts(texts, learn=True)
        often = np.bincount(counts.indices, minlength=counts.shape[1])
        weight = np.log((1 + len(texts)) / (1 + often)).astype(np.float32)
        weight[often > max(50, _COMMON_GRAM * len(texts))] = 0
        self._weight = sparse.diags_array(weight)
        self._by_gram = self._scaled(counts).T.tocsr()

    def nearest(self, texts: Sequence[str], top: int) -> Iterator[npt.NDArray[Any]]:
        """For each text the rows of the nearest, nearest first, ties by row."""
        for start in range(0, len(texts), _CHUNK):
            product = self._scaled(self._counts(texts[start : start + _CHUNK])) @ self._by_gram
            for at in range(product.shape[0]):
                cells = slice(product.indptr[at], product.indptr[at + 1])
                rows, likeness = product.indices[cells], product.data[cells]
                if len(rows) > top:
                    best = np.argpartition(-likeness, top)[:top]
                    rows, likeness = rows[best], likeness[best]
                yield rows[np.lexsort((rows, -likeness))]

    def _counts(self, texts: Sequence[str], *, learn: bool = False) -> Any:  # noqa: ANN401 - scipy has no types
        cells: list[int] = []
        ends = [0]
        for text in texts:
            padded = f" {text} "
            for at in range(len(padded) - 2):
                gram = padded[at : at + 3]
                cell = self._grams.setdefault(gram, len(self._grams)) if learn else self._grams.get(gram, -1)
                if cell >= 0:
                    cells.append(cell)
            ends.append(len(cells))
        made = sparse.csr_array(
            (np.ones(len(cells), np.float32), np.array(cells, np.int32), np.array(ends, np.int32)),
            shape=(len(texts), len(self._grams)),
        )
        made.sum_duplicates()
        return made

    def _scaled(self, counts: Any) -> Any:  # noqa: ANN401 - scipy has no types
        weighed = (counts @ self._weight).tocsr()
        length = np.sqrt(np.maximum(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel(), 1e-9))
        return (sparse.diags_array((1 / length).astype(np.float32)) @ weighed).tocsr()


def others(side: Sequence[Body]) -> Iterator[Draft]:
    """Pairs of two bodies of one list: the two nearest by token sort, one less near, one with a rare word in common."""
    by_dataset: dict[str, list[Body]] = defaultdict(list)
    for body in side:
        by_dataset[body.dataset].append(body)
    for dataset in sorted(by_dataset):
        yield from _within([(body, name) for body in by_dataset[dataset] for name in body.names])


def _within(rows: Sequence[tuple[Body, str]]) -> Iterator[Draft]:
    plain = [names.form(name, body.schema).plain for body, name in rows]
    chance = slips.chance("others", len(rows))
    asked = sorted(chance.sample(range(len(rows)), round(_ASKED * len(rows))))
    blocks = _brands(rows)
    found = Near(plain).nearest([plain[at] for at in asked], _DEEP)
    for at, near in zip(asked, found, strict=True):
        body, name = rows[at]
        fit = [int(row) for row in near if _another(rows[at], rows[row])]
        ranked = sorted(fit, key=lambda row: (-fuzz.token_sort_ratio(plain[at], plain[row]), row))
        semi = [row for row in fit[_SEMI[0] : _SEMI[1]] if row not in ranked[:2]]
        taken = [*ranked[:2], *chance.sample(semi, min(1, len(semi)))]
        brand = [row for row in blocks.get(at, ()) if row not in taken and _another(rows[at], rows[row])]
        for source, row in [("near other", row) for row in taken] + [("brand other", row) for row in brand[:1]]:
            other, listed = rows[row]
            yield Draft(source, name, _country(body), other, listed)


def _another(asked: tuple[Body, str], listed: tuple[Body, str]) -> bool:
    """Whether a list itself says that the two are different bodies."""
    (one, name), (other, text) = asked, listed
    shared = set(one.lists) & set(other.lists)
    if one.same == other.same or one.group != other.group or not shared:
        return False
    forms = names.form(name, one.schema), names.form(text, other.schema)
    if sorted(forms[0].stem) == sorted(forms[1].stem):
        # The publisher numbers its bodies: one stem with two types is two legal persons there, and only there.
        return not shared & _LOOSE and all(form.org_types for form in forms)
    if shared & _LOOSE:
        return fuzz.token_sort_ratio(forms[0].plain, forms[1].plain) < _SAME_AFTER_ALL
    return True


def _brands(rows: Sequence[tuple[Body, str]]) -> dict[int, list[int]]:
    """For each row that has one, the rows of organisations that share its rarest word."""
    holders: dict[str, list[int]] = defaultdict(list)
    stems = [names.form(name, body.schema).stem if body.group == "organisation" else () for body, name in rows]
    for at, stem in enumerate(stems):
        for word in set(stem):
            holders[word].append(at)
    found: dict[int, list[int]] = {}
    for at, stem in enumerate(stems):
        shared = [word for word in stem if len(word) > 3 and _BRAND[0] <= len(holders[word]) <= _BRAND[1]]
        if shared:
            found[at] = holders[min(shared, key=lambda word: (len(holders[word]), word))]
    return found


def unlisted(side: Sequence[Body], split: Split) -> Iterator[Draft]:
    """Names put together from words of one side's bodies, and its names nearest to them; none is a name of it."""
    rows = [(body, name) for body in side for name in body.names]
    plain = [names.form(name, body.schema).plain for body, name in rows]
    index = Near(plain)
    known = {tuple(sorted(names.form(name, body.schema).stem)) for body, name in rows}
    for group, size in _UNLISTED.items():
        own = [(body, name) for body, name in rows if body.group == group and name.isascii()]
        wanted = round(size * len(side) / 24_000)
        made = _put_together(own, wanted, slips.chance("unlisted", split, group))
        texts = [names.form(name).plain for name, _ in made]
        for (name, country), text, near in zip(made, texts, index.nearest(texts, _DEEP), strict=True):
            if tuple(sorted(names.form(name).stem)) in known:
                continue
            fit = [int(row) for row in near if rows[row][0].group == group]
            ranked = sorted(fit, key=lambda row: (-fuzz.token_sort_ratio(text, plain[row]), row))
            for row in dict.fromkeys([*ranked[:1], *fit[:1]]):
                if fuzz.token_sort_ratio(text, plain[row]) < _SAME_AFTER_ALL:
                    yield Draft("unlisted", name, country, *rows[row])


def _put_together(rows: Sequence[tuple[Body, str]], wanted: int, chance: Random) -> list[tuple[str, str]]:
    made: dict[str, str] = {}
    while len(made) < wanted:
        (body, one), (whose, other) = chance.choice(rows), chance.choice(rows)
        words, more = _words(body, one), _words(whose, other)
        if len(words) < 2 or len(more) < 2:
            continue
        cut, start = len(words) // 2, (len(more) + 1) // 2
        ending = chance.choice(_TYPES) if body.group == "organisation" and chance.random() < 0.7 else ""
        name = " ".join([*words[: max(1, cut)], *more[start:], *ending.split()]).title()
        if len(name) <= 90 and names.is_name(name):
            made.setdefault(name, _country(body))
    return list(made.items())


def _words(body: Body, name: str) -> list[str]:
    """A person's words in natural order; other bodies' without their organisation types."""
    return slips.natural_order(name).split() if body.group == "person" else list(names.form(name, body.schema).stem)


def _country(body: Body) -> str:
    return body.countries[0] if len(body.countries) == 1 else ""
