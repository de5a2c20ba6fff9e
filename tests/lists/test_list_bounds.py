"""Files made to do harm, and records longer than any: refused in no time, and in few words."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest

from underlabel import lists
from underlabel.lists import gather, lengths
from underlabel.lists.readers.ftm import ftm_refused
from underlabel.model import InputError

GOOD: dict[str, object] = {"name": "Example Works Ltd.", "country": "China", "federal_register": "84 FR 54004, 10/9/19"}


def _json(path: Path, *entities: dict[str, object], name: str = "bis-entity-list") -> Path:
    path.write_text(json.dumps({"list_id": name, "count": len(entities), "entities": entities}), "utf-8")
    return path


def test_a_file_full_of_broken_records_is_refused_and_told_in_one_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "_MOST_TOLD", 50)
    path = tmp_path / "sdn.csv"
    good = "\n".join(f'{number},"BODY","entity","SDGT"' + ',""' * 8 for number in range(60))
    path.write_text(good + "\n1,2" * 50 + "\n\x1a", "utf-8")
    assert len(lists.read(path, "us_ofac_sdn", accept_small=True).rejected) == 50
    path.write_text(good + "\n1,2" * 51 + "\n\x1a", "utf-8")
    with pytest.raises(InputError, match="more than 50 records or details were rejected") as caught:
        lists.read(path, "us_ofac_sdn", accept_small=True)
    assert caught.value.where == "sdn.csv:111"
    assert "50 times the advice was: if it is the last line" in caught.value.hint


def test_a_file_of_entities_that_are_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ftm_refused, "_MOST", 20)
    path = tmp_path / "entities.ftm.json"
    good = json.dumps({"id": "a", "schema": "Company", "properties": {"name": ["Example"]}})
    path.write_text("\n".join([good, *(f'{{"id": {number}}}' for number in range(21))]), "utf-8")
    with pytest.raises(InputError, match="more than 20 records are broken"):
        lists.read(path, "ftm")


def test_a_file_with_more_records_than_any_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "RECORDS", 3)
    (tmp_path / "un.xml").write_text(f"<CONSOLIDATED_LIST>{'<ENTITY/>' * 4}</CONSOLIDATED_LIST>", "utf-8")
    (tmp_path / "sdn.csv").write_text('1,"B","entity","SDGT"' + ',""' * 8 + ("\n2" + "," * 11) * 3 + "\n\x1a", "utf-8")
    _json(tmp_path / "el.json", *[GOOD] * 4)
    for file, name in (("un.xml", "un_sc"), ("sdn.csv", "us_ofac_sdn"), ("el.json", "us_bis_entity_list")):
        with pytest.raises(InputError, match="more than 3 records"):
            lists.read(tmp_path / file, name, accept_small=True)


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "LINE", 5_000)
    path = tmp_path / "list.csv"
    path.write_text("Unique ID" + ",x" * 3_000, "utf-8")
    with pytest.raises(InputError, match="a line is longer than 5000 letters"):
        lists.read(path, "gb_sanctions")


def test_one_party_told_of_without_end_is_rejected(tmp_path: Path) -> None:
    rows = [GOOD | {"address": f"{number} Road"} for number in range(gather._MOST_OF_ONE + 9)]  # noqa: SLF001 - the bound itself
    facts = lists.read(_json(tmp_path / "list.json", *rows), "us_bis_entity_list", accept_small=True)
    assert len(facts.parties) == 1
    assert len(facts.rejected) == 9
    assert "are told of Example Works Ltd." in facts.rejected[0].reason


_UNITS = (" ", ", ", "; ", "(", "()", "A. ", "A.", "a.k.a. ", " and ", "Ltd. and ", "(See (", "China and ", "b) ")


@pytest.mark.parametrize("unit", _UNITS)
def test_no_text_takes_a_reader_long(unit: str, tmp_path: Path) -> None:
    name, text, cell = (f"y{unit * (most // len(unit))}z" for most in (900, 7_900, 9_000))
    row: dict[str, object] = {"name": name, "aliases": [name], "country": "China", "address": text, "notes": text}
    head = "<TR><TH>Country</TH><TH>Entity</TH><TH>Federal Register</TH></TR>"
    table = f"<TABLE>{head}<TR><TD>CHINA</TD><TD>{cell}</TD><TD>{text}</TD></TR></TABLE>"
    (tmp_path / "c.xml").write_text(f'<DIV9 N="Supplement No. 4 to Part 744">{table}</DIV9>', "utf-8")
    _json(tmp_path / "a.json", row | {"federal_register": text}, GOOD, name="cbp-wro")
    _json(tmp_path / "b.json", row | {"federal_register": text}, GOOD)
    began = perf_counter()
    for file, list_ in (("a.json", "us_cbp_wro"), ("b.json", "us_bis_entity_list"), ("c.xml", "us_bis_entity_list")):
        with suppress(InputError):  # of an edition of which no entry can be read
            lists.read(tmp_path / file, list_, accept_small=True)
    assert perf_counter() - began < 3, "a run of 2,000 blanks took 48 seconds when the patterns tried every part of it"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "A" * 1_001, "a name or a country is longer than 1000 letters"),
        ("country", "A" * 1_001, "a name or a country is longer than 1000 letters"),
        ("aliases", ["B"] * 501, "the record has 503 names"),
        ("address", "C" * 8_001, "a text is longer than 8000 letters"),
    ],
)
def test_a_record_longer_than_any_of_a_list_is_rejected_alone(
    field: str, value: object, told: str, tmp_path: Path
) -> None:
    path = _json(tmp_path / "list.json", GOOD, GOOD | {field: value})
    facts, (tally,) = lists.read_accounted(path, "us_bis_entity_list", accept_small=True)
    assert (tally.parties, tally.rejected) == (1, 1)
    assert facts.rejected[0].reason == told
