"""Texts that give several names of somebody."""

from __future__ import annotations

from underlabel import match
from underlabel.model import Query

INDEX = match.build(
    [
        ("hik", "Hangzhou Hikvision Digital Technology Co., Ltd.", "name", "Company", "cn"),
        ("lorex", "Lorex Technology Inc.", "name", "Company", "ca"),
    ]
)


def test_each_name_behind_aka_is_asked_for() -> None:
    text = "Unheard Trading a.k.a. Hangzhou Hikvision Digital Technology"
    (found,) = match.find(INDEX, [Query(text)])
    assert [(hit.party, hit.query.name) for hit in found.hits] == [("hik", text)]


def test_a_party_that_two_of_the_names_mean_is_told_once() -> None:
    (found,) = match.find(INDEX, [Query("Lorex Technology f/k/a Lorex Technology Inc.")])
    assert [hit.party for hit in found.hits] == ["lorex"]
    assert found.hits[0].similarity == 1


def test_what_shares_nothing_is_not_near() -> None:
    (found,) = match.find(INDEX, [Query("Zorblax Quimby")])
    assert found.hits == ()
    assert found.nearest is None
