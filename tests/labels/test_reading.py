from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from underlabel import labels
from underlabel.model import InputError, NoInputError, parse_day

FIXTURES = Path(__file__).parent / "fixtures"


def test_a_row_becomes_a_link_a_relation_and_a_spelling_each() -> None:
    facts = labels.read(FIXTURES / "facts.csv", "mine")
    found = {link.id: link for link in facts.links}
    made, owned = found["mine:norrskog:makes"], found["mine:norrskog:brands"]
    assert (made.src, made.dst, made.kind, owned.kind) == ("label:norrskog", "norrskog-ab", "makes", "brands")
    assert made.source.locator == "row 2"
    assert made.source.text == "the maker's own site"
    assert found["mine:label:norr-skog=label:norrskog"].kind == "same_as"
    assert facts.dataset.records == 10
    assert not facts.rejected


def test_days_status_scope_and_confidence_are_kept() -> None:
    found = {link.id: link for link in labels.read(FIXTURES / "facts.csv").links}
    old, new = found["labels:kestrel-old:makes"], found["labels:kestrel-new:makes"]
    assert (str(old.since), str(old.until), old.confidence, old.status) == ("2012", "2022-11-23", "high", "completed")
    assert (new.since, new.until, new.confidence, new.status) == (parse_day("2022-11-23"), None, "medium", "alleged")
    assert (old.known_from, new.known_from) == (date(2017, 3, 10), date(2025, 9, 23))
    assert old.scope is not None
    assert (old.scope.brand, old.scope.line, old.scope.classes) == ("Kestrel", "wired cameras", ("video",))
    codes = found["labels:codes:makes"]
    assert codes.scope is not None
    assert (codes.src, codes.scope.brand, codes.scope.models) == ("label:nsk-2c-0-9", "", ("NSK-2C[0-9]*",))


def test_a_broken_row_is_rejected_with_its_place_and_reading_goes_on() -> None:
    facts = labels.read(FIXTURES / "broken.csv")
    assert [refused.where for refused in facts.rejected] == [
        "broken.csv:3:since",
        "broken.csv:4:confidence",
        "broken.csv:5:relation",
        "broken.csv:6:classes",
        "broken.csv:7:models",
        "broken.csv:8:source",
        "broken.csv:9:until",
        "broken.csv:10:note",
        "broken.csv:11:url",
        "broken.csv:12:id",
        "broken.csv:13",
        "broken.csv:14:brand",
    ]
    assert all(refused.hint and refused.reason and refused.raw for refused in facts.rejected)
    assert [link.id for link in facts.links] == ["labels:good:makes", "labels:last:brands"]


def test_a_table_of_makers_gives_parties_brands_and_absences() -> None:
    facts = labels.read(FIXTURES / "makers.csv", "mine")
    assert [(party.id, party.caption, party.countries) for party in facts.parties] == [
        ("norrskog-ab", "Norrskog Optik AB", ("se",)),
        ("kestrel-ltd", "Kestrel Limited", ("gb",)),
    ]
    assert [(absence.subject, absence.list, absence.edition.isoformat()) for absence in facts.absences] == [
        ("norrskog-ab", "us_fcc_covered", "2026-07-09"),
        ("norrskog-ab", "un_sc", "2026-02-27"),
        ("kestrel-ltd", "us_fcc_covered", "2026-07-09"),
    ]
    assert {(link.src, link.kind) for link in facts.links if link.dst == "norrskog-ab"} == {
        (f"label:{brand}", kind) for brand in ("norrskog", "skogsblick") for kind in ("brands", "makes")
    }
    assert [refused.where for refused in facts.rejected] == ["makers.csv:4:country", "makers.csv:5:checked"]


def test_the_legal_name_is_a_spelling_of_a_makers_brand_but_not_of_a_resellers() -> None:
    spellings = {link.src for link in labels.read(FIXTURES / "makers.csv").links if link.kind == "same_as"}
    assert spellings == {"label:norrskog-optik-ab"}


def test_a_file_that_is_no_table_says_what_to_do(tmp_path: Path) -> None:
    image = tmp_path / "photo.csv"
    image.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\x00")
    with pytest.raises(InputError) as caught:
        labels.read(image)
    assert "UTF-8" in caught.value.hint

    other = tmp_path / "other.csv"
    other.write_text("name,price\nKestrel,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column id, brand"):
        labels.read(other)


def test_an_empty_file_and_no_file_are_no_input(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    for path in (empty, tmp_path / "nowhere.csv"):
        with pytest.raises(NoInputError):
            labels.read(path)


def test_a_quote_left_open_is_rejected_and_the_rows_before_it_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text(
        "id,brand,relation,party,source,confidence\n"
        "a,Kestrel,makes,kestrel-ltd,a page,high\n"
        'b,"Plover,makes,x,y,high\n',
        encoding="utf-8",
    )
    facts = labels.read(path)
    assert [link.id for link in facts.links] == ["labels:a:makes"]
    assert [refused.where for refused in facts.rejected] == ["open.csv:3"]
