"""The EU consolidated list: the official CSV and the official XML."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.model import Facts, Identifier, InputError, Name, Party, Source

FIXTURES = Path(__file__).parent / "fixtures" / "eu"
CSV, XML = "20261112-FULL-1_1.csv", "20261112-FULL-1_1.xml"
RUN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _read(path: Path) -> Facts:
    return lists.read(path, "eu_fsf", accept_small=True)


def _party(facts: Facts, number: str) -> Party:
    return next(party for party in facts.parties if party.id == f"eu_fsf:{number}")


def _said(facts: Facts) -> tuple[object, object]:
    nowhere = Source("")
    return (
        [msgspec.structs.replace(party, source=nowhere) for party in facts.parties],
        [msgspec.structs.replace(listing, source=nowhere) for listing in facts.listings],
    )


def _changed(folder: Path, name: str, old: str, new: str) -> Facts:
    path = folder / name
    content = (FIXTURES / name).read_text("utf-8-sig")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")
    return _read(path)


@pytest.mark.parametrize("name", [CSV, XML])
def test_an_enterprise_has_names_in_languages_seats_addresses_and_numbers(name: str) -> None:
    party = _party(_read(FIXTURES / name), "90001")
    assert party.schema == "Company"
    assert party.names[:2] == (
        Name("Example Optics Company Limited", "name", "en"),
        Name("Пример Оптика", "alias", "ru"),
    )
    assert party.countries == ("ru",)
    assert party.addresses == ("1 Example Street, 000001, Sampletown, RUSSIAN FEDERATION", "Elsewhere")
    assert party.identifiers == (
        *(Identifier("eu-ref", "EU.9001.1"), Identifier("un-ref", "QDe.901")),
        *(Identifier("tax", "7707083893"), Identifier("eu-other", "42")),
    )


@pytest.mark.parametrize("name", [CSV, XML])
def test_of_a_person_only_names_citizenship_and_references_are_kept(name: str) -> None:
    party = _party(_read(FIXTURES / name), "90002")
    assert (party.schema, party.caption, party.countries) == ("Person", "Imaginary Sample", ("sy",))
    assert party.identifiers == (Identifier("eu-ref", "EU.9002.2"),)
    assert party.addresses == ()


@pytest.mark.parametrize("name", [CSV, XML])
def test_a_listing_has_programme_act_and_both_its_days(name: str) -> None:
    facts = _read(FIXTURES / name)
    listing = next(one for one in facts.listings if one.subject == "eu_fsf:90001")
    assert (listing.programme, listing.citation) == ("EXA", "2023/9001 (OJ L169)")
    assert [str(day) for day in (listing.since, listing.effective, listing.published)] == [
        *("2023-07-09", "2023-07-09", "2023-07-08")
    ]
    assert listing.known_from == date(2023, 7, 8)


@pytest.mark.parametrize("name", [CSV, XML])
def test_the_edition_is_the_day_the_file_was_made(name: str) -> None:
    assert _read(FIXTURES / name).dataset.edition == date(2026, 11, 12)
    said = lists.read(FIXTURES / name, "eu_fsf", date(2026, 11, 20), accept_small=True)
    assert said.dataset.edition == date(2026, 11, 20)


def test_a_name_that_is_not_strong_is_weak() -> None:
    assert _party(_read(FIXTURES / XML), "90001").names[2] == Name("EXO", "weak")


def test_an_entity_under_two_acts_has_two_listings(tmp_path: Path) -> None:
    days = 'publicationDate="2024-01-02" entryIntoForceDate="2024-01-03"'
    second = f'<regulation {days} numberTitle="2024/1" programme="EXC"/>'
    facts = _changed(tmp_path, XML, '<subjectType code="person"', f'{second}<subjectType code="person"')
    listed = [(one.programme, str(one.since)) for one in facts.listings if one.subject == "eu_fsf:90002"]
    assert listed == [("EXB", "2021-03-22"), ("EXC", "2024-01-03")]


def test_a_legal_entity_identifier_is_known_by_its_check_digits_whatever_it_is_called(tmp_path: Path) -> None:
    facts = _changed(tmp_path, XML, 'number="42"', 'number="253400V1H6ART1UQ0N98"')
    assert Identifier("lei", "253400V1H6ART1UQ0N98") in _party(facts, "90001").identifiers


@pytest.mark.parametrize(
    ("code", "value", "kept"),
    [
        ("imo", "IMO 9074729", Identifier("imo", "9074729")),
        ("imo", "unknown", Identifier("eu-imo", "unknown")),
        ("swiftbic", "EXAMRUMM", Identifier("bic", "EXAMRUMM")),
        ("regnumber", "1 027", Identifier("registration", "1 027")),
        ("", "17", Identifier("eu-other", "17")),
    ],
)
def test_a_number_is_kept_under_its_type_or_the_lists_own_word_for_it(
    tmp_path: Path, code: str, value: str, kept: Identifier
) -> None:
    old = 'number="42" latinNumber="" identificationTypeCode="other"'
    facts = _changed(tmp_path, XML, old, f'number="{value}" identificationTypeCode="{code}"')
    assert kept in _party(facts, "90001").identifiers


@pytest.mark.parametrize("name", [CSV, XML])
@pytest.mark.parametrize("day", ["2023-13-09", "07-09-2023", "31/02/2023", "1023-07-09"])
def test_a_day_that_is_none_leaves_the_listing_without_it_and_is_noted(tmp_path: Path, name: str, day: str) -> None:
    facts = _changed(tmp_path, name, "2023-07-09", day)
    listing = next(one for one in facts.listings if one.subject == "eu_fsf:90001")
    assert listing.effective is None
    assert str(listing.since) == "1993-11-01..2026-11-12"
    assert str(listing.published) == "2023-07-08"
    assert any(day in one.reason for one in facts.rejected)


def test_rows_of_the_csv_are_parties_parts_or_rejected() -> None:
    facts, (tally,) = lists.read_accounted(FIXTURES / CSV, "eu_fsf", accept_small=True)
    assert (tally.records, tally.parties, tally.parts, tally.rejected) == (12, 2, 9, 1)
    assert [one.where for one in facts.rejected] == [f"{CSV}:19"]  # the cells before it run over lines


def test_an_entity_of_no_known_type_is_rejected_with_its_place() -> None:
    facts, (tally,) = lists.read_accounted(FIXTURES / XML, "eu_fsf", accept_small=True)
    assert (tally.records, tally.parties, tally.rejected) == (3, 2, 1)
    assert [(one.where, one.raw) for one in facts.rejected] == [(f"{XML}:sanctionEntity[3]", "90003")]


@pytest.mark.parametrize("name", [CSV, XML])
def test_a_few_parties_are_no_whole_list(name: str) -> None:
    with pytest.raises(InputError, match="only 2 entries could be read; an edition of eu_fsf holds 1500"):
        lists.read(FIXTURES / name, "eu_fsf")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"Entity_LogicalId;Naal_wholename\n13;Example\n", "the file begins: Entity_LogicalId, Naal_wholename"),
        ("fileGenerationDate;Entity_LogicalId\n12/11/2026;é\n".encode("latin-1"), "not UTF-8: byte 0xe9"),
        (b"<export><sanctionEntity>", "not well formed"),
        (b"<Designations><Designation/></Designations>", "saw <Designations>"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><export/>', "document type or entities"),
        (b'{"list_id": "eu"}', "this is JSON"),
    ],
)
def test_what_is_not_the_eu_list_is_refused_with_what_was_seen(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(InputError, match=what) as caught:
        _read(path)
    assert caught.value.where.startswith("list")
    assert caught.value.hint


_WORD = st.text(alphabet="abcdefgh ÄéЖ,;\"'&<>-()1", min_size=1, max_size=12).filter(str.strip)
_MAYBE = st.just("") | _WORD
_COUNTRY = st.sampled_from([("", ""), ("00", "UNKNOWN"), ("IR", "IRAN"), ("RU", ""), ("", "Kosovo"), ("QQ", "NOWHERE")])
_DAY = st.sampled_from(["", "2003-07-08", "2026-01-31", "2003-02-30"])
_PLACE = ("street", "poBox", "zipCode", "city", "place", "region")


class _Record(msgspec.Struct):
    """An invented entity, from which the tests write both official forms."""

    kind: tuple[str, str]
    reference: str
    un: str
    regulation: tuple[str, str, str, str]
    names: list[tuple[str, str, str, str, str]]
    addresses: list[tuple[tuple[str, str, str, str, str, str], tuple[str, str]]]
    citizenships: list[tuple[str, str]]
    numbers: list[tuple[str, str]]


_RECORD = st.builds(
    _Record,
    kind=st.sampled_from([("person", "P"), ("enterprise", "E"), ("", "E")]),
    reference=_MAYBE,
    un=_MAYBE,
    regulation=st.tuples(_MAYBE, _MAYBE, _DAY, _DAY),
    names=st.lists(st.tuples(_WORD, _MAYBE, _MAYBE, _MAYBE, st.sampled_from(["", "EN", "RU"])), min_size=1, max_size=4),
    addresses=st.lists(st.tuples(st.tuples(*[_MAYBE] * 6), _COUNTRY), max_size=3),
    citizenships=st.lists(_COUNTRY, max_size=2),
    numbers=st.lists(st.tuples(st.sampled_from(["", "regnumber", "imo", "passport", "other"]), _MAYBE), max_size=3),
)


def _rows(number: int, one: _Record) -> list[dict[str, str]]:
    programme, title, published, effective = one.regulation
    entity = {
        "fileGenerationDate": "12/11/2026",
        "Entity_LogicalId": str(number),
        "Entity_EU_ReferenceNumber": one.reference,
        "Entity_UnitedNationId": one.un,
        "Entity_SubjectType": one.kind[0],
        "Entity_SubjectType_ClassificationCode": one.kind[1],
        "Entity_Regulation_Programme": programme,
        "Entity_Regulation_NumberTitle": title,
        "Entity_Regulation_PublicationDate": published,
        "Entity_Regulation_EntryIntoForceDate": effective,
    }
    named = ("NameAlias_WholeName", "NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_LastName")
    rows = [dict(zip((*named, "NameAlias_NameLanguage"), name, strict=True)) for name in one.names]
    for place, (code, words) in one.addresses:
        row = {f"Address_{column}": part for column, part in zip(_PLACE, place, strict=True)}
        rows.append(row | {"Address_CountryIso2Code": code, "Address_CountryDescription": words})
    rows += [
        {"Citizenship_CountryIso2Code": code, "Citizenship_CountryDescription": words}
        for code, words in one.citizenships
    ]
    rows += [{"Identification_TypeCode": code, "Identification_Number": value} for code, value in one.numbers]
    return [entity | row for row in rows]


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    header = next(csv.reader((FIXTURES / CSV).read_text("utf-8-sig").splitlines(), delimiter=";"))
    plain = {column.casefold(): column for column in header}
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", delimiter=";")
    writer.writeheader()
    writer.writerows({plain[column.casefold()]: cell for column, cell in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _as_xml(records: list[_Record]) -> bytes:
    root = Element("export", xmlns="http://eu.europa.ec/fpi/fsd/export", generationDate="2026-11-12T10:03:23.333+01:00")
    for number, one in enumerate(records, 1):
        references = {"euReferenceNumber": one.reference, "unitedNationId": one.un}
        entity = SubElement(root, "sanctionEntity", references, logicalId=str(number))
        act = ("programme", "numberTitle", "publicationDate", "entryIntoForceDate")
        SubElement(entity, "regulation", dict(zip(act, one.regulation, strict=True)))
        SubElement(entity, "subjectType", code=one.kind[0], classificationCode=one.kind[1])
        named = ("wholeName", "firstName", "middleName", "lastName", "nameLanguage")
        for name in one.names:
            SubElement(entity, "nameAlias", dict(zip(named, name, strict=True)), strong="true")
        for code, words in one.citizenships:
            SubElement(entity, "citizenship", countryIso2Code=code, countryDescription=words)
        for code, value in one.numbers:
            SubElement(entity, "identification", identificationTypeCode=code, number=value)
        for place, (code, words) in one.addresses:
            where = dict(zip(_PLACE, place, strict=True))
            SubElement(entity, "address", where, countryIso2Code=code, countryDescription=words)
    return bytes(tostring(root, "utf-8", xml_declaration=True))


@RUN
@given(st.lists(_RECORD, min_size=1, max_size=4))
def test_the_same_records_in_csv_and_in_xml_give_the_same_parties_and_listings(
    tmp_path: Path, records: list[_Record]
) -> None:
    rows = [row for number, one in enumerate(records, 1) for row in _rows(number, one)]
    (tmp_path / "list.csv").write_bytes(_as_csv(rows))
    (tmp_path / "list.xml").write_bytes(_as_xml(records))
    from_csv, from_xml = _read(tmp_path / "list.csv"), _read(tmp_path / "list.xml")
    assert _said(from_csv) == _said(from_xml)
    assert len(from_csv.parties) == len(records)
    assert [one.reason for one in from_csv.rejected] == [one.reason for one in from_xml.rejected]


@RUN
@given(st.lists(_RECORD, min_size=1, max_size=3), st.data())
def test_the_order_of_rows_changes_no_fact(tmp_path: Path, records: list[_Record], data: st.DataObject) -> None:
    rows = [row for number, one in enumerate(records, 1) for row in _rows(number, one)]

    def told(facts: Facts) -> list[object]:
        ids = sorted((one.id, one.subject, str(one.since)) for one in facts.listings)
        return [*ids, *sorted((one.id, sorted(name.text for name in one.names)) for one in facts.parties)]

    (tmp_path / "plain.csv").write_bytes(_as_csv(rows))
    (tmp_path / "mixed.csv").write_bytes(_as_csv(data.draw(st.permutations(rows))))
    assert told(_read(tmp_path / "plain.csv")) == told(_read(tmp_path / "mixed.csv"))
