"""What was asked, of which facts, and how old they were."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from underlabel.model import Dataset, Run
from underlabel.report.words import REGIME, ROLE, number, spoken


class Age(NamedTuple):
    """An edition that was searched: its day, and its age in words on the day of asking."""

    dataset: Dataset
    edition: str
    age: str


def about(run: Run) -> list[tuple[str, str]]:
    """The question of a run as labelled texts, in reading order; what is not stated is left out."""
    asked = [
        ("Asked as", role(run)),
        ("As of", spoken(run.as_of) if run.as_of else "each line's own day"),
        ("Known at", f"what was known on {spoken(run.known_at)}" if run.known_at else "what is known now"),
        ("Inventory", run.inventory),
        ("Facts", run.facts),
        ("Rules asked", ", ".join(regime(one) for one in run.regimes)),
        ("Rules not asked", "; ".join(run.not_asked)),
        ("Asked on", run.asked_at.strftime("%Y-%m-%d %H:%M %Z").strip() if run.asked_at else ""),
        ("Tool", run.tool),
        ("Run", run.id),
        ("Snapshot", run.snapshot),
        ("Inventory, SHA-256", run.input_version),
    ]
    return [(label, text) for label, text in asked if text]


def ages(run: Run) -> list[Age]:
    """The editions a run used, in their order, with their age on the day of asking (else the day asked about)."""
    today = run.asked_at.date() if run.asked_at else run.as_of
    return [
        Age(one, one.edition.isoformat() if one.edition else "not stated", _age(one, today)) for one in run.datasets
    ]


def freshness(run: Run) -> str:
    """One sentence on how old the lists are; empty where no list states its day."""
    days = sorted(one.edition for one in run.datasets if one.edition and one.kind == "list")
    if not days:
        return ""
    lists = sum(one.kind == "list" for one in run.datasets)
    if days[0] == days[-1]:
        return f"{number(lists, 'list edition')} searched, of {spoken(days[0])}."
    return (
        f"{number(lists, 'list edition')} searched, the oldest of {spoken(days[0])}, the newest of {spoken(days[-1])}."
    )


def role(run: Run) -> str:
    """The role in words, with its id."""
    return f"{ROLE[run.role]} ({run.role})" if run.role in ROLE else run.role


def regime(one: str) -> str:
    """A regime in words, with its id."""
    return f"{REGIME[one]} ({one})" if one in REGIME else one


def _age(one: Dataset, today: date | None) -> str:
    if one.edition is None or today is None:
        return ""
    days = (today - one.edition).days
    return number(days, "day") if days >= 0 else f"{number(-days, 'day')} later than the day asked"
