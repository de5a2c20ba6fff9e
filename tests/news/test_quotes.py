from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import news
from underlabel.model import InputError

LONG = " ".join(f"w{number}" for number in range(100))


def around(word: str, limit: int = 40) -> str:
    start = f" {LONG} ".index(f" {word} ")
    return news.quote(LONG, start, start + len(word), limit)


def test_a_short_text_is_quoted_whole() -> None:
    assert news.quote("Lorex was sold in 2022.", 0, 5) == "Lorex was sold in 2022."


def test_words_around_a_mention_are_shared_out_evenly_and_cuts_are_shown() -> None:
    assert around("w50", limit=5) == "…w48 w49 w50 w51 w52…"


def test_room_not_needed_at_one_end_is_used_at_the_other() -> None:
    assert around("w0", limit=4) == "w0 w1 w2 w3…"
    assert around("w99", limit=4) == "…w96 w97 w98 w99"


def test_forty_words_is_the_most_that_is_shown() -> None:
    assert len(around("w50").split()) == 40


def test_a_mention_longer_than_the_limit_is_cut_at_its_end() -> None:
    assert news.quote(LONG, 0, len(LONG), 3) == "w0 w1 w2…"


def test_a_text_without_spaces_cannot_slip_through_as_one_word() -> None:
    assert len(news.quote("监" * 500, 200, 202).strip("…")) == 40


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be quoted"):
        news.quote("short", 3, 9)


@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(min_value=1, max_value=45))
def test_a_quote_is_verbatim_short_and_holds_the_beginning_of_its_mention(data: st.DataObject, limit: int) -> None:
    words = st.sampled_from(["Lorex", "is", "a", "brand.", "“of”", "海康", "การ", "\n", "  ", "x" * 30])
    text = data.draw(st.lists(words, max_size=90).map(" ".join))
    start = data.draw(st.integers(min_value=0, max_value=len(text)))
    end = data.draw(st.integers(min_value=start, max_value=len(text)))
    quoted = news.quote(text, start, end, limit)
    assert len(quoted.split()) <= limit
    shown = quoted if quoted in text else quoted.removeprefix("…")
    shown = shown if shown in text else shown.removesuffix("…")
    assert shown in text
    assert bool(quoted) == bool(text.strip())
    mention = text[start:end].split()
    if mention and len(text[:start].split()) == len(text[: start + 1].split()) - 1:
        assert mention[0][0] in shown
