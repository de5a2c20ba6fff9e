# ruff: noqa: RUF001 - typographic signs are what is tested
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import news
from underlabel.model import Day, InputError, NoInputError, exact
from underlabel.news import page
from underlabel.news.clean import once
from underlabel.news.draft import Draft

FIXTURES = Path(__file__).parent / "fixtures"
ARTICLE = "A title\n\nAn outlet\n\nA text of one sentence."


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[str | bytes, str], Path]:
    def save(content: str | bytes, name: str = "page.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return save


Save = Callable[..., Path]


def test_a_saved_page_gives_its_articles_with_outlet_and_clean_text() -> None:
    facts = news.read(FIXTURES / "aggregator_page.txt", "harbour")
    assert [(article.title, article.outlet) for article in facts.articles] == [
        ("Harbour shops take two brands of doorbell off the shelf", "The Harbour Courier"),
        ("Ministry names five makers of lenses", "Optics Weekly"),
    ]
    first, second = facts.articles
    assert first.text.startswith("HARBOUR CITY – Two chains")
    assert first.text.count("six years") == 1
    assert "percent – the most" in second.text
    assert "\n\nIt is the town’s largest" in second.text
    assert first.published is None
    assert (facts.dataset.id, facts.dataset.kind, facts.dataset.records) == ("harbour", "news", 2)
    assert first.source.dataset == "harbour"
    assert first.source.locator == "line 5"
    assert first.source.version == facts.dataset.version != ""


def test_blocks_that_are_no_article_are_refused_with_their_place_and_boilerplate_is_not() -> None:
    facts = news.read(FIXTURES / "aggregator_page.txt")
    assert [(one.reason, one.where) for one in facts.rejected] == [
        ("a text without title and outlet", "aggregator_page.txt:26"),
        ("an article without outlet", "aggregator_page.txt:29"),
    ]
    assert all(one.hint and one.raw and one.dataset == "news:aggregator_page" for one in facts.rejected)


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", " \t\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.encode("utf-16"),
        lambda text: "\n\n\n\n" + text + "\n\n\n",
        lambda text: text.replace("one sentence", "one\nsentence"),
        lambda text: text.replace("title\n\nAn", "title\nAn"),
        lambda text: text.replace("A title\n", "A title\n\nA title\n"),
        lambda text: "Goto\n\nCollaborating Authors\n\n" + text,
    ],
)
def test_line_ends_spaces_and_marks_do_not_matter(saved: Save, form: Callable[[str], str | bytes]) -> None:
    (article,) = news.read(saved(form(ARTICLE))).articles
    assert (article.title, article.outlet, article.text) == ("A title", "An outlet", "A text of one sentence.")


def test_the_title_said_again_in_the_text_is_dropped(saved: Save) -> None:
    (article,) = news.read(saved("A title\n\nAn outlet\n\nA TITLE.\n\nA text of one sentence.")).articles
    assert article.text == "A text of one sentence."


def test_articles_that_run_together_are_refused_rather_than_given_one_outlet(saved: Save) -> None:
    two = "First\n\nOutlet one\n\nA text of its own.\n\nSecond\n\nOutlet two\n\nAnother text."
    facts = news.read(saved(f"{two}\n\n\n{ARTICLE}"))
    assert [article.outlet for article in facts.articles] == ["An outlet"]
    assert [one.reason for one in facts.rejected] == ["several articles that run together"]


def test_an_article_that_stands_there_twice_is_kept_once(saved: Save) -> None:
    facts = news.read(saved(f"{ARTICLE}\n\n\n{ARTICLE}"))
    assert len(facts.articles) == 1
    assert [one.reason for one in facts.rejected] == ["an article that was there already"]


def test_letters_lost_for_good_are_told_and_the_article_is_kept(saved: Save) -> None:
    facts = news.read(saved(ARTICLE.replace("one", 'โ€" one')))
    assert facts.articles[0].text == 'A text of โ€" one sentence.'
    assert facts.rejected[0].reason == "one sign of the text lost before the page was saved"
    assert facts.rejected[0].where == "page.txt:1"


