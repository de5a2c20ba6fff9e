"""Texts that were never names: answered in bounded time and memory, and without harm to the others."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import match
from underlabel.model import Query

NORMAL = [
    ("hik", "Hangzhou Hikvision Digital Technology Co., Ltd."),
    ("dahua", "Zhejiang Dahua Technology Co., Ltd."),
    ("wei", "Li Wei"),
    ("rosneft", "ПАО Роснефть"),
    ("ring", "Ring"),
]
NO_NAMES = {
    "nothing": "",
    "spaces": " \t\n\u00a0\u3000",
    "punctuation": "---",
    "much punctuation": "!?.,;:-/()&" * 1_000,
    "an organisation type": "Co., Ltd.",
    "organisation types": "GmbH Co. KG Ltd LLC S.A. \u041e\u041e\u041e 有限公司 " * 20,
    "marks of direction": "\u200f\u202e\u2066\u2069" * 200,
    "no width": "\u200b\u200c\u200d\ufeff" * 300,
    "emoji": "😀😀👩‍👩‍👧‍👦🇨🇳",
    "many emoji": "👩‍👩‍👧‍👦" * 2_000,
    "NUL": "\x00",
    "many NULs": "\x00" * 5_000,
    "half a surrogate pair": "\ud800",
    "halves the wrong way round": "\udfff\ud800" * 400,
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85",
    "accents alone": "\u0301" * 500,
    "digits": "1234567890",
    "many digits": "1234567890 " * 90,
    "digits of other scripts": "\u0661\u0662\u0663 \u0967\u0968\u0969",
    "10,000 letters": "x" * 10_000,
    "10,000 words": "a " * 5_000,
    "10,000 Han characters": "杭" * 10_000,
    "a cell of 1 MB": "Hangzhou Hikvision Digital Technology " * 27_000,
    "1 MB of one letter": "h" * (1 << 20),
    "1 MB of brackets": "(" * (1 << 20),
}
NAMES = {
    "500 words": " ".join(chr(97 + at % 26) for at in range(500)),
    "160 rare words": " ".join(f"w{at:03}xq"[:5] for at in range(160)),
    "1,000 equal letters": "x" * 1_000,
    "a word of 900 letters": "hikvision" * 100,
    "another word of 900 letters": "hikvisoin" * 100,
    "equal words": "hik " * 249,
    "1,000 equal words": "a " * 1_000,
    "equal organisation types": "Polytex " + "Ltd " * 200,
    "mixed scripts": "ع 杭 d Ω ж 한 ק ა \u0561 ท अ አ ひ" * 30,
    "mixed scripts in a word": "Hi\u043avis\u0456\u043eη杭ع",
    "marks inside": "\u202eHik\u200bvi\u200dsion\u202c \u2067Dahua\u2069",
    "accents piled up": "H" + "\u0301" * 200 + "ikvision",
    "NUL inside": "Hik\x00vision",
    "a surrogate inside": "Hik\ud800vision Dahua",
    "emoji inside": "Hikvision 😀 Dahua 👩‍👩‍👧‍👦",
    "1,000 Han characters": "杭州海康威视" * 160,
    "initials": "A. B. C. D. E. F. G. " * 45,
    "aliases in aliases": "Hik a.k.a. " * 80 + "Dahua",
    "brackets": "Hikvision " + "(" * 400 + ")" * 400,
    "hyphens": "-".join(["hik"] * 240),
    "Roman numerals": "MMMCMXCIX " * 90,
    "words one slip apart": " ".join(f"hikvisio{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(80)),
}
TEXTS = NO_NAMES | NAMES
LISTED = {name: text for name, text in TEXTS.items() if not any("\ud800" <= char <= "\udfff" for char in text)}
"""Texts that a list can hold: files in UTF-8 hold no half of a surrogate pair."""
FACTOR = 60
"""A hostile text may cost so many times what a normal name costs a hundred of."""
ROOM = 96 << 20
"""Bytes that answering one hostile text may take for a while."""

Row = tuple[str, str, str, str, str]


def rows(*more: str) -> list[Row]:
    named = [(party, text, "name", "", "") for party, text in NORMAL]
    return named + [(f"odd-{at}", text, "alias", "", "") for at, text in enumerate(more)]


INDEX = match.build(rows())
WITH_ALL = match.build(rows(*LISTED.values()))
SPOTTER = match.spotter(
    [*((party, text, "name") for party, text in NORMAL), *(("odd", t, "alias") for t in TEXTS.values())]
)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.fixture(scope="module")
def bound() -> float:
    """Measure what a hundred normal names take, and give what one hostile text may take."""
    queries = [Query(f"{text} {at}") for at in range(20) for _, text in NORMAL]

    def work() -> None:
        match.find(INDEX, queries)
        match.compare_all([(query, query) for query in queries])
        match.build(rows(*(query.name for query in queries)))
        match.spot(SPOTTER, [query.name for query in queries])

    return max(0.02, min(seconds(work) for _ in range(2))) * FACTOR


@pytest.mark.parametrize("text", NO_NAMES.values(), ids=NO_NAMES)
def test_what_is_no_name_finds_nothing(text: str) -> None:
    found = match.find(INDEX, [Query(text)])[0]
    assert found.hits == ()
    assert found.searched == len(INDEX)


@pytest.mark.parametrize("text", NO_NAMES.values(), ids=NO_NAMES)
def test_what_is_no_name_scores_nothing(text: str) -> None:
    other = Query("Hangzhou Hikvision Digital Technology")
    assert match.compare(Query(text), other).score == match.compare(other, Query(text)).score == 0
    assert match.compare(Query(text), Query(text)).similarity == 1


@pytest.mark.parametrize("text", [text for name, text in NO_NAMES.items() if name in LISTED])
def test_what_is_no_name_is_counted_not_listed(text: str) -> None:
    index = match.build(rows(text))
    assert (len(index), index.skipped) == (len(NORMAL), 1)


@pytest.mark.parametrize("schema", ["", "Person", "Address", "Vessel"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_costs_no_more_than_a_batch_of_names(text: str, schema: str, bound: float) -> None:
    def work() -> None:
        match.find(WITH_ALL, [Query(text, schema)], threshold=0)
        match.compare(Query(text, schema), Query("Hangzhou Hikvision Digital Technology", schema))
        match.compare_all([(Query(text, schema), Query(text, schema)), (Query("Li Wei"), Query(text, schema))])

    assert seconds(work) < bound


@pytest.mark.parametrize("text", LISTED.values(), ids=LISTED)
def test_a_hostile_text_is_listed_at_bounded_cost(text: str, bound: float) -> None:
    def work() -> None:
        index = match.build(rows(text))
        match.find(index, [Query("Hikvision"), Query(text[:2_000])], threshold=0)

    assert seconds(work) < bound


@pytest.mark.parametrize("text", [text for text in TEXTS.values() if len(text) < 100_000])
def test_a_hostile_text_is_read_for_names_at_bounded_cost(text: str, bound: float) -> None:
    assert seconds(lambda: match.spot(SPOTTER, [text])) < bound
    assert seconds(lambda: match.spotter([("a", text, "name")])) < bound


@pytest.mark.parametrize("text", [text for text in TEXTS.values() if len(text) >= 100_000])
def test_a_cell_of_1_mb_is_read_for_names_about_as_fast_as_prose(text: str) -> None:
    prose = "Cameras of many makers were sold by shops in the old town. " * (len(text) // 59)
    bound = seconds(lambda: match.spot(SPOTTER, [prose])) * 10
    assert seconds(lambda: match.spot(SPOTTER, [text])) < bound


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_takes_bounded_memory(text: str) -> None:
    tracemalloc.start()
    try:
        match.find(WITH_ALL, [Query(text)], threshold=0)
        match.compare(Query(text), Query(text + " Dahua"))
        assert tracemalloc.get_traced_memory()[1] < ROOM
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES)
def test_a_strange_name_is_the_same_as_itself_and_answers_to_itself(text: str) -> None:
    assert match.compare(Query(text), Query(text)).similarity == 1
    if text not in LISTED.values():
        return
    index = match.build(rows(text))
    if index.skipped == 0:
        hits = match.find(index, [Query(text)], threshold=0)[0].hits
        assert "odd-0" in {hit.party for hit in hits if hit.similarity == 1}


@pytest.mark.parametrize(
    "text", ["Hik\u200bvision", "\u202eHikvision\u202c", "\u2067Hikvision\u2069", "Hik\u200dvision\ufeff"]
)
def test_marks_that_are_not_seen_change_nothing(text: str) -> None:
    assert match.compare(Query(text), Query("Hikvision")).similarity == 1
    assert (
        match.compare(Query(text), Query("Hikvision")).score
        == match.compare(Query("Hikvision"), Query("Hikvision")).score
    )


def test_hostile_texts_in_a_batch_change_no_other_answer() -> None:
    names = [Query(text) for _, text in NORMAL]
    odd = [Query(text) for text in TEXTS.values()]
    alone = match.find(WITH_ALL, names)
    mixed = match.find(WITH_ALL, [query for at, name in enumerate(names) for query in (name, *odd[at :: len(names)])])
    assert [answer for answer in mixed if answer.query in set(names)] == alone
    assert all(answer.hits[0].party == party for answer, (party, _) in zip(alone, NORMAL, strict=True))


def test_every_hostile_text_compares_with_every_other_the_same_from_either_side() -> None:
    texts = [text for text in TEXTS.values() if len(text) <= 1_000]
    pairs = [(Query(left), Query(right)) for left in texts for right in texts]
    there = {(a.name, b.name): hit for (a, b), hit in zip(pairs, match.compare_all(pairs), strict=True)}
    for (left, right), hit in there.items():
        assert 0 <= hit.score < 1
        assert hit.similarity == there[right, left].similarity


def test_hostile_identifiers_do_no_harm() -> None:
    for text in TEXTS.values():
        found = match.find(INDEX, [Query("Li Wei", identifiers=(text, f"lei:{text}", ":", "::::"))])[0]
        assert found.hits[0].party == "wei"
    index = match.build(rows(), [("wei", "lei", text) for text in LISTED.values()])
    assert match.find(index, [Query("Li Wei", identifiers=("lei:other",))], threshold=0)[0].hits


def test_hostile_countries_and_schemas_do_no_harm() -> None:
    for text in TEXTS.values():
        found = match.find(INDEX, [Query("Li Wei", schema=text[:50], country=text[:5_000])], threshold=0)[0]
        assert found.hits[0].party == "wei"


@given(st.text(st.characters(codec=None), max_size=60), st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_two_texts_compare(left: str, right: str) -> None:
    there, back = match.compare(Query(left), Query(right)), match.compare(Query(right), Query(left))
    assert 0 <= there.score < 1
    assert there.similarity == back.similarity


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_texts_are_listed_asked_and_read(texts: list[str]) -> None:
    index = match.build([(str(at), text, "name", "", "") for at, text in enumerate(texts)])
    assert len(index) + index.skipped == len(texts)
    assert len(match.find(index, [Query(text) for text in texts], threshold=0)) == len(texts)
    spotter = match.spotter([(str(at), text, "name") for at, text in enumerate(texts)])
    for text, mentions in zip(texts, match.spot(spotter, texts), strict=True):
        assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
