"""The worked examples of the ownership rules, each through law's Test and own's fixpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.own.making import link, owns
from underlabel import law, own
from underlabel.model import Held, Link

LISTS = {
    "Entity List": "us_bis_entity_list",
    "Unverified List": "us_bis_uvl",
    "Denied Persons List": "us_bis_dpl",
}
MUST = {"blocked", "restricted", "owned", "covered", "controlled"}
COUNT = 34


@pytest.fixture(scope="session")
def vectors(real_data: Callable[[str], Path]) -> list[dict[str, Any]]:
    """Read the vectors; the folder of real data holds them."""
    text = real_data("facts/ownership_vectors.yml").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = yaml.safe_load(text)["vectors"]
    return loaded


def test_there_are_as_many_vectors_as_we_know_of(vectors: list[dict[str, Any]]) -> None:
    assert len(vectors) == COUNT


@pytest.mark.parametrize("number", range(COUNT))
def test_vector(vectors: list[dict[str, Any]], number: int) -> None:
    vector = vectors[number]
    day = date.fromisoformat(str(vector.get("as_of", "2026-11-01")))
    ruling = law.on(vector["regime"], day)
    starts = {
        who if isinstance(who, str) else who["id"]: Held.YES
        for who in vector["listed"]
        if isinstance(who, str) or LISTS.get(who.get("list", ""), ruling.test.lists[0]) in ruling.test.lists
    }
    links = [made(edge, vector) for edge in vector["edges"]]
    seats = {end: ("cn",) for one in links for end in (one.src, one.dst)}
    reached = own.reach(own.on(links, day), ruling.test, starts, seats)
    for party, expected in vector["expect"].items():
        found = reached[party]
        if expected == "status_unverified":
            assert ruling.status == "unverified", vector["id"]
            assert found.reach == "must"
            assert ruling.rival is not None
            rival = own.reach(own.on(links, day), ruling.rival, starts, seats)
            assert rival[party].reach == "no"
            continue
        wanted = "must" if expected in MUST else "may" if expected == "maybe" else "no"
        assert (party, found.reach) == (party, wanted), vector["id"]
        if expected == "controlled":
            assert found.via == "control"


def made(edge: Mapping[str, Any], vector: Mapping[str, Any]) -> Link:
    """Make a link of a vector's edge."""
    relation = edge.get("relation", "shareholding")
    if relation != "shareholding":
        return link("controls" if relation == "control" else "appoints", edge["owner"], edge["asset"])
    ends: str | tuple[str, str] | None = None
    if "pct" in edge:
        ends = str(edge["pct"])
    elif "min" in edge:
        ends = (str(edge["min"]), str(edge["max"]))
    return owns(
        edge["owner"],
        edge["asset"],
        ends,
        since=str(edge.get("start", "")),
        until=str(edge.get("end", "")),
        interest=edge.get("interest", ""),
        attributed="attributed" in vector,
        source_name=edge.get("source", ""),
    )