@pytest.mark.parametrize("nothing", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_no_input(saved: Save, nothing: bytes) -> None:
    with pytest.raises(NoInputError, match="empty") as caught:
        news.read(saved(nothing))
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not a text file"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "not a text file"),
        (b"plain\0text", "not a text file"),
        (b"A title\n\nAn outlet\n\nA caf\xe9 of one sentence.", "not UTF-8"),
        (b"<!DOCTYPE html><html><p>A text.</p></html>", "markup"),
        (b"one two three", "no article could be found"),
        (b"Home\n\nAbout\n\nContact", "no article could be found"),
    ],
)
def test_a_wrong_file_says_what_it_is_and_what_to_do(saved: Save, content: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        news.read(saved(content))
    assert caught.value.hint
    assert "page.txt" in caught.value.where


def test_a_wrong_letter_is_named_with_row_and_column(saved: Save) -> None:
    with pytest.raises(InputError) as caught:
        news.read(saved(b"A title\nca\xe9"))
    assert caught.value.where.endswith("page.txt:2:3")


def test_no_such_file_is_no_input(tmp_path: Path) -> None:
    with pytest.raises(NoInputError):
        news.read(tmp_path / "none.txt")
    with pytest.raises(NoInputError):
        news.read(tmp_path)


def test_json_lines_give_articles_with_day_authors_and_address() -> None:
    facts = news.read(FIXTURES / "articles.jsonl")
    first, second = facts.articles
    assert first.published == exact(date(2020, 10, 8), "published")
    assert (first.authors, first.url, first.source.locator) == (("A desk",), "https://optics.example/1", "line 1")
    assert second.published == Day(date(2020, 10, 1), date(2020, 10, 31), "published")
    assert second.authors == ("City desk",)
    assert second.text == "The town’s shops – all of them – sell on."


def test_a_broken_json_line_among_good_ones_is_refused_with_its_reason() -> None:
    refused = news.read(FIXTURES / "articles.jsonl").rejected
    assert [one.where.rpartition(":")[2] for one in refused] == ["2", "4", "5", "6", "7"]
    reasons = " | ".join(one.reason for one in refused)
    for part in ("truncated", "required field `text`", "'last Monday' is not a day", "no web address", "already"):
        assert part in reasons


def test_a_json_line_in_another_encoding_is_refused_alone(saved: Save) -> None:
    good = b'{"title": "A title", "outlet": "An outlet", "text": "A text."}'
    facts = news.read(saved(b'{"title": "caf\xe9"}\n' + good, "a.JSONL"))
    assert len(facts.articles) == 1
    assert facts.rejected[0].where == "a.JSONL:1"


def test_a_json_line_nested_without_end_is_refused_alone(saved: Save) -> None:
    good = '{"title": "A title", "outlet": "An outlet", "text": "A text."}'
    facts = news.read(saved('{"x":' + "[" * 100_000 + f"\n{good}", "a.jsonl"))
    assert (len(facts.articles), len(facts.rejected)) == (1, 1)


def test_an_article_keeps_its_id_when_the_page_around_it_changes(saved: Save) -> None:
    before = news.read(saved(ARTICLE)).articles[0]
    after = news.read(saved(f"Goto\n\n\nOther\n\nOutlet\n\nOther text.\n\n\n{ARTICLE}")).articles[1]
    assert before.id == after.id


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["A text.", "It goes on.", "a text", "Why?", "No.", "…", "The U.S. list.", "\n\n", "End"]),
        max_size=15,
    )
)
def test_keeping_sentences_once_loses_no_sentence_and_keeps_none_twice(parts: list[str]) -> None:
    text = once(" ".join(parts))
    kept = [text[start:end].strip(".?… ").casefold() for start, end in news.sentences(text)]
    assert len([one for one in kept if one]) == len({one for one in kept if one})
    assert once(text) == text
    words = {word.strip(".?…").casefold() for part in parts for word in part.split()} - {""}
    assert words == {word.strip(".?…").casefold() for word in text.split()} - {""}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aB. \t\r\n", max_size=120))
def test_any_page_is_read_or_refused_in_order_and_never_fails(text: str) -> None:
    found = list(page.drafts(text, "page.txt"))
    places = [one.line if isinstance(one, Draft) else int(one.where.rpartition(":")[2]) for one in found]
    assert places == sorted(places)


def test_the_real_page_gives_five_clean_articles(real_data: Callable[[str], Path]) -> None:
    facts = news.read(real_data("news/seed_page.txt"))
    assert [(article.title.split()[:3], article.outlet) for article in facts.articles] == [
        (["The", "Morning", "After:"], "Engadget"),
        (["U.S.", "puts", "28"], "The Japan Times"),
        (["U.S.", "Blacklists", "Chinese"], "NPR Technology"),
        (["U.S.", "expands", "trade"], "#artificialintelligence"),
        (["Half", "of", "London"], "The Japan Times"),
    ]
    assert not facts.rejected
    for article in facts.articles:
        assert article.published is None
        assert not set("โ€\ufffd\n") & set(article.text)
        said = [article.text[start:end].casefold() for start, end in news.sentences(article.text)]
        assert len(said) == len(set(said)) >= 3
        assert article.title.casefold() not in said
    assert sum("–" in article.text for article in facts.articles) == 3
