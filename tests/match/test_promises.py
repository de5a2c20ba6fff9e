"""What adding to a list, or asking oddly, may never do."""

from __future__ import annotations

import time

import numpy as np
import pytest

from underlabel import match
from underlabel.match.features import few_letters
from underlabel.match.laying import lay
from underlabel.match.sheet import Named, sheet
from underlabel.model import Query


@pytest.mark.parametrize(
    ("asked", "listed", "nearer"),
    [
        ("kikevemfimzu", "kikevemifuzu", "kikvemfimzu"),
        ("luctacarifsuru", "lucacarifuru", "luatacarifsuru"),
        ("kibabsicpso lajmaomlerepo", "kibabasiceso lamamolerepo", "kibabsicpso lajkaomlerepo"),
    ],
)
def test_a_hit_does_not_vanish_when_a_nearer_party_is_listed(asked: str, listed: str, nearer: str) -> None:
    alone = match.find(match.build([("a", listed, "name", "", "")]), [Query(asked)])[0]
    both = match.find(match.build([("a", listed, "name", "", ""), ("b", nearer, "name", "", "")]), [Query(asked)])[0]
    assert {hit.party for hit in alone.hits} == {"a"}
    assert {hit.party: hit.score for hit in both.hits}.get("a") == alone.hits[0].score or both.cut


@pytest.mark.parametrize(
    ("asked", "listed", "alias", "kind"),
    [
        ("mkmekevosatzi", "mamekevosazi", "kmmekevosatzi 52", "alias"),
        ("mebnaobmilolu", "mebanomilolu", "mhebnaobmilolu GmbH", "weak"),
        ("fsulidipopuvu", "suliditopuvu", "fsulidipopuvr of Iran", "alias"),
    ],
)
def test_an_alias_nearer_by_letters_never_hides_a_better_name(asked: str, listed: str, alias: str, kind: str) -> None:
    before, after = (
        max((hit.score for hit in match.find(match.build(rows), [Query(asked)])[0].hits), default=0)
        for rows in ([("a", listed, "name", "", "")], [("a", listed, "name", "", ""), ("a", alias, kind, "", "")])
    )
    assert after >= before > 0


@pytest.mark.parametrize("row", [("a", "Kvantek \ud800", "name", "", ""), ("a", "\ud800", "name", "", "")])
def test_half_a_surrogate_pair_in_a_list_does_no_harm(row: tuple[str, str, str, str, str]) -> None:
    index = match.build([row])
    assert len(index) + index.skipped == 1
    match.find(index, [Query(row[1])])


@pytest.mark.parametrize("name", ["Trading", "Li", "M", "AB", "Star", "Beijing", "Moskva"])
def test_one_common_word_or_letter_alone_is_no_match(name: str) -> None:
    assert match.compare(Query(name), Query(name)).score < match.DEFAULT_THRESHOLD


def test_an_organisation_type_written_out_in_french_is_its_abbreviation() -> None:
    assert match.compare(Query("Polytex S.A."), Query("Polytex Société Anonyme")).similarity >= 0.95


def test_joined_words_tell_as_many_letters_from_either_side() -> None:
    row = np.zeros(1, dtype=np.int32)
    one, other = sheet([Named("Hik Vision")]), sheet([Named("Hikvision")])
    assert few_letters(lay(one, other, row, row)).tolist() == few_letters(lay(other, one, row, row)).tolist()


def test_reading_a_text_of_a_name_of_one_common_word_takes_linear_time() -> None:
    spotter = match.spotter([("ring", "Ring", "name")])

    def seconds(count: int) -> float:
        start = time.perf_counter()
        match.spot(spotter, ["Ring Ring. " * count])
        return time.perf_counter() - start

    assert seconds(40_000) < 4 * 2 * max(0.05, seconds(10_000))
