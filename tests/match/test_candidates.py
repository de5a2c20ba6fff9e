"""Which names of an index are near enough to be looked at."""

from __future__ import annotations

import random
import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import names
from underlabel.match.candidates import candidates
from underlabel.match.index import Index, build
from underlabel.match.sheet import Named, sheet

Row = tuple[str, str, str, str, str]
LISTED = [
    ("Hangzhou Hikvision Digital Technology Co., Ltd.", "Company"),
    ("Zhejiang Dahua Technology Co., Ltd.", "Company"),
    ("Gornyak Shipping Limited", "Company"),
    ("Polytex Trading LLC", "Company"),
    ("Kvantek", "Company"),
    ("JSC NIIP", "Company"),
    ("Semyon Arkadyevich Dolgorukov", "Person"),
    ("Muhammad Yusuf Qaddafi", "Person"),
    ("Li Wei", "Person"),
    ("Amur Star", "Vessel"),
    ("12 Harbour Street, Limassol", "Address"),
]
ROWS: list[Row] = [(f"p{at:02}", text, "name", schema, "") for at, (text, schema) in enumerate(LISTED)]
INDEX = build(ROWS)
WORDS = ("north", "star", "dolgorukov", "gornyak", "polytex", "trading", "of", "li", "wei", "ltd", "kvantek", "12")


def near(name: str, schema: str = "", depth: int = 25, least: float = 0.0, index: Index = INDEX) -> list[str]:
    found = candidates(index, sheet([Named(name, schema)]), depth, least)
    return [index.texts[at] for at in found.rows.tolist()]


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Hangzhuo Hikvison Digital Technology", "Hangzhou Hikvision Digital Technology Co., Ltd."),
        ("Hik Vision Hangzhou Digital", "Hangzhou Hikvision Digital Technology Co., Ltd."),
        ("HangzhouHikvision Digital Technology", "Hangzhou Hikvision Digital Technology Co., Ltd."),
        ("Технология Чжэцзян Дахуа Zhejiang Dahua", "Zhejiang Dahua Technology Co., Ltd."),
        ("Trading Polytex", "Polytex Trading LLC"),
        ("Polytex", "Polytex Trading LLC"),
        ("Kwamtek", "Kvantek"),
        ("Kvant ek", "Kvantek"),
        ("JSCNIIP", "JSC NIIP"),
        ("Semion Arkadevich Dolgorukow", "Semyon Arkadyevich Dolgorukov"),
        ("Mohammed Youssef Gaddafi", "Muhammad Yusuf Qaddafi"),
        ("Семён Аркадьевич Долгоруков", "Semyon Arkadyevich Dolgorukov"),
        ("L Wey", "Li Wei"),
        ("Harbor St 12, Limassol", "12 Harbour Street, Limassol"),
    ],
)
def test_a_party_is_found_however_its_name_is_spelt(asked: str, listed: str) -> None:
    assert listed in near(asked)


def test_a_long_word_with_two_slips_is_found_although_no_other_word_helps() -> None:
    index = build([("a", "Dolgorukovskiy", "name", "Person", ""), ("b", "Petersburgskaya", "name", "Person", "")])
    assert near("Dolgarukofskiy", index=index) == ["Dolgorukovskiy"]


def test_parties_of_another_kind_are_no_candidates_and_those_of_no_known_kind_are() -> None:
    rows = [*ROWS, ("any", "Star Amur", "name", "LegalEntity", "")]
    index = build(rows)
    assert near("Amur Star", "Person", index=index) == ["Star Amur"]
    assert set(near("Amur Star", "Vessel", index=index)) == {"Amur Star", "Star Amur"}


def test_hidden_names_are_no_candidates() -> None:
    assert "Kvantek" not in near("Kvantek", index=INDEX.hiding([("p04", "Kvantek")]))


