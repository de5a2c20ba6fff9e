"""JSON Lines: the keys others rely on, one line each."""

from __future__ import annotations

import json
from pathlib import Path as File

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from underlabel import report
from underlabel.model import Finding, Run, Why

KEYS = [
    *("id", "item", "role", "regime", "as_of", "verdict", "reason", "consequence", "reach", "rule_status", "subject"),
    *("paths", "claims", "nearest_miss", "would_change_if", "coverage", "notes", "run"),
]


def test_a_line_stays_as_it_was(lorex: Finding, run: Run, snapshot: SnapshotAssertion) -> None:
    assert next(report.lines((lorex,), run)) == snapshot


def test_a_line_has_exactly_the_promised_keys_in_order(findings: tuple[Finding, ...], run: Run) -> None:
    for line in report.lines(findings, run):
        assert list(json.loads(line)) == KEYS


def test_an_item_shows_what_is_stated_and_the_users_row(lorex: Finding, run: Run) -> None:
    item = json.loads(next(report.lines((lorex,), run)))["item"]
    assert item["row"] == lorex.item.raw
    assert (item["brand"], item["file"], item["sheet"], item["line"]) == ("Lorex", "stock.csv", "", 2)
    assert "mac" not in item
    assert "place" not in item


def test_text_is_kept_as_it_is_written(unchecked: Finding, run: Run) -> None:
    assert "später" in next(report.lines((unchecked,), run))


def test_a_json_file_is_one_array_of_the_same_records(findings: tuple[Finding, ...], run: Run, tmp_path: File) -> None:
    report.write(findings, run, tmp_path / "out.json")
    report.write(findings, run, tmp_path / "out.jsonl")
    array = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert array == [json.loads(line) for line in lines]
    report.write((), run, tmp_path / "none.json")
    assert json.loads((tmp_path / "none.json").read_text(encoding="utf-8")) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.one_of(st.sampled_from('\r\n\u2028\u2029\x85\x1c\ud800"\\'), st.characters())))
def test_any_text_stays_on_one_line_and_comes_back(lorex: Finding, run: Run, tmp_path: File, text: str) -> None:
    hostile = replace(lorex, reason=Why("x", text), item=replace(lorex.item, raw={text: text}))
    report.write((hostile, hostile), run, tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert json.loads(lines[0])["reason"]["text"] == text
    assert json.loads(lines[1])["item"]["row"] == {text: text}
