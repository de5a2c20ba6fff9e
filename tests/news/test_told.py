from __future__ import annotations

from datetime import date

import pytest

from underlabel import news
from underlabel.model import Article, Claim, Day, InputError, Source


def article(text: str, published: Day | None = None) -> Article:
    source = Source(dataset="page", version="v", locator="line 1")
    return Article(id="a1", title="A title", outlet="The Courier", text=text, source=source, published=published)


def told(text: str, words: str = "") -> Claim:
    """What is told in the first sentence of a text, or at these words of it."""
    start, end = (text.index(words), text.index(words) + len(words)) if words else news.sentences(text)[0]
    return news.told(article(text), start, end, ("dahua",))


def test_a_sentence_becomes_a_claim_with_quote_outlet_and_parties() -> None:
    month = Day(date(2021, 10, 1), date(2021, 10, 31), "published")
    text = "Shops sell it. Dahua makes it. More follows."
    claim = news.told(article(text, month), 15, 30, ("dahua", "lorex"))
    assert (claim.quote, claim.outlet, claim.title, claim.article) == (
        "Dahua makes it.",
        "The Courier",
        "A title",
        "a1",
    )
    assert (claim.subject, claim.relation, claim.object) == ("The Courier", "speaks of", "")
    assert claim.parties == ("dahua", "lorex")
    assert claim.source == Source(dataset="page", version="v", locator="characters 15-30")
    assert (claim.published, claim.known_from, claim.day) == (month, date(2021, 10, 31), None)


def test_a_name_in_a_sentence_gives_the_whole_sentence_and_the_name_as_written() -> None:
    claim = told("Shops sell it. DAHUA Tech makes it.", "DAHUA Tech")
    assert (claim.quote, claim.object) == ("DAHUA Tech makes it.", "DAHUA Tech")


def test_a_long_sentence_is_quoted_around_the_name_in_forty_words() -> None:
    claim = told("A " + "b " * 60 + "Dahua " + "c " * 60 + "end.", "Dahua")
    assert "Dahua" in claim.quote
    assert len(claim.quote.split()) == 40


def test_a_span_that_is_no_part_of_one_sentence_is_refused() -> None:
    for span in ((0, 20), (3, 3), (0, 99)):
        with pytest.raises(InputError, match="one sentence"):
            news.told(article("One is here. Two is there."), *span, ("x",))


@pytest.mark.parametrize(
    ("sentence", "hedge"),
    [
        ("Lorex is reportedly owned by Dahua.", "reportedly"),
        ("Cameras of firms linked to abuses, allegedly, were sold.", "linked to, allegedly"),
        ("Firms accused of an alleged breach, according to a filing.", "accused of, alleged, according to"),
        ("The hardware is widely said to be Dahua's.", "said to"),
        ("The chief said to reporters that it sells well.", ""),
        ("Lorex is owned by Dahua.", ""),
        ("Reportedly it is. Allegedly it was.", "reportedly"),
    ],
)
def test_hedges_of_the_sentence_are_kept_as_words(sentence: str, hedge: str) -> None:
    assert told(sentence).hedge == hedge


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("It was sold, according to a Commerce Department filing.", "a Commerce Department filing"),
        ("According to U.S. officials, it was listed.", "U.S. officials"),
        ("According to Lantern Co. Ltd., it was not.", "Lantern Co. Ltd."),
        ("According to a report which nobody saw, it was.", "a report"),
        ("“It is ours,” said Lantern Bay of Ohio.", "Lantern Bay of Ohio"),
        ("It was listed, said Monday's paper, said Lantern.", ""),
        ("Lorex was sold, officials said Monday.", ""),
        ("According to A, and also according to B, it was.", ""),
        ("Dahua makes it.", ""),
    ],
)
def test_whose_word_it_is_stands_only_where_the_sentence_says_so_plainly(sentence: str, who: str) -> None:
    assert told(sentence).attributed_to == who


@pytest.mark.parametrize(
    "sentence",
    [
        "Dahua denies that it makes them.",
        "Dahua has long denied wrongdoing.",
        "Both companies deny it.",
        "Dahua makes them, but China continues to deny the allegations.",
        "Dahua was accused of it but denied it.",
    ],
)
def test_a_plain_denial_that_governs_is_a_denial(sentence: str) -> None:
    assert told(sentence).polarity == "denies"


@pytest.mark.parametrize(
    "sentence",
    [
        "Dahua makes them.",
        "Dahua, which denied the reports, was listed.",
        "Dahua never denied it.",
        "Dahua did not deny it.",
        "Dahua was denied a licence.",
        "The department denied Dahua's application.",
        "The department may deny licences to Dahua.",
        "Dahua stands on the Denied Persons List.",
        "Licences for Dahua face a presumption of denial.",
        "Dahua was listed, but Lorex denies that Dahua makes its cameras.",
    ],
)
def test_a_denial_that_does_not_govern_or_is_none_affirms(sentence: str) -> None:
    assert told(sentence).polarity == "affirms"


def test_the_clause_of_the_name_decides_between_a_denial_and_what_stands_beside_it() -> None:
    text = "Dahua was listed, but Lorex denies that it was sold."
    assert told(text, "Dahua").polarity == "affirms"
    assert told(text, "Lorex").polarity == "denies"
