"""Who one rule listed: cited by its first page or an entry's own, it is the same rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.making import curated, facts, listing, package, party
from underlabel import lists, trace, world
from underlabel.model import Facts, Party, UsageError

RealData = Callable[[str], Path]
DAY = date(2026, 7, 9)
ACME, ZETA, BETA = (curated(name.casefold(), f"{name} Works Co., Ltd.") for name in ("Acme", "Zeta", "Beta"))


def edition(dataset: str, *cited: tuple[Party, str], of: str = "l") -> Facts:
    """Make an edition that lists each party on list `of`, with its citation."""
    rows = [party(one.caption, dataset) for one, _ in cited]
    listed = tuple(
        msgspec.structs.replace(listing(row, dataset), list=of, citation=citation)
        for row, (_, citation) in zip(rows, cited, strict=True)
    )
    made = facts(dataset, *rows, listings=listed, edition=DAY)
    return msgspec.structs.replace(made, dataset=msgspec.structs.replace(made.dataset, lists=(of,)))


def cited(folder: Path, citation: str, *given: Facts) -> trace.Cited:
    held = world.World(world.build(folder, [package(ACME, ZETA, BETA), *given]), label="test")
    return trace.cited(held, citation)


def test_two_renderings_of_one_rule_are_one(tmp_path: Path) -> None:
    page = edition("l", (ACME, "84 FR 54004, 10/9/19"), (ZETA, "84 FR 54004, 10/9/19"))
    first = edition("c", (ACME, "84 FR 54002; 85 FR 44159"), (ZETA, "84 FR 54002"))
    for asked in ("84 FR 54004", "84 FR 54002"):
        found = cited(tmp_path, asked, page, first)
        assert found.pages == ("84 FR 54002", "84 FR 54004")
        assert (found.parties, found.doubted) == (("acme", "zeta"), ())
        assert {(one.party, one.pages) for one in found.entries} == {
            (name, (f"84 FR {page}",)) for name in ("acme", "zeta") for page in (54002, 54004)
        }


def test_one_body_alone_makes_no_two_pages_one_rule(tmp_path: Path) -> None:
    found = cited(tmp_path, "84 FR 54004", edition("l", (ACME, "84 FR 54004")), edition("c", (ACME, "84 FR 54002")))
    assert found.pages == ("84 FR 54004",)


def test_pages_far_apart_are_two_rules(tmp_path: Path) -> None:
    page = edition("l", (ACME, "84 FR 54004"), (ZETA, "84 FR 54004"))
    far = edition("c", (ACME, "84 FR 53000"), (ZETA, "84 FR 53000"))
    assert cited(tmp_path, "84 FR 54004", page, far).pages == ("84 FR 54004",)


def test_an_entry_may_say_itself_that_two_pages_are_one_rule(tmp_path: Path) -> None:
    own = edition("l", (ACME, "rule 84 FR 54002, entry 54004; amended 85 FR 34505"), (ZETA, "84 FR 54002"))
    assert cited(tmp_path, "84 FR 54004", own).parties == ("acme", "zeta")
    assert cited(tmp_path, "rule 84 FR 54002, entry 54004", own).pages == ("84 FR 54002", "84 FR 54004")
    assert cited(tmp_path, "85 FR 34505", own).parties == ("acme",)


def test_who_another_source_says_was_listed_otherwise_is_told_apart(tmp_path: Path) -> None:
    page = edition("l", (ACME, "84 FR 54004"), (ZETA, "84 FR 54004"), (BETA, "85 FR 34505, 6/5/20"))
    first = edition("c", (ACME, "84 FR 54002"), (ZETA, "84 FR 54002"), (BETA, "84 FR 54004; 85 FR 34505"))
    found = cited(tmp_path, "84 FR 54004", page, first)
    assert (found.parties, found.doubted) == (("acme", "zeta"), ("beta",))
    (told,) = {one.against for one in found.entries if one.party == "beta"}
    assert told == "l: 85 FR 34505, 6/5/20"


@pytest.mark.parametrize("asked", ["84 FR 54004", "84 F.R. 54004", "84 fr 54004", "84 Fed. Reg. 54004 (Oct. 9, 2019)"])
def test_a_citation_may_be_written_as_usual(tmp_path: Path, asked: str) -> None:
    assert cited(tmp_path, asked, edition("l", (ACME, "84 F.R. 54004 10/9/19"))).parties == ("acme",)


def test_another_volume_or_a_longer_number_is_another_place(tmp_path: Path) -> None:
    rows = edition("l", (ACME, "184 FR 54004"), (ZETA, "84 FR 540041"), (BETA, "84 FR 5400"))
    found = cited(tmp_path, "84 FR 54004", rows)
    assert (found.pages, found.entries, found.parties) == (("84 FR 54004",), (), ())


@pytest.mark.parametrize("asked", ["", "hello", "FR 54004", "84 FR", "54004", "P.L. 115-232"])
def test_what_is_no_citation_is_a_usage_error(tmp_path: Path, asked: str) -> None:
    with pytest.raises(UsageError, match="is no Federal Register citation") as told:
        cited(tmp_path, asked)
    assert "84 FR 54004" in told.value.hint


def test_the_28_of_october_2019_are_in_the_package(starter: world.World) -> None:
    for asked in ("84 FR 54004", "84 FR 54002"):
        found = trace.cited(starter, asked)
        assert len(found.parties) == len(found.entries) == 28
        assert {"hikvision", "dahua", "xinjiang-police-college"} <= set(found.parties)
        assert len([name for name in found.parties if name.endswith("-psb")]) == 19
        assert {one.since for one in found.entries} == {"2019-10-09"}


def test_the_official_renderings_of_that_rule_agree_on_28_and_differ_on_three(
    tmp_path: Path, real_data: RealData
) -> None:
    entity = lists.read(real_data("lists/us_2026-07-09/bis_entity_list.json.gz"), "us_bis_entity_list", DAY)
    csl = lists.read(real_data("lists/us_csl_2026-07-31/screening-list.json.gz"), "us_csl", date(2026, 7, 31))
    held = world.World(world.build(tmp_path, [*world.starter(), entity, csl]), label="test")
    found = trace.cited(held, "84 FR 54004")
    assert found.pages == ("84 FR 54002", "84 FR 54004")
    assert (len(found.parties), len(found.doubted)) == (28, 3)
    of = {
        name: [one for one in found.entries if one.source.startswith(f"{name} ")]
        for name in ("us_csl", entity.dataset.id)
    }
    assert len({one.party for one in of[entity.dataset.id]}) == 28
    assert sum(one.pages == ("84 FR 54002",) for one in of["us_csl"]) == 26
    assert {one.against.partition(":")[0] for one in found.entries if one.party in found.doubted} == {entity.dataset.id}


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.sampled_from(range(54000, 54012)), st.sampled_from(range(54000, 54012)), max_size=4),
    st.sampled_from(range(54000, 54012)),
)
def test_every_page_of_a_rule_gives_the_same_rule(pairs: dict[int, int], asked: int) -> None:
    bodies = (ACME, ZETA, BETA, curated("gama", "Gama Works Co., Ltd."))
    rows = [
        (one, f"rule 84 FR {rule}, entry {entry}") for one, (rule, entry) in zip(bodies, pairs.items(), strict=False)
    ]
    with TemporaryDirectory() as name:
        held = world.World(world.build(Path(name), [package(*bodies), edition("l", *rows)]), label="test")
        found = trace.cited(held, f"84 FR {asked}")
        assert f"84 FR {asked}" in found.pages
        for page in found.pages:
            assert trace.cited(held, page) == found
