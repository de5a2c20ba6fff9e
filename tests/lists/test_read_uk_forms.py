"""The UK Sanctions List: the official CSV and XML, written from the same invented records, say the same."""

from __future__ import annotations

import csv
import io
from itertools import zip_longest
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from underlabel import lists
from underlabel.model import Facts, Source

HEADER = Path(__file__).parent / "fixtures" / "uk" / "UK-Sanctions-List.csv"
RUN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _read(path: Path) -> Facts:
    return lists.read(path, "gb_sanctions", accept_small=True)


def _said(facts: Facts) -> tuple[object, object]:
    nowhere = Source("")
    return (
        [msgspec.structs.replace(party, source=nowhere) for party in facts.parties],
        [msgspec.structs.replace(listing, source=nowhere) for listing in facts.listings],
    )


_WORD = st.text(alphabet="abcdefgh ÄéЖ,;\"'&<>-()1", min_size=1, max_size=12).filter(str.strip)
_MAYBE = st.just("") | _WORD
_COUNTRY = st.sampled_from(["", "Russia", "Iran", "Kosovo", "Congo (Democratic Republic)", "Nowhere"])
_RECORD = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["Individual", "Entity", "Ship"]),
        "names": st.lists(
            st.tuples(
                st.lists(_MAYBE, min_size=6, max_size=6).filter(any),
                st.sampled_from(["Primary Name", "Primary Name Variation", "Alias"]),
                st.sampled_from(["", "Good quality a.k.a", "Low quality a.k.a"]),
            ),
            min_size=1,
            max_size=4,
        ),
        "scripts": st.lists(st.tuples(_WORD, st.sampled_from(["", "Russian", "Klingon"])), max_size=2),
        "addresses": st.lists(st.tuples(st.lists(_MAYBE, min_size=7, max_size=7), _COUNTRY), max_size=3),
        "regime": _MAYBE,
        "imposed": _MAYBE,
        "day": st.sampled_from(["", "29/06/2012", "31/12/2025", "31/02/2021"]),
        "un": st.sampled_from(["", "QDe.901", "QDE.902"]),
        "group": st.sampled_from(["", "90001"]),
        "nationalities": st.lists(_COUNTRY, max_size=2),
        "flags": st.lists(_COUNTRY, max_size=2),
        "numbers": st.lists(st.sampled_from(["1027700132195", "INN: 7707083893", "ABC 17"]), max_size=2),
        "imos": st.lists(st.sampled_from(["9074729", "IMO9074729", "none"]), max_size=2),
    }
)
_ADDRESS = (*(f"Address Line {number}" for number in range(1, 7)), "Address Postal Code")


def _rows(number: int, record: dict[str, object]) -> list[dict[str, str]]:
    given = msgspec.convert(record, _Record)
    singles = list(zip_longest(given.nationalities, given.flags, given.numbers, given.imos, fillvalue=""))
    rows = []
    for name, script, address, single in zip_longest(given.names, given.scripts, given.addresses, singles):
        nationality, flag, business, imo = single or ("", "", "", "")
        row: dict[str, str] = {
            "Unique ID": f"EXA{number:04d}",
            "Designation Type": given.kind,
            "Regime Name": given.regime,
            "Sanctions Imposed": given.imposed,
            "Date Designated": given.day,
            "UN Reference Number": given.un,
            "OFSI Group ID": given.group,
            "Nationality(/ies)": nationality,
            "Current believed flag of ship": flag,
            "Business registration number (s)": business,
            "IMO number": imo,
        }
        if name:
            row |= {f"Name {at}": part for at, part in enumerate(name[0], 1)}
            row |= {"Name type": name[1], "Alias strength": name[2]}
        if script:
            row |= {"Name non-latin script": script[0], "Non-latin script language": script[1]}
        if address:
            row |= dict(zip(_ADDRESS, address[0], strict=True)) | {"Address Country": address[1]}
        rows.append(row)
    return rows


