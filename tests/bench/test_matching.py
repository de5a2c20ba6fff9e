"""The matching benchmark: the lists it grows, what it measures, and what it says of bounds and of missing peers."""

from __future__ import annotations

import gzip
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import matching, matching_peers, matching_steps, matching_stock


@pytest.fixture(autouse=True)
def made_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(matching_stock.VARIABLE, raising=False)
    matching_stock._parts.cache_clear()  # noqa: SLF001 - other words were read with the variable set
    yield
    matching_stock._parts.cache_clear()  # noqa: SLF001 - as above


def test_the_same_size_gives_the_same_list() -> None:
    assert list(matching_stock.stock(2_500).rows()) == list(matching_stock.stock(2_500).rows())
    assert matching_stock.stock(2_500).queries(200) == matching_stock.stock(2_500).queries(200)


@settings(max_examples=15, deadline=None)
@given(parties=st.integers(1, 6_000))
def test_a_list_has_each_party_once_by_its_name_and_in_order(parties: int) -> None:
    named = [row[0] for row in matching_stock.stock(parties).rows() if row[2] == "name"]
    assert len(set(named)) == parties
    assert named == sorted(named)


def test_a_party_has_one_name_and_six_tenths_on_average() -> None:
    rows = list(matching_stock.stock(9_000).rows())
    assert len(rows) / 9_000 == pytest.approx(1.6, abs=0.05)


def test_a_list_is_streamed_block_by_block() -> None:
    first = list(itertools.islice(matching_stock.stock(10**9).rows(), 100))
    assert len(first) == 100


def test_words_are_frequent_as_on_lists_and_a_longer_list_has_new_ones() -> None:
    short = _rare_words(2_000)
    long = _rare_words(40_000)
    often = sum(count for _, count in long.most_common(len(long) // 100))
    assert often > 0.1 * long.total()
    assert len(long) > 3 * len(short)


def test_names_on_no_list_are_asked_as_often_as_announced() -> None:
    stock = matching_stock.stock(5_000)
    listed = {row[1]: row[0] for row in stock.rows()}
    asked = stock.queries(1_000)
    assert len({one.name for one in asked}) == 1_000
    shares = Counter(one.what for one in asked)
    assert shares["invented"] == pytest.approx(400, abs=40)
    assert shares["exact"] == pytest.approx(300, abs=40)
    assert sum(one.what == "invented" and one.name in listed for one in asked) <= 4
    assert all(one.name in listed for one in asked if one.what == "exact")


def test_a_real_list_gives_its_own_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _write_lists(tmp_path)
    monkeypatch.setenv(matching_stock.VARIABLE, str(tmp_path))
    matching_stock._parts.cache_clear()  # noqa: SLF001 - the words of the variable are wanted
    rows = list(matching_stock.stock(300).rows())
    words = {word for row in rows for word in row[1].split()}
    assert {"Brelnar", "Trading", "Quistor", "Anselm"} <= words
    assert {row[3] for row in rows} == {"Company", "Person"}


def test_a_bound_that_is_not_kept_is_marked() -> None:
    assert str(matching.Line("queries/s", 900, least=1_000)).endswith("(wanted: at least 1,000)  MISSED")
    assert str(matching.Line("p99, ms", 12, most=20)).endswith("(wanted: at most 20)")
    assert matching.Line("open, ms", 5).met


def test_a_list_is_built_opened_and_asked(tmp_path: Path) -> None:
    asked = matching_stock.stock(300).queries(matching_steps.FIRST + 60)
    (tmp_path / "queries.json").write_text(json.dumps(asked), encoding="utf-8")
    built = matching_steps.built(tmp_path, 300)
    found = matching_steps.asked(tmp_path, 300)
    assert found["answered"] == 60
    assert found["exact"] > 0.9
    assert found["reasoned"] == 1
    assert built["bytes"] > 0
    lines = [str(line) for line in matching.of_list(built, found)]
    assert any("bytes per name part" in line for line in lines)


def test_rapidfuzz_is_asked_the_same(tmp_path: Path) -> None:
    stock = matching_stock.stock(200)
    asked = [(one.name, one.schema) for one in stock.queries(40)]
    figures = matching_peers.brute_force(tmp_path, stock, asked)
    lines = [str(line) for line in matching.of_peer("rapidfuzz", 2 * figures["rate"], figures)]
    assert lines[1].split() == ["ours,", "times", "as", "fast", "2.0"]


def test_the_floor_works_without_its_faster_product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(matching_peers, "import_module", absent)
    stock = matching_stock.stock(200)
    asked = [(one.name, one.schema) for one in stock.queries(40)]
    assert matching_peers.trigrams(tmp_path, stock, asked)["rate"] > 0


def test_a_longer_list_has_no_line_of_a_second_build(tmp_path: Path) -> None:
    asked = matching_stock.stock(200).queries(matching_steps.FIRST + 20)
    (tmp_path / "queries.json").write_text(json.dumps(asked), encoding="utf-8")
    built = matching_steps.built(tmp_path, 200)
    lines = matching.of_list(built, matching_steps.asked(tmp_path, 200))
    del built["build_again"]
    shorter = matching.of_list(built, matching_steps.asked(tmp_path, 200))
    assert len(shorter) == len(lines) - 1


def test_a_peer_that_is_not_installed_is_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(_: str, peer: str, *__: object) -> matching_steps.Figures:
        raise matching.MissingError(f"{peer}_package")

    monkeypatch.setattr(matching, "step", missing)
    assert matching._peers(tmp_path, 9_000, 1_000.0)  # noqa: SLF001 - what a reader of the figures sees
    assert "nomenklatura: not compared, nomenklatura_package is not installed" in capsys.readouterr().out


def test_a_step_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(matching.StepError, match=r"ask at 10 parties: .*queries\.json"):
        matching.step("matching_steps", "ask", tmp_path, 10)


def _rare_words(parties: int) -> Counter[str]:
    return Counter(row[1].split()[0] for row in matching_stock.stock(parties).rows())


def _write_lists(folder: Path) -> None:
    entities = [{"name": f"{word} Trading Ltd", "aliases": []} for word in ("Brelnar", "Ostvik", "Brelnar", "Calmar")]
    for name, text in (
        ("us_2026-07-09/bis_entity_list.json.gz", json.dumps({"entities": entities})),
        ("us_ofac_2019-01/sdn.csv.gz", '1,"QUISTOR, Anselm","individual",X\n2,"QUISTOR, Belmira","individual",X\n'),
        ("us_ofac_2019-01/alt.csv.gz", '1,1,aka,"QUISTORE, Anselm"\n'),
    ):
        path = folder / "lists" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()))
