"""FollowTheMoney out: valid by the library's own measure, and the same facts when read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model as library
from followthemoney.entity import ValueEntity
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from underlabel import lists, report
from underlabel.lists.readers.ftm import ftm_schemata
from underlabel.model import (
    Category,
    Day,
    Fact,
    Facts,
    Identifier,
    Link,
    Listing,
    Name,
    Party,
    Scope,
    Share,
    Source,
    exact,
    parse_day,
    units,
)
from underlabel.report import ftm_values

SOURCE = Source("us_example", "v1", "row 3", "84 FR 54004", "https://example.org/list", "Ministry of Examples")
OPTICS = Party(
    id="us_example:1",
    source=SOURCE,
    schema="LegalEntity",
    names=(Name("Example Optics Ltd"), Name("Beispiel Optik", "alias", "de"), Name("EO", "weak")),
    countries=("cn", "hk"),
    identifiers=(Identifier("lei", "529900T8BM49AURSDO55"), Identifier("lei", "no lei"), Identifier("ofac-uid", "7")),
    addresses=("1 Example Road, Leeds", "2 Example Road; Leeds"),
)
HOLDING = Party(id="ftm:NK-holding", source=SOURCE, schema="Organization", names=(Name("Example Holding"),))
PERSON = Party(
    id="p", source=SOURCE, schema="Person", names=(Name("Alex Example"),), countries=("gb",), addresses=("3 Lane",)
)
LISTED = Listing(
    id="us_example:1/listing:a",
    source=SOURCE,
    subject="us_example:1",
    list="us_bis_dpl",
    programme="Example order",
    since=exact(date(2020, 3, 1), "effective"),
    effective=exact(date(2020, 3, 1), "effective"),
    published=parse_day("2020-02", "published"),
    until=parse_day("2022-11-23..2023-05-31", "effective"),
    known_from=date(2020, 2, 28),
    scope=("video",),
    reach="and subsidiaries",
)
HELD = Link(
    id="held", source=SOURCE, kind="owns", src="ftm:NK-holding", dst="us_example:1", share=Share(250_001, 500_000)
)


def entities(*facts: Collection[Any]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in report.ftm_lines(*facts)]


def wrong(entity: dict[str, Any]) -> Iterator[str]:
    """What the library would refuse, leave out or change in an entity."""
    schema = library.get(entity["schema"])
    assert schema is not None
    schema.validate({"properties": entity["properties"]})
    properties = entity["properties"]
    yield from (f"{name} is required" for name in schema.required if not properties.get(name))
    for name, values in properties.items():
        prop = schema.get(name)
        if prop is None:
            yield f"{schema.name} has no {name}"
            continue
        for value in values:
            clean = prop.type.clean(value, format=prop.format)
            if clean != value or len(value) > prop.max_length or prop.stub or prop.deprecated:
                yield f"{schema.name}:{name} {value!r} would be {clean!r}"
    if not library.get_proxy({**entity, "properties": {}}).id == entity["id"] == ftm_values.key(f"ftm:{entity['id']}"):
        yield f"the id {entity['id']}"


def out_of_range(written: list[dict[str, Any]]) -> Iterator[str]:
    """Ties that name what their schema does not let them name, or what is not there."""
    schemata = {entity["id"]: library.get(entity["schema"]) for entity in written}
    for entity in written:
        schema = library.get(entity["schema"])
        assert schema is not None
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            assert prop is not None
            for value in values if prop.range is not None else ():
                end = schemata.get(value)
                if end is None or prop.range is None or not end.is_a(prop.range):
                    yield f"{schema.name}:{name} names {value}, {end}"


# What is written


def test_a_party_is_written_as_other_tools_read_it() -> None:
    (optics,) = entities([OPTICS])
    assert (optics["schema"], optics["caption"], optics["datasets"]) == (
        "LegalEntity",
        "Example Optics Ltd",
        ["us_example"],
    )
    assert optics["properties"] == {
        "sourceUrl": ["https://example.org/list"],
        "publisher": ["Ministry of Examples"],
        "name": ["Example Optics Ltd"],
        "alias": ["Beispiel Optik"],
        "weakAlias": ["EO"],
        "mainCountry": ["cn"],
        "country": ["hk"],
        "leiCode": ["529900T8BM49AURSDO55"],
        "address": ["1 Example Road, Leeds"],
    }


def test_a_listing_is_a_sanction_on_the_lists_dataset() -> None:
    *_, sanction = entities([OPTICS], [LISTED])
    assert (sanction["schema"], sanction["datasets"]) == ("Sanction", ["us_bis_dpl"])
    assert sanction["properties"]["startDate"] == ["2020-03-01"]
    assert sanction["properties"]["listingDate"] == ["2020-02"]
    assert sanction["properties"]["endDate"] == ["2022-11-23", "2023-05-31"]
    assert sanction["properties"]["entity"] == [entities([OPTICS])[0]["id"]]


def test_what_is_owned_is_a_company_and_its_share_a_percentage() -> None:
    by_schema = {one["schema"]: one for one in entities([OPTICS, HOLDING], [], [HELD])}
    assert by_schema["Ownership"]["properties"]["percentage"] == ["25.0001-50"]
    assert by_schema["Ownership"]["properties"]["owner"] == ["NK-holding"]
    assert by_schema["Company"]["caption"] == "Example Optics Ltd"
    assert by_schema["Organization"]["id"] == "NK-holding"


def test_a_tie_no_schema_may_name_is_an_unknown_link() -> None:
    bureau = replace(HOLDING, id="bureau", schema="PublicBody")
    written = entities([HOLDING, bureau], [], [replace(HELD, dst="bureau")])
    assert [one["schema"] for one in written] == ["PublicBody", "Organization", "UnknownLink"]
    assert written[-1]["properties"]["role"] == ["owns"]


def test_of_a_person_no_address_and_no_number_is_a_property() -> None:
    (person,) = entities([replace(PERSON, identifiers=(Identifier("tax", "123456"),))])
    assert set(person["properties"]) == {"sourceUrl", "publisher", "name", "country"}
    assert "3 Lane" not in json.dumps(person)


def test_the_order_of_what_is_given_changes_nothing() -> None:
    parties, links = [OPTICS, HOLDING, PERSON], [HELD, replace(HELD, id="other", kind="controls")]
    there = list(report.ftm_lines(parties, [LISTED], links))
    back = list(report.ftm_lines(parties[::-1], [LISTED], links[::-1]))
    assert there == back


def test_a_line_holds_one_entity_for_every_reader() -> None:
    odd = replace(OPTICS, names=(Name("Exa\u2028mple\nOptics\x85"),))
    (line,) = report.ftm_lines([odd])
    assert len(line.splitlines()) == 1


def test_what_is_no_tie_of_parties_is_left_out_and_told() -> None:
    label = Link(id="made", source=SOURCE, kind="makes", src="label:acme", dst="us_example:1")
    category = Category(id="class", source=SOURCE, text="routers")
    on_class = replace(LISTED, id="on-class", subject=category.id)
    assert len(entities([OPTICS], [LISTED, on_class], [label])) == 2
    told = report.ftm_left_out([OPTICS], [LISTED, on_class], [label])
    assert [one.reason for one in told] == [
        "the listing on-class speaks of 'class', which is no party here",
        "the makes made speaks of 'label:acme', which is no party here",
    ]
    assert all(one.hint and one.where == "us_example row 3" for one in told)


def test_the_library_keeps_our_words_and_can_merge_them() -> None:
    (one,) = entities([OPTICS])
    entity = ValueEntity.from_dict(dict(one))
    assert entity.to_dict()["underlabel"] == one["underlabel"]
    assert entity.to_dict()["properties"] == one["properties"]
    merged = entity.merge(ValueEntity.from_dict(dict(entities([replace(OPTICS, id="twin")])[0])))
    assert len(merged.to_dict()["underlabel"]) == 2


def test_our_words_changed_by_another_tool_are_left_aside_and_told(tmp_path: Path) -> None:
    (one,) = entities([HOLDING])
    path = tmp_path / "x.json"
    path.write_text(json.dumps({**one, "underlabel": ["{}", "{}"]}))
    facts = lists.read(path, "ftm")
    assert facts.parties[0].id == "ftm:NK-holding"
    assert facts.rejected[0].reason == "the underlabel key is not as this tool writes it"


def test_the_readers_words_for_numbers_are_the_writers() -> None:
    for scheme, numbers in ftm_values.NUMBERS.items():
        for number in numbers:
            if scheme in {"imo", "imo-company"}:
                assert number.name == "imoNumber"
            elif scheme != "tail-number":
                assert ftm_schemata.NUMBERS[number.name] == scheme
            for name in number.schemata:
                schema = library.get(name)
                assert schema is not None
                prop = schema.properties[number.name]
                assert (prop.format or "", prop.max_length >= number.most) == (number.form, True)


# What is read back

PARTY_SCHEMATA = sorted(ftm_schemata.PARTIES)
TEXT = (
    st.text(max_size=12).filter(str.strip)
    | st.sampled_from(
        [
            "Example Ltd",
            "Пример",
            "样品公司",
            '"quoted"',
            " a  b ",
            "x;y",
            "e\u0301",
            "line\nbreak",
            "'",
            "a\u200bb",
            "<br/>",
        ]
    )
    | st.integers(380, 390).map("n".__mul__)
).filter(lambda text: "\0" not in text)
LONG = TEXT | st.sampled_from(["l" * 1025, "84 FR 54004, 10/9/19; 85 FR 44159", ""])
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
KINDS = st.sampled_from(["announced", "published", "effective", "event"])
DAY = st.none() | (
    st.builds(lambda one, two, kind: Day(min(one, two), max(one, two), kind), DAYS, DAYS, KINDS)
    | st.builds(exact, DAYS, KINDS)
    | st.builds(parse_day, st.sampled_from(["2015", "2023-02", "2022-11-23..2023-05-31"]), KINDS)
)
SHARE = st.none() | st.builds(
    lambda one, two: Share(min(one, two), max(one, two)), *(st.integers(0, units("100")) for _ in "12")
)
CONFIDENCE = st.sampled_from(["high", "medium", "low"])
SOURCES = st.builds(
    Source,
    dataset=st.sampled_from(["us_ofac_sdn", "us_state_debarred:statutory", "joins"]),
    text=LONG,
    url=st.sampled_from(["", "https://example.org/a?b=c#d", "not a url", "example.org"]) | TEXT,
    publisher=LONG,
)
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "source": SOURCES,
    "since": DAY,
    "until": DAY,
    "known_from": st.none() | DAYS,
    "known_to": st.none() | DAYS,
    "confidence": CONFIDENCE,
}
NUMBERS = st.builds(
    Identifier,
    scheme=st.sampled_from([*ftm_values.NUMBERS, "ofac-uid", "isin", "swift"]),
    value=TEXT | st.sampled_from(["529900T8BM49AURSDO55", "9074729", "7707083893", "1027700132195", "Q42", "12345"]),
)
IDS = ["us_ofac_sdn:1", "ftm:NK-2", "hikvision", "ftm:not an id", "ftm:a/b", "x:é"]
UNIQUE_NAMES = st.lists(
    st.builds(
        Name,
        text=TEXT,
        kind=st.sampled_from(["name", "alias", "weak", "previous"]),
        language=st.sampled_from(["", "de"]),
    ),
    min_size=1,
    max_size=4,
)


@st.composite
def parties(draw: st.DrawFn, name: str) -> Party:
    schema = draw(st.sampled_from(PARTY_SCHEMATA))
    codes = st.lists(st.sampled_from(["cn", "gb", "hk", "us", "xk", "eu", "zz", "qq"]), unique=True, max_size=3)
    return Party(
        id=name,
        schema=schema,
        names=tuple(draw(UNIQUE_NAMES)),
        countries=tuple(draw(codes)),
        identifiers=tuple(draw(st.lists(NUMBERS, unique=True, max_size=3))),
        # of a person no address is held, and none is written
        addresses=() if schema == "Person" else tuple(draw(st.lists(TEXT, unique=True, max_size=2))),
        **{field: draw(strategy) for field, strategy in COMMON.items()},
    )


def listings(name: str) -> st.SearchStrategy[Listing]:
    return st.builds(
        Listing,
        id=st.just(name),
        subject=st.sampled_from(IDS),
        list=st.sampled_from(sorted(lists.known(readable=False))),
        programme=LONG,
        announced=DAY,
        published=DAY,
        effective=DAY,
        scope=st.sampled_from([(), ("video", "telecom")]),
        reach=LONG,
        requirement=LONG,
        policy=LONG,
        citation=LONG,
        **COMMON,
    )


def links(name: str) -> st.SearchStrategy[Link]:
    return st.builds(
        Link,
        id=st.just(name),
        kind=st.sampled_from(
            ["owns", "votes", "controls", "appoints", "officer", "supplies", "linked_to", "same_as", "makes", "brands"]
        ),
        src=st.sampled_from(IDS),
        dst=st.sampled_from(IDS),
        share=SHARE,
        interest=st.sampled_from(["", "capital", "votes", "board"]),
        direct=st.booleans(),
        component_of=st.sampled_from(["", "l1"]),
        joint_group=st.sampled_from(["", "g"]),
        attributed=st.booleans(),
        status=st.sampled_from(["completed", "announced", "alleged", "ended", "refuted"]),
        scope=st.none() | st.just(Scope("Acme", "doorbells", ("A*",), ("video",))),
        evidence=LONG,
        note=LONG,
        **COMMON,
    )


FACTS = st.tuples(
    st.tuples(*(parties(name) for name in IDS)),
    st.tuples(*(listings(name) for name in ("l1", "ftm:NK-9", "us_ofac_sdn:1/listing:a"))),
    st.tuples(*(links(name) for name in ("t1", "ftm:NK-8", "t:é"))),
)


def held(facts: Collection[Fact]) -> dict[str, Fact]:
    """Facts by id, without what a FollowTheMoney file cannot carry, each left out by its name.

    Where a fact was read is the file now: the source's dataset, version, locator and clock. Values of a
    property have no order, but for the first name, the first country, and addresses.
    """
    found: dict[str, Fact] = {}
    for fact in facts:
        source = Source("", text=fact.source.text, url=fact.source.url, publisher=fact.source.publisher)
        kept = replace(fact, source=source)
        if isinstance(kept, Party):
            first, *others = kept.names
            names = (first, *sorted(others, key=lambda name: (name.text, name.kind, name.language)))
            numbers = tuple(sorted(kept.identifiers, key=lambda one: (one.scheme, one.value)))
            kept = replace(kept, names=names, identifiers=numbers)
        found[fact.id] = kept
    return found


def read_back(path: Path, *facts: Collection[Any]) -> Facts:
    path.write_text("".join(f"{line}\n" for line in report.ftm_lines(*facts)), "utf-8")
    return lists.read(path, "ftm")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(FACTS)
def test_facts_written_and_read_back_are_the_same_facts(
    tmp_path: Path, facts: tuple[tuple[Party, ...], tuple[Listing, ...], tuple[Link, ...]]
) -> None:
    back = read_back(tmp_path / "x.json", *facts)
    for ours, theirs in zip(facts, (back.parties, back.listings, back.links), strict=True):
        assert held(theirs) == held(ours)
    assert back.rejected == ()
    assert back.dataset.records == sum(map(len, facts))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(FACTS)
def test_every_entity_written_is_valid_by_the_library(
    facts: tuple[tuple[Party, ...], tuple[Listing, ...], tuple[Link, ...]],
) -> None:
    written = entities(*facts)
    assert [problem for entity in written for problem in wrong(entity)] == []
    assert list(out_of_range(written)) == []
    assert len({entity["id"] for entity in written}) == len(written)


@pytest.mark.parametrize(
    "file", ["zala.entities.ftm.json", "parteispenden.entities.ftm.json", "t2.entities.delta.json"]
)
def test_real_entities_read_and_written_are_the_same_facts_and_valid(
    file: str, tmp_path: Path, real_data: Callable[[str], Path]
) -> None:
    first = lists.read(real_data(f"ftm/{file}"), "ftm")
    facts = (first.parties, first.listings, first.links)
    again = read_back(tmp_path / file.replace("delta", "ftm"), *facts)
    for ours, theirs in zip(facts, (again.parties, again.listings, again.links), strict=True):
        assert held(theirs) == held(ours)
    written = entities(*facts)
    assert [problem for entity in written for problem in wrong(entity)] == []
    assert list(out_of_range(written)) == []
    assert report.ftm_left_out(*facts) == ()