class _Record(msgspec.Struct):
    """An invented designation, from which the tests write both official forms."""

    kind: str
    names: list[tuple[list[str], str, str]]
    scripts: list[tuple[str, str]]
    addresses: list[tuple[list[str], str]]
    regime: str
    imposed: str
    day: str
    un: str
    group: str
    nationalities: list[str]
    flags: list[str]
    numbers: list[str]
    imos: list[str]


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    header = next(csv.reader(HEADER.read_text("utf-8-sig").splitlines()[1:2]))
    out = io.StringIO()
    out.write("Report Date: 12-Nov-2026\r\n")
    writer = csv.DictWriter(out, header, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _as_xml(records: list[dict[str, object]]) -> bytes:
    root = Element("Designations")
    _put(root, "DateGenerated", "12/11/2026")
    for number, record in enumerate(records):
        given = msgspec.convert(record, _Record)
        one = SubElement(root, "Designation")
        _put(one, "DateDesignated", given.day)
        _put(one, "UniqueID", f"EXA{number:04d}")
        _put(one, "OFSIGroupID", given.group)
        _put(one, "UNReferenceNumber", given.un)
        names = SubElement(one, "Names")
        for parts, kind, strength in given.names:
            name = SubElement(names, "Name")
            for at, part in enumerate(parts, 1):
                _put(name, f"Name{at}", part)
            _put(name, "NameType", kind)
            _put(name, "AliasStrength", strength)
        scripts = SubElement(one, "NonLatinNames")
        for text, language in given.scripts:
            script = SubElement(scripts, "NonLatinName")
            _put(script, "NameNonLatinScript", text)
            _put(script, "NonLatinScriptLanguage", language)
        _put(one, "RegimeName", given.regime)
        _put(one, "IndividualEntityShip", given.kind)
        _put(one, "SanctionsImposed", given.imposed)
        addresses = SubElement(one, "Addresses")
        for lines, country in given.addresses:
            address = SubElement(addresses, "Address")
            for column, line in zip(_ADDRESS, lines, strict=True):
                _put(address, column.replace(" ", ""), line)
            _put(address, "AddressCountry", country)
        details = SubElement(one, "Details")
        for tag, values in (
            ("Nationality", given.nationalities),
            ("CurrentBelievedFlagOfShip", given.flags),
            ("BusinessRegistrationNumber", given.numbers),
            ("IMONumber", given.imos),
        ):
            for value in values:
                _put(details, tag, value)
    return bytes(tostring(root, "utf-8", xml_declaration=True))


def _put(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


@RUN
@given(st.lists(_RECORD, min_size=1, max_size=4))
def test_the_same_records_in_csv_and_in_xml_give_the_same_parties_and_listings(
    tmp_path: Path, records: list[dict[str, object]]
) -> None:
    (tmp_path / "list.csv").write_bytes(
        _as_csv([row for number, one in enumerate(records) for row in _rows(number, one)])
    )
    (tmp_path / "list.xml").write_bytes(_as_xml(records))
    from_csv, from_xml = _read(tmp_path / "list.csv"), _read(tmp_path / "list.xml")
    assert _said(from_csv) == _said(from_xml)
    assert len(from_csv.parties) == len(records)
    assert [one.reason for one in from_csv.rejected] == [one.reason for one in from_xml.rejected]


@RUN
@given(st.lists(_RECORD, min_size=1, max_size=3), st.data())
def test_the_order_of_rows_changes_no_fact(
    tmp_path: Path, records: list[dict[str, object]], data: st.DataObject
) -> None:
    rows = [row for number, one in enumerate(records) for row in _rows(number, one)]

    def told(facts: Facts) -> list[object]:
        ids = sorted((one.id, one.subject, str(one.since)) for one in facts.listings)
        return [*ids, *sorted((one.id, sorted(name.text for name in one.names)) for one in facts.parties)]

    (tmp_path / "plain.csv").write_bytes(_as_csv(rows))
    (tmp_path / "mixed.csv").write_bytes(_as_csv(data.draw(st.permutations(rows))))
    assert told(_read(tmp_path / "plain.csv")) == told(_read(tmp_path / "mixed.csv"))
