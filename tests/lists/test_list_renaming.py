"""One body under another number or name, between two editions of a list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.model import Identifier, Listing, Name, Party, Source

SOURCE = Source("l")


def entry(
    id_: str, *names: str, country: str = "cn", number: str = "", cites: str = "", address: str = ""
) -> lists.Body:
    party = Party(
        id=id_,
        schema="Company",
        names=tuple(Name(text, "alias" if at else "name") for at, text in enumerate(names)),
        countries=(country,),
        identifiers=(Identifier("lei", number),) if number else (),
        addresses=(address,) if address else (),
        source=SOURCE,
    )
    return lists.Body(party, (Listing(id=f"{id_}/1", subject=id_, list="l", citation=cites, source=SOURCE),))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (entry("a", "One Ltd", number="7"), entry("b", "Other GmbH", number="7"), "both hold lei 7"),
        (entry("a", "One Works Ltd"), entry("b", "New Works Ltd", "One Works Ltd"), "both bear the name"),
        (entry("a", "Hangzhou Hikvison Ltd"), entry("b", "Hangzhou Hikvision Ltd"), "a slip in the name"),
        (
            entry("a", "Harbin Bureau of Roads", cites="84 FR 54004"),
            entry("b", "Harbin Bureau of Public Roads", cites="84 FR 54004; 85 FR 1"),
            "both cite 84 FR 54004",
        ),
        (
            entry("a", "Old Works", cites="84 FR 1", address="1 First Road"),
            entry("b", "Something Else", cites="84 FR 1", address="1 First Road"),
            "both cite 84 FR 1",
        ),
    ],
)
def test_what_shows_that_two_entries_are_one_body(old: lists.Body, new: lists.Body, why: str) -> None:
    ((left, (right, said)),) = lists.renames([old], [new]).items()
    assert (left, right) == ("a", "b")
    assert said.startswith(why)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (entry("a", "Harbin North Prison Works"), entry("b", "Harbin South Prison Works")),
        (entry("a", "Acme Fund 2 Ltd"), entry("b", "Acme Fund 3 Ltd")),
        (entry("a", "Acme Works Ltd"), entry("b", "Acme Works GmbH", country="de")),
        (entry("a", "Hikvison Works", country="us"), entry("b", "Hikvision Works")),
        (entry("a", "One Thing", cites="84 FR 1"), entry("b", "Wholly Different", cites="84 FR 1")),
        (entry("a", "One Thing", "Shared Alias"), entry("b", "Wholly Different", "Shared Alias")),
    ],
)
def test_what_shows_nothing(old: lists.Body, new: lists.Body) -> None:
    assert lists.renames([old], [new]) == {}


def test_where_two_fit_as_well_none_is_taken() -> None:
    went = [entry("a", "Bureau of Altay Public Security", cites="84 FR 5")]
    came = [entry(name, f"Bureau of {name} Public Security", cites="84 FR 5") for name in ("Aksu", "Hami")]
    assert lists.renames(went, came) == {}
    assert lists.renames(came, went) == {}


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["Acme Works", "Acme Wroks", "Acme Fund 2", "Beta Co", "Beta Company"]), max_size=5))
def test_renames_are_one_to_one(texts: list[str]) -> None:
    went = [entry(f"a{at}", text) for at, text in enumerate(texts)]
    came = [entry(f"b{at}", text) for at, text in enumerate(reversed(texts))]
    found = lists.renames(went, came)
    assert len({new for new, _ in found.values()}) == len(found)
