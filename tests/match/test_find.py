"""What a user may rely on when asking who is meant."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import match
from underlabel.model import Hit, InputError, Query

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
    parent, abroad = (one(f"Zhejiang Dahua Technology {place}Co., Ltd.")[0] for place in ("", "USA "))
    assert abroad.score < parent.score - 0.1
    assert "place not in the listed name" in {reason.feature for reason in abroad.reasons}
    assert (
        match.compare(Query("Banco Santander Chile"), Query("Banco Santander Mexico")).score < match.DEFAULT_THRESHOLD
    )


def test_another_legal_person_of_the_same_name_scores_lower() -> None:
    same, other = (
        match.compare(Query("Siemens AG"), Query(name)) for name in ("Siemens Aktiengesellschaft", "Siemens GmbH")
    )
    assert other.score < match.DEFAULT_THRESHOLD < same.score
    assert "different legal person" in {reason.feature for reason in other.reasons}


def test_an_agreeing_country_corroborates_and_a_clashing_one_lowers() -> None:
    name = "Hangzhou Hikvision Digital Technology"
    bare, agreeing, clashing = one(name)[0], one(name, country="cn")[0], one(name, country="us")[0]
    assert (bare.kind, agreeing.kind) == ("name only", "corroborated")
    assert clashing.score < bare.score < agreeing.score < 1


def test_a_bare_name_is_never_certain_and_common_words_are_less_so() -> None:
    certain = match.compare(Query("Hangzhou Hikvision"), Query("Hangzhou Hikvision"))
    common = match.compare(Query("Li Wei"), Query("Li Wei"))
    assert common.similarity == certain.similarity == 1
    assert common.score < certain.score < 1


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


def test_the_reasons_add_up_to_the_score() -> None:
    names = ["Hangzhou Hikvision Digtal Technology", "Dahua", "Lorex GmbH", "Skyhigh Fund III", "Siemens AG China"]
    for found in match.find(INDEX, [Query(name, country="cn") for name in names], threshold=0):
        for hit in found.hits:
            assert sum(reason.weight for reason in hit.reasons) == pytest.approx(hit.score, abs=0.002)


def test_a_miss_tells_the_nearest_candidate_and_what_was_searched() -> None:
    found = match.find(INDEX, [Query("JOREX LOREX INDIA")])[0]
    assert found.nearest is not None
    assert (found.nearest.party, found.searched, found.cut) == ("lorex", len(INDEX), False)


def test_hits_that_are_left_out_are_told() -> None:
    index = match.build([(f"p{at:03}", "Hikvision", "name", "", "") for at in range(120)])
    found = match.find(index, [Query("Hikvision")], top=5)[0]
    assert found.cut
    assert [hit.party for hit in found.hits] == ["p000", "p001", "p002", "p003", "p004"]
    assert not match.find(index, [Query("Hikvision")], top=120)[0].cut


@pytest.mark.parametrize(
    "name",
    [
        "",
        "---",
        "Co., Ltd.",
        "\u200f\u202e",
        "😀😀",
        "x" * 10_000,
        "a " * 5_000,
        "杭" * 10_000,
        "\ud800",
        "ع 杭 d Ω" * 100,
    ],
)
def test_hostile_names_are_answered_in_bounded_time(name: str) -> None:
    start = time.perf_counter()
    found = match.find(INDEX, [Query(name)])[0]
    match.compare(Query(name), Query(name))
    assert found.hits == ()
    assert time.perf_counter() - start < 2


def test_the_longest_names_allowed_are_compared_in_bounded_time() -> None:
    name = " ".join(f"w{at:03}x" for at in range(160))
    start = time.perf_counter()
    assert match.compare(Query(name), Query(name.replace("x", "y"))).similarity < 1
    assert time.perf_counter() - start < 5


def test_rows_that_are_no_names_are_counted_not_indexed() -> None:
    index = match.build([("a", "---", "name", "", ""), ("a", "LLC", "alias", "", ""), ("a", "Acme", "name", "", "")])
    assert (len(index), index.skipped) == (1, 2)


def test_an_empty_index_answers() -> None:
    assert match.find(match.build([]), [Query("Hikvision")])[0].hits == ()


def test_an_unknown_kind_of_name_is_refused() -> None:
    with pytest.raises(InputError, match="nickname"):
        match.build([("a", "Acme", "nickname", "", "")])


def test_an_index_gives_the_same_answers_when_opened_again(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "index")
    INDEX.save(tmp_path / "index")
    opened = match.load(tmp_path / "index")
    queries = [Query(row[1], country="cn", identifiers=("9187629",)) for row in ROWS]
    assert match.find(opened, queries, threshold=0) == match.find(INDEX, queries, threshold=0)
    assert opened.content == INDEX.content
    assert [path.name for path in tmp_path.iterdir()] == ["index"]
    assert isinstance(opened.party_of, np.memmap)


def test_an_index_that_is_missing_damaged_or_of_another_version_asks_to_be_built_again(tmp_path: Path) -> None:
    with pytest.raises(InputError) as missing:
        match.load(tmp_path / "none")
    assert "build it again" in missing.value.hint
    folder = tmp_path / "index"
    INDEX.save(folder)
    manifest = folder / "index.json"
    whole = manifest.read_text()
    manifest.write_text(whole.replace('"builder":2', '"builder":0'))
    with pytest.raises(InputError, match="another version"):
        match.load(folder)
    manifest.write_text(whole)
    rows = folder / "rows.npy"
    rows.write_bytes(rows.read_bytes()[:-1] + b"\xff")
    with pytest.raises(InputError, match="damaged"):
        match.load(folder)


def test_the_door_opens_without_scipy() -> None:
    code = "import sys; import underlabel.match; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


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


@given(ROW_LISTS, st.lists(NAMES, min_size=1, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_company_changes_an_answer(rows: list[Row], asked: list[str], chance: object) -> None:
    index = match.build(rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    queries = [Query(name) for name in asked]
    batch = match.find(index, queries, threshold=0)
    assert batch == match.find(match.build(shuffled), queries, threshold=0)
    assert batch == [match.find(index, [query], threshold=0)[0] for query in queries]
    assert list(reversed(batch)) == match.find(index, list(reversed(queries)), threshold=0)


@given(ROW_LISTS, NAMES, NAMES, COUNTRIES)
@settings(max_examples=60, deadline=None)
def test_another_alias_never_lowers_a_party(rows: list[Row], asked: str, alias: str, country: str) -> None:
    def best(names: list[Row]) -> float:
        hits = match.find(match.build(names), [Query(asked)], threshold=0)[0].hits
        return max((hit.score for hit in hits if hit.party == "a"), default=0)

    assert best([*rows, ("a", alias, "alias", "", country)]) >= best(rows)


@given(NAMES, NAMES)
@settings(max_examples=100, deadline=None)
def test_a_contradicting_country_never_raises(left: str, right: str) -> None:
    clashing = match.compare(Query(left, country="us"), Query(right, country="cn"))
    assert clashing.score <= match.compare(Query(left), Query(right)).score
    assert clashing.score <= match.compare(Query(left, country="cn"), Query(right, country="cn")).score


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
