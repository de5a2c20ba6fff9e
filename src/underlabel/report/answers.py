"""Distinct answers: findings that say the same of several lines are told once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final

import msgspec

from underlabel.model import VERDICTS, Finding, Path, Step
from underlabel.report.words import item_text, number

_FEW: Final = 3
_SAME: Final = tuple(field for field in Finding.__struct_fields__ if field not in {"id", "item", "paths"})


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer and the findings it is the answer of, in their order.

    `number` counts from 1 in the order shown: worst verdict first, then as the findings came.
    """

    number: int
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that speaks for all: they differ in nothing but the item and the id."""
        return self.findings[0]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths to draw: where several lines share them, the item's box counts them and labels go together."""
        first, others = self.first.paths, [finding.paths for finding in self.findings]
        if len(others) == 1:
            return first
        texts = _some(item_text(finding) for finding in self.findings)
        shared = {"text": f"Each of {number(len(others), 'line')}", "detail": texts}
        return tuple(
            msgspec.structs.replace(
                path, steps=tuple(_shared(step, shared, others, at) for at, step in _places(place, path))
            )
            for place, path in enumerate(first)
        )


def _places(place: int, path: Path) -> Iterator[tuple[tuple[int, int], Step]]:
    return (((place, count), step) for count, step in enumerate(path.steps))


def _shared(step: Step, item: dict[str, str], others: Sequence[tuple[Path, ...]], at: tuple[int, int]) -> Step:
    if step.kind == "item":
        return msgspec.structs.replace(step, **item)
    if step.kind == "label":
        return msgspec.structs.replace(step, text=_some(paths[at[0]].steps[at[1]].text for paths in others))
    return step


def _some(texts: Iterable[str]) -> str:
    """The first few distinct texts."""
    distinct = list(dict.fromkeys(texts))
    return ", ".join(distinct[:_FEW]) + (" …" if len(distinct) > _FEW else "")


def answers(findings: Iterable[Finding]) -> tuple[Answer, ...]:
    """Group findings that differ only in the item, what is written on it, and the id; worst verdict first."""
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_key(finding), []).append(finding)
    ordered = sorted(groups.values(), key=lambda group: VERDICTS.index(group[0].verdict))
    return tuple(Answer(number=count, findings=tuple(group)) for count, group in enumerate(ordered, start=1))


def _key(finding: Finding) -> Hashable:
    paths = tuple(msgspec.structs.replace(path, steps=tuple(map(_blank, path.steps))) for path in finding.paths)
    return (paths, *(getattr(finding, field) for field in _SAME))


def _blank(step: Step) -> Step:
    """The step without what is the line's own: its text, or the model code or MAC address it bears."""
    if step.kind == "item":
        return msgspec.structs.replace(step, id="", text="", detail="", source="", url="")
    if step.kind == "label":
        return msgspec.structs.replace(step, id=step.id if step.id.startswith("label:") else "", text="")
    return step
