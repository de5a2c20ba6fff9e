#!/usr/bin/env python3
"""The figures on the page about scores, made from the code: `docs/explanation/how-a-score-comes-about.md`.

python -m tools.scores            writes them; run it after weights, rarity or the scorer changed
python -m tools.scores --check    says whether the page is as the code would write it (exit 1)

What stands between `<!-- scores: NAME -->` and `<!-- end -->` is made by the entry of that name in `PARTS`; the rest of
the page is written by hand. What it claims of the examples is looked at too: a hit that is none any more is an error.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from evals.matching_pairs import POSITIVE
from tools import fit_matching
from underlabel import match, names
from underlabel.match import weighing
from underlabel.match.explaining import BEGIN, CURVE
from underlabel.match.features import FEATURES
from underlabel.match.identifiers import ONE_PER_PARTY
from underlabel.match.laying import lay
from underlabel.match.sheet import Named, sheet
from underlabel.model import Found, Hit, Query, Reason
from underlabel.report.reasons import worded

PAGE: Final = Path(__file__).parents[1] / "docs" / "explanation" / "how-a-score-comes-about.md"
_PART: Final = re.compile(r"(?P<begin><!-- scores: (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end -->\n)", re.DOTALL)

_HIKVISION: Final = Query(
    "Hangzhou Hikvision Digital Technology Co., Ltd.", "Company", "cn", ("uscc:91330000733796106P",)
)
_DAHUA: Final = Query("Zhejiang Dahua Technology Co., Ltd.", "Company", "cn")
_HYTERA: Final = Query("Hytera Communications Corporation Limited", "Company", "cn")
_HIT: Final = Query("Hangzhou Hikvison Digital Technologies", country="cn")
_MISS: Final = Query("Dahua Electronics Corporation")
_OTHER_NUMBER: Final = "uscc:91330000000000000X"
_WORDS: Final = ("of", "company", "technology", "digital", "wei", "ivanov", "hangzhou", "hikvision", "hikvison", "5")
_SHOWN: Final = 0.005
_ROUNDING: Final = 0.001
_SUMS: Final = (-4.0, -2.0, -1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
_BESIDE: Final = (
    (Query(_HIKVISION.name), _HIKVISION),
    (Query(_HIT.name), _HIKVISION),
    (_HIT, _HIKVISION),
    (Query(_HIT.name, country="us"), _HIKVISION),
    (Query(_HIT.name, country="cn", identifiers=(_OTHER_NUMBER,)), _HIKVISION),
    (Query("Another Name Trading", identifiers=_HIKVISION.identifiers), _HIKVISION),
    (_MISS, _DAHUA),
    (Query(_MISS.name, country="us"), _DAHUA),
    (Query("Li Wei", "Person"), Query("Li Wei", "Person")),
    (Query("Wei Li", "Person", "sg"), Query("Li Wei", "Person", "cn")),
)
_APART: Final = (
    ("Example Optik Fund II", "Example Optik Fund III"),
    ("Example Optik Plant No. 5", "Example Optik Plant No. 8"),
    ("Banco Ejemplo Chile", "Banco Ejemplo Mexico"),
    ("Banco Ejemplo Chile", "Banco Ejemplo"),
    ("Example Optik AG", "Example Optik GmbH"),
    ("Example Optik", "Example Optik GmbH"),
    ("Digital Technology", _HIKVISION.name),
)
_LIMITS: Final = (
    ("杭州海康威视数字技术股份有限公司", _HIKVISION),
    ("CETC", Query("China Electronics Technology Group Corporation", "Company")),
    ("Big Blue", Query("International Business Machines Corporation", "Company")),
    ("Bill Example", Query("William Example", "Person")),
)


def page(text: str) -> str:
    """The page with every part as the code makes it now. Errors: `KeyError` for a part that nobody makes."""
    return _PART.sub(lambda found: "".join((found["begin"], *_lines(PARTS[found["name"]]()), found["end"])), text)


def _lines(made: Iterable[str]) -> Iterator[str]:
    """Lines with an empty one before and behind, without which some readers of Markdown see no table."""
    return (f"{line}\n" for line in ("", *made, ""))


def _model() -> Iterator[str]:
    model = weighing.model()
    shipped = list(csv.reader(_rarity_lines()))
    by_hand = sum(row[3] == "hand" for row in shipped)
    yield from _table(
        ("what is in use", ""),
        (
            ("score that a hit needs, unless you say otherwise", f"{match.DEFAULT_THRESHOLD:.2f}"),
            ("invented names that may have a hit at that score", f"{100 * fit_matching.RATE:.1f} %"),
            ("highest score without an identifier", f"{max(map(_highest, (model.other, model.person))):.2f}"),
            ("edition of the weights", f"`{model.version}`"),
            ("pairs of names it was fitted on", model.fitted_on.get("pairs", "")),
            ("edition of the rarity table", _rarity_edition(model)),
            ("words in it; of these set by hand", f"{len(shipped):,}; {by_hand:,}"),
            ("registers in which a body has one number only", ", ".join(sorted(ONE_PER_PARTY))),
        ),
    )


def _prevalence() -> Iterator[str]:
    yield f"**{100 * POSITIVE:.0f} % of these pairs are one body.**"


def _rarity_edition(model: weighing.Model) -> str:
    """The edition in use; and that of the weights, where they were fitted on another."""
    used, fitted = names.rarity_version(), model.fitted_on.get("rarity", "")
    return f"`{used}`" if used == fitted else f"`{used}`; the weights were fitted on `{fitted}`"


def _rarity_lines() -> list[str]:
    text = files("underlabel.names").joinpath("rarity.csv").read_text(encoding="ascii")
    return [line for line in text.splitlines() if not line.startswith("#")][1:]


def _words() -> Iterator[str]:
    rows = ((f"`{word}`", _plain(names.rarity(word)), names.word_class(word) or "not in it") for word in _WORDS)
    yield from _table(("word", "weighs", "in the table as"), rows)


def _hit() -> Iterator[str]:
    found = _asked()[0]
    if not found.hits or found.hits[0].name != _HIKVISION.name:
        raise ValueError(f"'{_HIT.name}' is no hit any more: choose another example, and look at the threshold")
    yield from _told(found.hits[0])


def _miss() -> Iterator[str]:
    nearest = _asked()[1].nearest
    if nearest is None or nearest.name != _DAHUA.name:
        raise ValueError(f"'{_MISS.name}' is no miss next to Zhejiang Dahua any more: it must be one")
    yield from _told(nearest)


@cache
def _asked() -> tuple[Found, Found]:
    """The two worked questions, put to a list of three names."""
    listed = [(one.name, one.name, "name", one.schema, one.country) for one in (_HIKVISION, _DAHUA, _HYTERA)]
    hit, miss = match.find(match.build(listed), [_HIT, _MISS])
    return hit, miss


def _told(hit: Hit) -> Iterator[str]:
    """The forms of both names, and the waterfall."""
    here, there = names.form(hit.query.name, hit.query.schema), names.form(hit.name)
    rows = [
        (which, _weights(form), " ".join(form.org_types), country)
        for which, form, country in (("asked", here, hit.query.country), ("listed", there, "cn"))
    ]
    yield from _table(("", "words, and what each weighs", "organisation type", "country"), rows)
    yield ""
    yield from _table(("because", "adds", "sum"), _waterfall(hit))


def _weights(form: names.Form) -> str:
    return ", ".join(f"{word} {_plain(names.rarity(word))}" for word in form.stem)


def _waterfall(hit: Hit) -> Iterator[tuple[str, str, str]]:
    """Every reason with the sum so far: where it starts, then the strongest first, the curve last."""
    ordered = sorted(hit.reasons, key=lambda one: (one.feature != BEGIN, one.feature == CURVE))
    total = 0.0
    for one in ordered:
        total += one.weight
        yield worded(one), _signed(one.weight), _signed(total)
    if abs(_probability(total) - hit.score) > _ROUNDING:
        raise ValueError(f"the reasons of '{hit.query.name}' add up to {total:.4f}, which is no score of {hit.score}")
    needed = f"{match.DEFAULT_THRESHOLD:.2f} needed: {'a hit' if _is_hit(hit) else 'no hit'}, {hit.kind}"
    yield f"**log-odds {_signed(total)} are a score of {hit.score:.2f}** ({needed})", "", ""


def _by_feature() -> Iterator[str]:
    """The features of the hit that add something: value, weight, and what they add."""
    here = sheet([Named(_HIT.name, _HIT.schema, _HIT.country)])
    there = sheet([Named(_HIKVISION.name, _HIKVISION.schema, _HIKVISION.country)])
    laid = lay(here, there, np.zeros(1, dtype=np.int32), np.zeros(1, dtype=np.int32))
    weighed = weighing.weigh(laid)
    added = weighing.contributions(laid, weighed)[0]
    yield from _table(
        ("feature", "value", "weight", "adds"),
        (
            (one.name, _plain(value), _signed(weighing.model().other.weights.get(one.name, 0.0)), _signed(adds))
            for one, value, adds in zip(FEATURES, weighed.values[0].tolist(), added.tolist(), strict=True)
            if abs(adds) >= _SHOWN
        ),
    )


def _curve() -> Iterator[str]:
    model = weighing.model()
    yield from _table(
        ("sum of weights", "score, organisations and things", "score, persons"),
        ((_signed(at), _read_off(model.other, at), _read_off(model.person, at)) for at in _SUMS),
    )


def _read_off(weights: weighing.Weights, at: float) -> str:
    sums, odds = zip(*weights.curve, strict=True)
    return f"{_probability(float(np.interp(at, sums, odds))):.3f}"


def _highest(weights: weighing.Weights) -> float:
    return _probability(weights.curve[-1][1])


def _probability(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


def _beside() -> Iterator[str]:
    made = zip(_BESIDE, match.compare_all(_BESIDE), strict=True)
    yield from _table(
        ("asked", "known beside it", "listed", "similarity", "score", "class"),
        ((a.name, _known(a), b.name, f"{hit.similarity:.2f}", _scored(hit), hit.kind) for (a, b), hit in made),
    )


def _known(query: Query) -> str:
    number = "its number" if query.identifiers == _HIKVISION.identifiers else "another number"
    told = ("a person" if query.schema == "Person" else "", query.country, number if query.identifiers else "")
    return ", ".join(one for one in told if one) or "nothing"


def _apart() -> Iterator[str]:
    hits = match.compare_all([(Query(a), Query(b, "Company")) for a, b in _APART])
    yield from _table(
        ("asked", "listed", "score", "most against"),
        ((hit.query.name, listed, _scored(hit), _against(hit)) for (_, listed), hit in zip(_APART, hits, strict=True)),
    )


def _limits() -> Iterator[str]:
    pairs = [(Query(text, "Person" if other.schema == "Person" else ""), other) for text, other in _LIMITS]
    hits = zip(pairs, match.compare_all(pairs), strict=True)
    yield from _table(
        ("asked", "read as", "listed", "score"),
        ((a.name, " ".join(names.form(a.name, a.schema).stem), b.name, _scored(hit)) for (a, b), hit in hits),
    )


def _scored(hit: Hit) -> str:
    return f"**{hit.score:.2f}**" if _is_hit(hit) else f"{hit.score:.2f}"


def _is_hit(hit: Hit) -> bool:
    return hit.score >= match.DEFAULT_THRESHOLD


def _against(hit: Hit) -> str:
    against = [one for one in hit.reasons if one.weight < 0 and one.feature not in {BEGIN, CURVE}]
    return worded(min(against, key=_weight)) if against else "nothing"


def _weight(reason: Reason) -> float:
    return reason.weight


def _answers() -> Iterator[str]:
    hit, miss = _asked()
    yield from _table(
        ("field", hit.query.name, miss.query.name),
        (
            ("`hits`", *(", ".join(map(_named, one.hits)) or "none" for one in (hit, miss))),
            ("`nearest`", *(_named(one.nearest) if one.nearest else "none: there is a hit" for one in (hit, miss))),
            ("`searched`", *(f"{one.searched} names" for one in (hit, miss))),
            ("`cut`", *("yes" if one.cut else "no" for one in (hit, miss))),
        ),
    )


def _named(hit: Hit) -> str:
    return f"{hit.name} {hit.score:.2f}"


def _features() -> Iterator[str]:
    model = weighing.model()
    rows = [("*where a pair begins*", "", _signed(model.other.base), _signed(model.person.base), "")]
    for one in FEATURES:
        other, person = (_signed(part.weights.get(one.name, 0.0)) for part in (model.other, model.person))
        least, most = fit_matching.BOUNDS.get(one.name, (0.0, 0.0))
        bounds = f"{_plain(least)} to {_plain(most)}" if most else ""
        rows.append((one.name, "for" if one.sign > 0 else "against", other, person, bounds))
    yield from _table(("feature", "speaks", "organisations and things", "persons", "bounds set by hand"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(' '.join(text.split()).replace('|', chr(92) + '|') for text in row)} |"


def _signed(value: float) -> str:
    shown = f"{value:+.2f}"
    return "0" if float(shown) == 0 else shown


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


PARTS: Final[dict[str, Callable[[], Iterator[str]]]] = {
    "model": _model,
    "hit": _hit,
    "by-feature": _by_feature,
    "miss": _miss,
    "words": _words,
    "prevalence": _prevalence,
    "curve": _curve,
    "beside": _beside,
    "apart": _apart,
    "answers": _answers,
    "limits": _limits,
    "features": _features,
}


def main(arguments: list[str]) -> int:
    """Write the page's figures, or check them; 1 where one is not as it would be written."""
    text = PAGE.read_text(encoding="utf-8")
    now = page(text)
    if now == text:
        return 0
    if "--check" in arguments:
        sys.stdout.write("the page on scores is not as the code says: run python -m tools.scores\n")
        return 1
    PAGE.write_text(now, encoding="utf-8")
    sys.stdout.write("written docs/explanation/how-a-score-comes-about.md\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