def test_poor_candidates_are_left_out_but_the_nearest_stays_as_proof() -> None:
    assert near("Zhejiang Optics Star", least=1.0) in (
        ["Zhejiang Dahua Technology Co., Ltd."],
        ["Amur Star"],
    )


def test_the_result_says_where_parties_were_left_out() -> None:
    many = build([(f"p{at:03}", "Gornyak Shipping", "name", "Company", "") for at in range(60)])
    found = candidates(many, sheet([Named("Gornyak Shipping"), Named("Kvantek")]), 25)
    assert found.cut.tolist() == [True, False]
    assert found.rows.tolist() == list(range(25)), "ties are parted by party"


def test_a_name_that_shares_nothing_and_an_index_of_nothing_give_no_candidates() -> None:
    assert near("Xqzw") == []
    assert near("Kvantek", index=build([])) == []
    nothing = candidates(INDEX, sheet([]), 25)
    assert nothing.starts.tolist() == [0]


@pytest.mark.parametrize("text", ["", "!!!", "Ltd", "a", "🙂", "x" * 9_999, "a b " * 2_000, "1" * 500, "\u200f\u202e"])
def test_odd_texts_do_no_harm(text: str) -> None:
    found = candidates(INDEX, sheet([Named(text), Named("Kvantek")]), 25)
    assert INDEX.texts[int(found.rows[-1])]
    assert 4 in found.rows[found.starts[1] :]


def test_listed_names_with_slips_are_found_among_the_first_25() -> None:
    chance = random.Random(4)  # noqa: S311 - the same names in every run
    parts = [
        "".join(chance.choices("bdfgklmnprst", k=1)[0] + chance.choice("aeiou") for _ in range(4)) for _ in range(300)
    ]
    rows: list[Row] = [(f"p{at:04}", " ".join(chance.sample(parts, 3)), "name", "Person", "") for at in range(3_000)]
    index = build(rows)
    asked = [_slip(_slip(row[1], chance), chance) for row in rows]
    found = candidates(index, sheet([Named(text, "Person") for text in asked]), 25)
    hits = [at in found.rows[found.starts[at] : found.starts[at + 1]] for at in range(len(rows))]
    assert sum(hits) / len(hits) >= 0.99


TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=12)
SCHEMAS = st.sampled_from(["", "Person", "Company"])


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, SCHEMAS, st.randoms(use_true_random=False))
def test_neither_the_order_of_the_list_nor_the_rest_of_the_batch_changes_the_answer(
    listed: list[str], asked: list[str], schema: str, chance: random.Random
) -> None:
    rows: list[Row] = [(f"p{at}", text, "name", schema, "") for at, text in enumerate(listed)]
    index = build(rows)
    chance.shuffle(rows)
    other = build(rows)
    together = candidates(index, sheet([Named(text, schema) for text in asked]), 3)
    for at, text in enumerate(asked):
        alone = candidates(other, sheet([Named(text, schema)]), 3)
        part = slice(together.starts[at], together.starts[at + 1])
        assert together.rows[part].tolist() == alone.rows.tolist()
        assert together.likeness[part].tolist() == alone.likeness.tolist()
        assert together.cut[at] == alone.cut[0]


@settings(max_examples=60, deadline=None)
@given(TEXTS, SCHEMAS)
def test_every_listed_name_finds_its_own_party_first_or_tied(listed: list[str], schema: str) -> None:
    rows: list[Row] = [(f"p{at}", text, "name", schema, "") for at, text in enumerate(listed) if names.is_name(text)]
    index = build(rows)
    found = candidates(index, sheet([Named(index.texts[at], schema) for at in range(len(index))]), len(rows) + 1)
    for at in range(len(index)):
        part = slice(found.starts[at], found.starts[at + 1])
        own = found.likeness[part][found.rows[part] == at]
        assert own.tolist() == [np.max(found.likeness[part])]


def _slip(text: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(text)), chance.choice(string.ascii_lowercase)
    return chance.choice(
        [
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
        ]
    )
