from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import news


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in news.sentences(text)]


@pytest.mark.parametrize(
    "one",
    [
        "The U.S. Commerce Department listed 28 bodies.",
        "Shops in the U.S. and the U.K. sell it.",
        "Zhejiang Lens Technology Co. Ltd. and Lantern Inc. deny it.",
        "They are Lantern Co. Bayside Optical Works Co., and Hill Corp. of Ohio.",
        "J. R. Smith Ltd. sells it for $3.5 million.",
        "Mr. Speaker, No. 5 of Oct. 7 is at p. 12.",
        "Dr. Who met Sen. Whatnot at 5 p.m. Monday.",
        'The company said: "We deny it!" and left.',
        "Is it (see Art. 7) on the list?",
        "e.g. Lorex, i.e. a brand, etc. and more",
        "1. First point of the list",
        "It grew 3.25 percent, not .5 percent.",
    ],
)
def test_a_point_inside_a_sentence_does_not_end_it(one: str) -> None:
    assert split(one) == [one]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It is sold in the U.S.", "The shop took it down."),
        ("It was bought by Lantern Co.", "Megvue filed for an IPO."),
        ("It was bought by Lantern Co. Ltd.", "The price is not known."),
        ("Is it listed?", "Nobody knows."),
        ('He said: "We deny it."', "She left."),
        ("“It is not ours.”", "“It never was.”"),
        ("It was listed in 2019.", "28 bodies were."),
        ("The list is long…", "It grows."),
        ("It was bought (by Lantern Co.)", "The price is not known."),
        ("It is vitamin C.", "The label says so."),
    ],
)
def test_a_sentence_ends_before_the_next_one_opens(first: str, second: str) -> None:
    assert split(f"{first} {second}") == [first, second]


def test_a_blank_line_ends_a_sentence_without_a_point() -> None:
    assert split("A headline\n\nthe text of it") == ["A headline", "the text of it"]
    assert split("It is over.\nit goes on") == ["It is over.", "it goes on"]


def test_chinese_and_japanese_stops_need_no_space() -> None:
    assert split("海康威视被列入清单。公司否认。") == ["海康威视被列入清单。", "公司否认。"]


def test_an_empty_text_has_no_sentence() -> None:
    assert news.sentences("") == news.sentences(" \n\t\n ") == ()


PIECES = st.sampled_from(
    [
        "Lantern Co. Ltd.",
        "U.S.",
        "the",
        "The",
        "a.b.",
        "!",
        "?",
        "...",
        "…",
        '"',
        "”",
        "“",
        "(",
        ")",
        " ",
        "\n",
        "\n\n",
        "\t",
        "3.5",
        "1.",
    ]
) | st.sampled_from(["Mr.", "J.", "No. 5", "word.", "Word", "。", "清单", "é", "\u00a0", "\u2003"])


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join)))
def test_sentences_cover_the_text_in_order_and_never_overlap(text: str) -> None:
    spans = news.sentences(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    between = [text[edges[place] : edges[place + 1]] for place in range(0, len(edges), 2)]
    assert not "".join(between).strip()
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
