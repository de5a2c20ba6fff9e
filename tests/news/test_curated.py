from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from underlabel import news
from underlabel.model import InputError
from underlabel.news.curated import claims

HEADER = (
    "id,subject,relation,object,value,parties,day,until,published,outlet,title,url,attributed_to,hedge,polarity,"
    "quote,confidence,known_from,note"
)
ROW = {
    "id": "c1",
    "subject": "Lantern Bay",
    "relation": "sold",
    "object": "Brightlatch",
    "parties": "lantern | brightlatch",
    "day": "2020-10",
    "published": "2020-10 ± 1 month",
    "outlet": "Optics Weekly",
    "url": "https://optics.example/1",
    "confidence": "high",
}


def table(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "claims.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER.split(","), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_row_becomes_a_claim_with_its_parties_and_days(tmp_path: Path) -> None:
    facts = claims(table(tmp_path, ROW))
    (claim,) = facts.claims
    assert (claim.subject, claim.relation, claim.object) == ("Lantern Bay", "sold", "Brightlatch")
    assert claim.parties == ("lantern", "brightlatch")
    assert str(claim.day) == "2020-10"
    assert claim.published is not None
    assert claim.published.kind == "published"
    assert (claim.polarity, claim.note) == ("affirms", "")
    assert (claim.source.dataset, claim.source.locator, claim.source.url) == ("starter_claims", "row 2", ROW["url"])
    assert (facts.dataset.id, facts.dataset.records, facts.dataset.licence) == ("starter_claims", 1, "CC0-1.0")


def test_a_claim_is_known_from_the_last_day_it_may_have_been_published_unless_told(tmp_path: Path) -> None:
    facts = claims(
        table(tmp_path, ROW, ROW | {"id": "c2", "known_from": "2021-01-02"}, ROW | {"id": "c3", "published": ""})
    )
    assert [claim.known_from for claim in facts.claims] == [date(2020, 11, 30), date(2021, 1, 2), None]


def test_a_confidence_below_high_is_told_in_the_note(tmp_path: Path) -> None:
    facts = claims(table(tmp_path, ROW | {"confidence": "low", "note": "one source", "polarity": "denies"}))
    assert (facts.claims[0].note, facts.claims[0].polarity) == ("one source; low confidence", "denies")


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        ({"id": ""}, "claims.csv:3:id"),
        ({"id": "c1"}, "claims.csv:3:id"),
        ({"outlet": " "}, "claims.csv:3:outlet"),
        ({"confidence": "sure"}, "claims.csv:3:confidence"),
        ({"polarity": "maybe"}, "claims.csv:3:polarity"),
        ({"day": "last Monday"}, "claims.csv:3:day"),
        ({"known_from": "2021-13"}, "claims.csv:3:known_from"),
        ({"url": "javascript:alert(1)"}, "claims.csv:3:url"),
        ({"parties": "lantern; brightlatch"}, "claims.csv:3:parties"),
        ({"quote": "word " * 41}, "claims.csv:3:quote"),
    ],
)
def test_a_bad_cell_is_named_by_file_row_and_column(tmp_path: Path, cell: dict[str, str], where: str) -> None:
    with pytest.raises(InputError) as caught:
        claims(table(tmp_path, ROW, ROW | {"id": "c2"} | cell))
    assert caught.value.where == where
    assert caught.value.hint


def test_a_table_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("id,subject\nc1,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column 'relation'"):
        claims(path)
    path.write_text(HEADER + "\nc1,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="too few cells"):
        claims(path)
    path.write_text(HEADER + '\nc1,"x\n', encoding="utf-8")
    with pytest.raises(InputError, match="broken row"):
        claims(path)


def test_the_packaged_claims_are_whole_and_quote_little() -> None:
    (facts,) = news.curated_facts()
    assert facts.claims
    assert all(claim.outlet and len(claim.quote.split()) <= 40 for claim in facts.claims)
    assert {claim.source.dataset for claim in facts.claims} == {"starter_claims"}
