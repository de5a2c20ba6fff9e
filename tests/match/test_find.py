"""What a user may rely on when asking who is meant."""

from __future__ import annotations

import gzip
import json
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import match
from underlabel.model import Hit, Query, UsageError

Row = tuple[str, str, str, str, str]
ROWS: list[Row] = [
    ("hik", "Hangzhou Hikvision Digital Technology Co., Ltd.", "name", "Company", "cn"),
    ("hik", "Hikvision", "weak", "Company", "cn"),
    ("dahua", "Zhejiang Dahua Technology Co., Ltd.", "name", "Company", "cn"),
    ("dahua", "Dahua", "weak", "Company", "cn"),
    ("dahua-us", "DAHUA ELECTRONICS CORPORATION", "name", "Company", "us"),
    ("lorex", "Lorex Technology Inc.", "name", "Company", "ca"),
    ("fund-2", "Skyhigh Fund II", "name", "Company", ""),
    ("siemens-ag", "Siemens AG", "name", "Company", "de"),
    ("wei", "Li Wei", "name", "Person", "cn"),
    ("apple", "Apple", "weak", "Company", "us"),
]
IDENTIFIERS = [
    ("hik", "lei", "300300PXQ8IZ3KHS1R14"),
    ("dahua", "uscc", "91330000727215176K"),
    ("bare", "imo", "9187629"),
]
INDEX = match.build(ROWS, IDENTIFIERS)


def one(name: str, **query: str) -> list[Hit]:
    return list(match.find(INDEX, [Query(name, **query)])[0].hits)  # type: ignore[arg-type]


def parties(name: str, **query: str) -> list[str]:
    return [hit.party for hit in one(name, **query)]


@pytest.mark.parametrize(
    "name",
    [
        "Hangzhou Hikvision Digital Technology Company",
        "HIKVISION DIGITAL TECHNOLOGY CO LTD HANGZHOU",
        "Hangzhou Hikvision Digtal Technology Co Ltd",
        "Hangzhou Hik Vision Digital Technology Co., Ltd.",
        "hangzhou hik\u200bvision digital technology",
        "Hangzhou \u041dikvision Digital Technology",
        "Hikvision Digital Technology",
    ],
)
def test_a_name_is_found_however_it_is_written(name: str) -> None:
    assert parties(name) == ["hik"]


def test_a_weak_alias_hits_but_as_weak_evidence() -> None:
    weak, full = one("Hikvision")[0], one("Hangzhou Hikvision Digital Technology")[0]
    assert weak.party == full.party == "hik"
    assert weak.score < full.score
    assert "weak alias" in {reason.feature for reason in weak.reasons}


@pytest.mark.parametrize(
    "name",
    ["JOREX LOREX INDIA", "Jorex", "Bosch Security Systems", "Axis Communications AB", "Apple", "Skyhigh Fund III"],
)
def test_a_false_friend_is_no_hit(name: str) -> None:
    assert parties(name) == []


def test_dahua_electronics_of_the_us_is_not_zhejiang_dahua() -> None:
    assert parties("Dahua Electronics Corporation") == ["dahua-us"]
    assert parties("Dahua Electronics Corporation", country="us") == ["dahua-us"]
    assert "dahua-us" not in parties("Zhejiang Dahua Technology Co., Ltd.")


def test_a_place_that_the_listed_name_lacks_lowers() -> None:
    parent, abroad = (
        match.find(INDEX, [Query(f"Zhejiang Dahua Technology {place}Co., Ltd.")], threshold=0)[0].hits[0]
        for place in ("", "USA ")
    )
    assert parent.party == abroad.party == "dahua"
    assert abroad.score < parent.score - 0.05
    assert "usa" in {reason.query for reason in abroad.reasons if reason.weight < 0}


def test_another_legal_person_of_the_same_name_scores_lower() -> None:
    same, other = (
        match.find(INDEX, [Query(name)], threshold=0)[0].hits[0]
        for name in ("Siemens Aktiengesellschaft", "Siemens GmbH")
    )
    assert same.party == other.party == "siemens-ag"
    assert other.score < same.score
    assert "different legal person" in {reason.feature for reason in other.reasons}


