from __future__ import annotations

import importlib.util
import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import labels, names

CLASSES = {
    *("function", "legal", "abbreviation", "very common", "common"),
    *("word", "place", "given", "family"),
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def test_words_are_ordered_by_how_many_names_bear_them() -> None:
    ladder = ("of", "technology", "shipping", "precision", "horizon", "guitar", "hikvision")
    weights = [names.rarity(word) for word in ladder]
    assert all(one < other for one, other in pairwise(weights)), dict(zip(ladder, weights, strict=True))


@pytest.mark.parametrize("word", ["of", "and", "the", "al", "ltd", "gmbh", "ooo", "bin"])
def test_function_words_and_legal_forms_tell_nothing(word: str) -> None:
    assert names.rarity(word) <= names.FUNCTION


@pytest.mark.parametrize(
    "word",
    [
        *("li", "wei", "wang", "zhang", "chen", "kim", "lee", "nguyen", "tran", "singh", "kumar"),
        *("mohammed", "muhammad", "mohamed", "mohammad", "ali", "hassan", "ahmed", "abdullah", "hussein"),
        *("ivanov", "petrov", "aleksandr", "sergei", "vladimir", "garcia", "smith", "yilmaz", "maria", "john"),
    ],
)
def test_popular_names_of_people_are_weak_evidence_in_every_usual_spelling(word: str) -> None:
    assert names.FUNCTION < names.rarity(word) <= 0.35
    assert names.word_class(word) in {"given", "family"}


@pytest.mark.parametrize("word", ["schmidt", "rossi", "fomichev", "ebrahimi", "gholam", "xiaodong", "kovalenko"])
def test_names_of_middling_frequency_lie_between(word: str) -> None:
    assert 0.35 < names.rarity(word) < 0.8


@pytest.mark.parametrize("word", ["hikvision", "dahua", "huawei", "uniview", "tiandy", "lorex", "ezviz", "hanwha"])
def test_a_brand_weighs_in_full_though_it_is_a_word_of_many_registers(word: str) -> None:
    assert names.rarity(word) == 1.0
    assert names.word_class(word) == ""


def test_a_name_of_common_parts_tells_less_than_one_rare_word() -> None:
    assert names.rarity("li") + names.rarity("wei") < names.rarity("hangzhou") + names.rarity("hikvision")
    assert names.rarity("li") + names.rarity("wei") < 0.5


@pytest.mark.parametrize(
    ("word", "slip"), [("technology", "tecnology"), ("mohammed", "mohammmed"), ("china", "chiina")]
)
def test_one_slip_from_a_common_word_weighs_hardly_more(word: str, slip: str) -> None:
    assert names.word_class(slip) == ""
    assert names.rarity(word) < names.rarity(slip) <= names.rarity(word) + 0.05


def test_short_unknown_words_are_weak_and_numbers_middling() -> None:
    assert names.rarity("q") < names.rarity("qz") < names.rarity("qzx") < names.rarity("qzxv") == 1.0
    assert names.rarity("2049") == 0.6


def test_a_word_in_the_table_is_never_above_an_unknown_one_of_its_length() -> None:
    for word in ("li", "xu", "ng", "abd", "kim", "gul", "zhao"):
        assert names.rarity(word) < names.rarity("qzxv"[: len(word)])


def test_weights_do_not_move_when_names_are_read(starter: object) -> None:
    words = ("hikvision", "shenzhen", "uniview", "optronics")
    before = [names.rarity(word) for word in words]
    assert starter is not None
    for party in (party for facts in labels.curated_facts() for party in facts.parties):
        names.form(party.caption)
    assert [names.rarity(word) for word in words] == before


def test_the_table_is_sorted_without_doubles_and_of_known_classes() -> None:
    lines = [line for line in table_file().read_text("ascii").splitlines() if not line.startswith("#")]
    rows = [line.split(",") for line in lines[1:]]
    words = [row[0] for row in rows]
    assert lines[0] == "token,class,weight,by"
    assert words == sorted(set(words))
    assert 15_000 <= len(words) <= 40_000
    assert {row[1] for row in rows} == CLASSES
    assert all(0.05 <= float(row[2]) < 1 for row in rows)
    assert table_file().stat().st_size < 650_000


def test_the_version_changes_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = names.rarity_version()
    copy = tmp_path / "rarity.csv"
    shutil.copy(table_file(), copy)
    assert fresh_version(copy, monkeypatch) == shipped
    copy.write_text(copy.read_text("ascii") + "zyzzyva,word,.9,hand\n", "ascii")
    assert fresh_version(copy, monkeypatch) != shipped


def test_new_words_are_weighed_quickly() -> None:
    names.rarity("warm")
    words = [f"{a}{b}{c}zoqr{c}{b}" for a in LETTERS for b in LETTERS for c in LETTERS[:8]]
    start = time.process_time()
    weights = [names.rarity(word) for word in words]
    assert min(weights) > 0
    # Three microseconds a word are wanted; the bound leaves room for a busy machine.
    assert (time.process_time() - start) / len(words) < 30e-6


@settings(max_examples=100, deadline=None)
@given(st.text(LETTERS + "0123456789", min_size=1, max_size=40))
def test_every_word_has_a_weight_between_nothing_and_one(word: str) -> None:
    weight = names.rarity(word)
    assert 0.05 <= weight <= 1.0
    assert weight == names.rarity(word)
    assert bool(names.word_class(word)) <= (weight < 1.0)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["technology", "international", "electronics", "university", "holdings"]), st.data())
def test_a_letter_lost_from_a_common_word_never_makes_it_rare(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    assert names.rarity(word[:at] + word[at + 1 :]) <= names.COMMON


def table_file() -> Path:
    return Path(names.__file__).with_name("rarity.csv")


def fresh_version(file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The version a newly loaded copy of the room's module tells of another file."""
    spec = importlib.util.find_spec("underlabel.names.rarity")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "files", lambda _package: file.parent)
    version: str = module.rarity_version()
    return version
