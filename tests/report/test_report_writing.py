"""Counts, and writing a file: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path as File

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from underlabel import report
from underlabel.model import VERDICTS, Finding, InputError, Place, Run, UsageError, Verdict


def test_a_line_counts_once_by_its_worst_verdict(lorex: Finding, clear: Finding, unchecked: Finding) -> None:
    other = replace(lorex, id="f-9", regime="bis", verdict="linked")
    counts = report.summary((clear, other, lorex, unchecked))
    assert (counts.findings, counts.items, counts.worst) == (4, 3, "restricted")
    assert counts.lines == {"restricted": 1, "review": 0, "linked": 0, "not_checked": 1, "clear": 1}
    assert counts.by_regime["s889"]["restricted"] == 1
    assert counts.by_regime["bis"]["linked"] == 1
    assert list(counts.by_subject) == ["Lorex Technology Inc.", "axis"]
    assert counts.worst_of["stock.csv:2"] == "restricted"


def test_nothing_has_no_worst_verdict() -> None:
    counts = report.summary(())
    assert (counts.findings, counts.items, counts.worst) == (0, 0, None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(st.tuples(st.integers(1, 5), st.sampled_from(VERDICTS), st.sampled_from(["s889", "fcc"]))))
def test_every_count_adds_up(lorex: Finding, drawn: list[tuple[int, Verdict, str]]) -> None:
    findings = [
        replace(lorex, verdict=verdict, regime=regime, item=replace(lorex.item, place=Place("a.csv", row)))
        for row, verdict, regime in drawn
    ]
    counts = report.summary(findings)
    assert sum(counts.by_verdict.values()) == counts.findings == len(drawn)
    assert sum(sum(row.values()) for row in counts.by_regime.values()) == len(drawn)
    assert sum(counts.lines.values()) == counts.items == len({row for row, _, _ in drawn})


def test_an_unknown_suffix_names_the_known_ones(findings: tuple[Finding, ...], run: Run, tmp_path: File) -> None:
    with pytest.raises(UsageError) as caught:
        report.write(findings, run, tmp_path / "out.docx")
    assert ".html .xlsx .csv .jsonl .json" in caught.value.hint


@pytest.mark.parametrize("name", ["out.html", "out.xlsx", "out.csv", "out.jsonl", "out.json"])
def test_a_missing_folder_is_told_with_what_to_do(
    findings: tuple[Finding, ...], run: Run, tmp_path: File, name: str
) -> None:
    with pytest.raises(InputError) as caught:
        report.write(findings, run, tmp_path / "no" / name)
    assert caught.value.where == str(tmp_path / "no" / name)
    assert "mkdir" in caught.value.hint


@pytest.mark.parametrize("name", ["out.html", "out.xlsx", "out.csv", "out.jsonl", "out.json"])
def test_nothing_is_left_beside_the_report(findings: tuple[Finding, ...], run: Run, tmp_path: File, name: str) -> None:
    report.write(findings, run, tmp_path / name.upper())
    report.write(findings, run, tmp_path / name.upper())
    assert [path.name for path in tmp_path.iterdir()] == [name.upper()]


def test_a_report_that_fails_half_way_leaves_the_old_one_whole(lorex: Finding, run: Run, tmp_path: File) -> None:
    target = tmp_path / "out.jsonl"
    report.write((lorex,), run, target)
    before = target.read_bytes()

    class Failing(tuple[Finding, ...]):
        __slots__ = ()

        def __iter__(self) -> Iterator[Finding]:
            yield lorex
            raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left on device"):
        report.write(Failing((lorex,)), run, target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_folder_is_not_a_report(findings: tuple[Finding, ...], run: Run, tmp_path: File) -> None:
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(InputError) as caught:
        report.write(findings, run, tmp_path / "out.csv")
    assert caught.value.hint == "name a file in that folder"


def test_the_same_findings_give_the_same_page_and_lines(
    findings: tuple[Finding, ...], run: Run, tmp_path: File
) -> None:
    for name in ("a.html", "b.html", "a.jsonl", "b.jsonl", "a.csv", "b.csv"):
        report.write(findings, run, tmp_path / name)
    for suffix in ("html", "jsonl", "csv"):
        assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_a_form_is_written_whatever_the_name_says(findings: tuple[Finding, ...], run: Run, tmp_path: File) -> None:
    report.write(findings, run, tmp_path / "plain", form="jsonl")
    report.write(findings, run, tmp_path / "same.jsonl")
    assert (tmp_path / "plain").read_bytes() == (tmp_path / "same.jsonl").read_bytes()


def test_a_device_is_written_into_and_not_replaced(findings: tuple[Finding, ...], run: Run, tmp_path: File) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    report.write(findings[:1], run, pipe, form="json")
    assert os.read(reader, 2) == b"[\n"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_claim_without_a_verb_stands_behind_a_colon(lorex: Finding) -> None:
    claim = lorex.claims[0]
    tie = replace(claim, subject="Lorex", relation="wholly owned subsidiary of", object="Dahua")
    assert report.said(tie) == "Lorex: wholly owned subsidiary of Dahua"
    assert report.said(replace(tie, relation="is a subsidiary of")) == "Lorex is a subsidiary of Dahua"
    assert report.said(replace(tie, relation="owned")) == "Lorex owned Dahua"


def test_an_outlet_that_only_speaks_of_somebody_is_named_once(lorex: Finding, run: Run, tmp_path: File) -> None:
    claim = lorex.claims[0]
    page = replace(claim, subject="The Courier", outlet="The Courier", relation="speaks of", object="", quote="")
    assert report.said(page) == ""
    report.write((replace(lorex, claims=(page,)),), run, tmp_path / "out.html")
    assert (tmp_path / "out.html").read_text(encoding="utf-8").count("The Courier") == 1