def test_an_agreeing_country_corroborates_and_a_clashing_one_lowers() -> None:
    name = "Hangzhou Hikvision Digtal Technology"
    bare, agreeing, clashing = (
        match.find(INDEX, [Query(name, country=country)], threshold=0)[0].hits[0] for country in ("", "cn", "us")
    )
    assert (bare.kind, agreeing.kind, clashing.kind) == ("name only", "corroborated", "name only")
    assert clashing.score < bare.score <= agreeing.score < 1


def test_a_person_is_not_found_when_a_company_is_asked_for() -> None:
    assert parties("Wei Li", schema="Person") == ["wei"]
    assert parties("Wei Li", schema="Company") == []


def test_an_equal_identifier_beats_any_name() -> None:
    hits = match.find(INDEX, [Query("Lorex Technology Inc.", identifiers=("lei:300300pxq8iz3khs1r14",))])[0].hits
    assert [(hit.party, hit.kind) for hit in hits] == [("hik", "identifier"), ("lorex", "name only")]
    assert hits[0].score == 1


def test_an_identifier_finds_a_party_that_has_no_name_and_a_query_that_is_none() -> None:
    assert [hit.party for hit in match.find(INDEX, [Query("---", identifiers=("9187629",))])[0].hits] == ["bare"]


def test_another_number_in_the_same_register_lowers() -> None:
    name = "Zhejiang Dahua Technology Co., Ltd."
    other = match.find(INDEX, [Query(name, identifiers=("uscc:91330000000000000X",))], threshold=0)[0].hits[0]
    assert other.score < one(name)[0].score
    assert "other identifier" in {reason.feature for reason in other.reasons}


def test_identifiers_count_in_a_comparison_of_two() -> None:
    name = "Zhejiang Dahua Technology"
    bare = match.compare(Query(name), Query(name))
    equal, other = (
        match.compare(
            Query("Lorex" if sure else name, identifiers=("lei:1234567",)), Query(name, identifiers=(number,))
        )
        for sure, number in ((True, "lei:123-4567"), (False, "lei:7654321"))
    )
    assert (equal.kind, equal.score) == ("identifier", 1)
    assert other.score < bare.score


def test_the_reasons_add_up_to_the_log_odds_of_the_score() -> None:
    names = ["Hangzhou Hikvision Digtal Technology", "Dahua", "Lorex GmbH", "Skyhigh Fund III", "Siemens AG China"]
    hits = [
        hit
        for found in match.find(INDEX, [Query(name, country="cn") for name in names], threshold=0)
        for hit in found.hits
    ]
    assert len(hits) >= len(names)
    for hit in hits:
        odds = sum(reason.weight for reason in hit.reasons)
        assert 1 / (1 + math.exp(-odds)) == pytest.approx(hit.score, abs=0.001)


def test_a_miss_tells_the_nearest_candidate_and_what_was_searched() -> None:
    found = match.find(INDEX, [Query("JOREX LOREX INDIA")])[0]
    assert found.nearest is not None
    assert (found.nearest.party, found.searched, found.cut) == ("lorex", len(INDEX), False)
    assert found.nearest.reasons


def test_a_hit_leaves_no_nearest() -> None:
    assert match.find(INDEX, [Query("Lorex Technology Inc.")])[0].nearest is None


def test_hits_that_are_left_out_are_told() -> None:
    index = match.build([(f"p{at:03}", "Hikvision", "name", "", "") for at in range(120)])
    found = match.find(index, [Query("Hikvision")], top=5)[0]
    assert found.cut
    assert [hit.party for hit in found.hits] == ["p000", "p001", "p002", "p003", "p004"]
    assert len(match.find(index, [Query("Hikvision")], top=120)[0].hits) == 120
    assert not match.find(index, [Query("Hikvision")], top=120)[0].cut


def test_a_lower_threshold_gives_more_and_a_higher_one_less() -> None:
    asked = [Query("Dahua Technology")]
    every, usual, few = (match.find(INDEX, asked, threshold=least)[0].hits for least in (0.0, None, 0.999))
    assert usual == tuple(hit for hit in every if hit.score >= match.DEFAULT_THRESHOLD)
    assert few == ()


def test_an_empty_index_and_an_empty_batch_answer() -> None:
    assert match.find(match.build([]), [Query("Hikvision")])[0].hits == ()
    assert match.find(INDEX, []) == []
    assert match.compare_all([]) == []


