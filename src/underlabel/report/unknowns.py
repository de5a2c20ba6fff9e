"""What an answer rests on that is not known, or not known well."""

from __future__ import annotations

from underlabel.model import Finding, Step
from underlabel.report.words import STATUS, status, steps, subject, told


def unknowns(finding: Finding) -> tuple[str, ...]:
    """What is not known about this answer, one sentence each; empty where nothing of the kind is held."""
    found: dict[str, None] = {}
    if finding.reach == "unknown":
        found[f"Who owns {subject(finding) or 'the party named'}: no ownership record is held."] = None
    if finding.rule_status == "unverified":
        found[f"Whether the rule holds on that day: its status is {STATUS['unverified']}."] = None
    for before, step in steps(finding):
        for sentence in _of_step(before, step):
            found[sentence] = None
    return tuple(found)


def _of_step(before: Step | None, step: Step) -> list[str]:
    said = str(told(before, step))
    if not said:
        return []
    found = []
    if step.confidence != "high":
        found.append(f"How sure it is that “{said}”: the confidence held is {step.confidence}.")
    if status(step) in {"announced", "alleged"}:
        found.append(f"Whether it was done: “{said}” is {status(step)}, not shown to be completed.")
    for word, text in (("began", step.since), ("ended", step.until)):
        first, dots, last = text.partition("..")
        if dots:
            found.append(f"When it {word} that “{said}”: some day between {first} and {last}.")
    return found
