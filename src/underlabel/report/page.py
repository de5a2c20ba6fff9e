"""Findings as one HTML file that opens offline and asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import groupby
from typing import Final, NamedTuple

from jinja2 import Environment, StrictUndefined, Template

from underlabel.model import VERDICTS, Finding, Path, Rejected, Run, Step, Verdict
from underlabel.report import words
from underlabel.report.about import about, ages, freshness
from underlabel.report.answers import Answer, answers
from underlabel.report.drawing import drawing, style
from underlabel.report.summary import Summary, summary, worse
from underlabel.report.unknowns import unknowns

_SEVERAL: Final = 12
_FEW: Final = 4
_SUBJECTS: Final = 12
_BRANDS: Final = 4


class _Entry(NamedTuple):
    """One distinct answer, ready to be laid out."""

    answer: Answer
    title: str
    brands: str
    drawings: list[str]
    evidence: list[tuple[Path, list[tuple[str, str]]]]
    unknowns: tuple[str, ...]
    anchors: list[tuple[str, Finding]]


class _Line(NamedTuple):
    """One line of the inventory with its findings and the number of each one's answer, worst first."""

    anchor: str
    verdict: Verdict
    found: list[tuple[Finding, int]]

    @property
    def by_verdict(self) -> list[tuple[Verdict, list[tuple[Finding, int]]]]:
        """The same, verdict by verdict."""
        return [(one, list(pairs)) for one, pairs in groupby(self.found, key=lambda pair: pair[0].verdict)]


def page(findings: Sequence[Finding], run: Run, rejected: Sequence[Rejected] = ()) -> str:
    """The report as HTML: summary, distinct answers with drawings, every line, and what could not be read.

    Findings that differ only in their item share one answer. No outside request: styles and the one script
    are inlined, the script is bound by its hash in the content security policy; all works without it.
    """
    script = _own("page.js")
    counts = summary(findings)
    found = answers(findings)
    lines = _lines(found)
    anchors = {str(line.found[0][0].item.place): line.anchor for line in lines}
    groups = [
        (verdict, [_entry(answer, anchors) for answer in found if answer.first.verdict == verdict])
        for verdict in VERDICTS
    ]
    text = _template().render(
        css=f"{_own('page.css')}\n{style()}",
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        run=run,
        asked=about(run),
        ages=ages(run),
        freshness=freshness(run),
        summary=counts,
        outcome=_outcome(counts),
        subjects=_subjects(counts),
        groups=[(verdict, entries) for verdict, entries in groups if entries],
        lines=lines,
        one_day=len({finding.as_of for finding in findings}) < 2,  # noqa: PLR2004  one day or none
        rejected=rejected,
    )
    return words.printable(text)


def _template() -> Template:
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.globals.update(words=words, verdicts=VERDICTS, several=_SEVERAL, few=_FEW)
    return env.from_string(_own("page.html"))


def _own(name: str) -> str:
    return files("underlabel.report").joinpath(name).read_text(encoding="utf-8")


def _entry(answer: Answer, anchors: dict[str, str]) -> _Entry:
    first = answer.first
    evidence = [
        (
            path,
            [(said, words.link(step.url)) for before, step in _pairs(path) if (said := words.according(before, step))],
        )
        for path in answer.paths
    ]
    return _Entry(
        answer=answer,
        title=words.subject(first) or first.reason.text,
        brands=_brands(answer),
        drawings=[drawing(path, f"-a{answer.number}-{count}") for count, path in enumerate(answer.paths)],
        evidence=[(path, told) for path, told in evidence if told],
        unknowns=unknowns(first),
        anchors=[(anchors[str(finding.item.place)], finding) for finding in answer.findings],
    )


def _brands(answer: Answer) -> str:
    """The brands the lines of an answer bear, where they say more than the party's name does."""
    brands = list(dict.fromkeys(finding.item.brand for finding in answer.findings if finding.item.brand))
    shown = ", ".join(brands[:_BRANDS]) + (" …" if len(brands) > _BRANDS else "")
    return "" if shown == words.subject(answer.first) else shown


def _pairs(path: Path) -> Iterable[tuple[Step | None, Step]]:
    return zip((None, *path.steps), path.steps, strict=False)


def _lines(found: Iterable[Answer]) -> list[_Line]:
    """Every line once, in the order of the inventory."""
    by_place: dict[str, list[tuple[Finding, int]]] = {}
    for answer in found:
        for finding in answer.findings:
            by_place.setdefault(str(finding.item.place), []).append((finding, answer.number))
    ordered = sorted(by_place.values(), key=lambda found: _position(found[0][0]))
    lines = []
    for count, pairs in enumerate(ordered, start=1):
        verdict = pairs[0][0].verdict
        for finding, _ in pairs:
            verdict = worse(verdict, finding.verdict)
        lines.append(_Line(f"l{count}", verdict, pairs))
    return lines


def _position(finding: Finding) -> tuple[str, str, int]:
    place = finding.item.place
    return place.file, place.sheet, place.row


def _outcome(counts: Summary) -> str:
    """The result in one sentence; a line counts by its worst verdict."""
    if not counts.items:
        return "Nothing was traced: there is no finding to show. That is not a “clear”."
    says: dict[Verdict, str] = {
        "restricted": "restricted",
        "review": "for review",
        "linked": "linked",
        "not_checked": "not checked",
        "clear": "clear",
    }
    parts = [f"{counts.lines[verdict]:,} {says[verdict]}" for verdict in VERDICTS if counts.lines[verdict]]
    return f"Of {words.number(counts.items, 'line')}: {', '.join(parts)}."


def _subjects(counts: Summary) -> list[tuple[str, dict[Verdict, int]]]:
    """The parties with the gravest answers; those that are only clear are left to the list of answers."""
    grave = [
        (name, row) for name, row in counts.by_subject.items() if row["restricted"] + row["review"] + row["linked"]
    ]
    return grave[:_SUBJECTS]