def test_a_hidden_name_is_not_found_and_the_party_answers_by_its_others() -> None:
    hidden = INDEX.hiding([("hik", "Hangzhou Hikvision Digital Technology Co., Ltd.")])
    hits = match.find(hidden, [Query("Hangzhou Hikvision Digital Technology Co., Ltd.")], threshold=0)[0].hits
    assert {hit.name for hit in hits if hit.party == "hik"} == {"Hikvision"}


def test_an_index_gives_the_same_answers_when_opened_again(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "index")
    INDEX.save(tmp_path / "index")
    opened = match.load(tmp_path / "index")
    queries = [Query(row[1], country="cn", identifiers=("9187629",)) for row in ROWS]
    assert match.find(opened, queries, threshold=0) == match.find(INDEX, queries, threshold=0)
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_the_door_opens_without_scipy() -> None:
    code = "import sys; import underlabel.match; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "names",
    [
        ("Роснефть", "Rosneft", "Rosneft Oil Company"),
        ("华为技术有限公司", "Huawei Technologies Co., Ltd."),
        ("Δημόσια Επιχείρηση Ηλεκτρισμού", "Public Power Corporation"),
        ("삼성전자", "Samsung Electronics"),
        ("أرامكو السعودية", "Saudi Arabian Oil Company", "Saudi Aramco"),
        ("საქართველოს რკინიგზა", "Georgian Railway"),
    ],
)
def test_a_party_answers_to_every_name_and_script_it_has(names: tuple[str, ...]) -> None:
    index = match.build([*ROWS, *(("it", name, "alias", "Company", "") for name in names)])
    found = match.find(index, [Query(name) for name in names])
    assert [answer.hits[0].party for answer in found] == ["it"] * len(names)
    assert [answer.hits[0].similarity for answer in found] == [1] * len(names)


VOCABULARY = """
hikvision hikvison hik vision dahua dahau technology tecnology beijing ab a b 3 ii ltd gmbh of lorex jorex li wei lu kim
杭州 海康有限公司 Ромашка
"""
WORDS = st.sampled_from(VOCABULARY.split())
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
COUNTRIES = st.sampled_from(["", "cn", "us", "cn;us"])
SCHEMAS = st.sampled_from(["", "Company", "Person"])
ROW_LISTS = st.lists(
    st.tuples(st.sampled_from("abcd"), NAMES, st.sampled_from(["name", "alias", "weak"]), SCHEMAS, COUNTRIES),
    max_size=12,
)
QUERIES = st.builds(Query, NAMES, SCHEMAS, COUNTRIES)


def scores(rows: list[Row], query: Query) -> dict[str, float]:
    return {hit.party: hit.score for hit in match.find(match.build(rows), [query], threshold=0)[0].hits}


@given(NAMES, NAMES, SCHEMAS)
@settings(max_examples=100, deadline=None)
def test_similarity_is_the_same_from_either_side(left: str, right: str, schema: str) -> None:
    there = match.compare(Query(left, schema), Query(right, schema))
    back = match.compare(Query(right, schema), Query(left, schema))
    assert there.similarity == back.similarity
    assert 0 <= there.score < 1


@given(st.text(st.characters(codec=None), max_size=40))
@settings(max_examples=100, deadline=None)
def test_equal_texts_have_similarity_one(text: str) -> None:
    assert match.compare(Query(text), Query(text)).similarity == 1


@given(st.lists(st.tuples(QUERIES, QUERIES), max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_batch_of_comparisons_is_each_one_alone(pairs: list[tuple[Query, Query]]) -> None:
    assert match.compare_all(pairs) == [match.compare(*pair) for pair in pairs]


@given(st.lists(st.tuples(QUERIES, QUERIES), max_size=8), st.sampled_from([None, 0.2, 0.9]))
@settings(max_examples=60, deadline=None)
def test_bare_scores_are_those_of_the_comparisons(pairs: list[tuple[Query, Query]], least: float | None) -> None:
    left, right = (match.prepared([pair[side] for pair in pairs]) for side in (0, 1))
    found, compared = match.scores(left, right, least), match.compare_all(pairs)
    assert found.score.tolist() == [hit.score for hit in compared]
    threshold = match.LIKELY if least is None else least
    assert found.match.tolist() == [hit.score >= threshold for hit in compared]
    for (a, b), alike, hit in zip(pairs, found.similarity.tolist(), compared, strict=True):
        assert alike == hit.similarity or a.name == b.name


def test_sheets_of_different_length_are_refused() -> None:
    with pytest.raises(UsageError, match="1 names beside 2"):
        match.scores(match.prepared([Query("Lorex")]), match.prepared([Query("Lorex"), Query("Dahua")]))


@given(ROW_LISTS, st.lists(QUERIES, min_size=1, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_company_changes_an_answer(rows: list[Row], queries: list[Query], chance: object) -> None:
    index = match.build(rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    batch = match.find(index, queries, threshold=0)
    assert batch == match.find(match.build(shuffled), queries, threshold=0)
    assert batch == [match.find(index, [query], threshold=0)[0] for query in queries]
    assert list(reversed(batch)) == match.find(index, list(reversed(queries)), threshold=0)


@given(ROW_LISTS, QUERIES)
@settings(max_examples=60, deadline=None)
def test_a_score_of_a_list_is_that_of_the_comparison(rows: list[Row], query: Query) -> None:
    listed = [row for row in rows if row[2] != "weak"]
    compared = match.compare_all([(query, Query(text, schema, country)) for _, text, _, schema, country in listed])
    by_hand: dict[str, set[float]] = {}
    for row, comparison in zip(listed, compared, strict=True):
        by_hand.setdefault(row[0], set()).add(comparison.score)
    for party, score in scores(listed, query).items():
        assert score in by_hand[party]


@given(ROW_LISTS, QUERIES, NAMES, SCHEMAS, COUNTRIES)
@settings(max_examples=60, deadline=None)
def test_another_alias_never_lowers_a_party(
    rows: list[Row], query: Query, alias: str, schema: str, country: str
) -> None:
    before, after = (scores(names, query) for names in (rows, [*rows, ("a", alias, "alias", schema, country)]))
    assert after.get("a", 0) >= before.get("a", 0)


@given(ROW_LISTS, ROW_LISTS, QUERIES)
@settings(max_examples=60, deadline=None)
def test_a_score_does_not_move_when_other_parties_are_listed(rows: list[Row], more: list[Row], query: Query) -> None:
    others: list[Row] = [(f"other-{party}", *rest) for party, *rest in more]  # type: ignore[misc]
    before, after = scores(rows, query), scores([*rows, *others], query)
    shared = set(before) & set(after)
    assert {party: before[party] for party in shared} == {party: after[party] for party in shared}


@given(NAMES, NAMES, SCHEMAS)
@settings(max_examples=100, deadline=None)
def test_a_contradicting_country_never_raises(left: str, right: str, schema: str) -> None:
    def score(here: str, there: str) -> float:
        return match.compare(Query(left, schema, here), Query(right, schema, there)).score

    assert score("us", "cn") <= min(score("", ""), score("us", ""), score("", "cn"))
    assert score("", "") <= score("cn", "cn")


@given(NAMES, st.sampled_from(["cn", "us"]), ROW_LISTS)
@settings(max_examples=60, deadline=None)
def test_a_country_that_a_party_lacks_never_raises_it_in_a_list(name: str, country: str, rows: list[Row]) -> None:
    seated: list[Row] = [(*row[:4], "ru") for row in rows]
    bare, clashing = scores(seated, Query(name)), scores(seated, Query(name, country=country))
    assert all(clashing[party] <= bare[party] for party in set(bare) & set(clashing))


@given(st.integers(0, 40), st.integers(1, 45))
@settings(max_examples=30, deadline=None)
def test_more_parties_than_asked_for_are_always_told(count: int, top: int) -> None:
    index = match.build([(f"p{at:03}", "Kvantek Gornyak", "name", "", "") for at in range(count)])
    found = match.find(index, [Query("Kvantek Gornyak")], top=top)[0]
    assert len(found.hits) == min(count, top)
    if count > top:
        assert found.cut


def test_each_of_the_28_is_found_by_its_own_name(real_data: Callable[[str], Path]) -> None:
    with gzip.open(real_data("lists/us_2026-07-09/bis_entity_list.json.gz"), "rt", encoding="utf-8") as file:
        entities = json.load(file)["entities"]
    index = match.build([(str(at), entity["name"], "name", "", "") for at, entity in enumerate(entities)])
    asked = {
        at: entity["name"] for at, entity in enumerate(entities) if "84 FR 54004" in (entity["federal_register"] or "")
    }
    assert len(asked) == 28
    found = match.find(index, [Query(name) for name in asked.values()])
    assert [one.hits[0].party for one in found] == [str(at) for at in asked]
