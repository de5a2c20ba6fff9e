from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import labels
from underlabel.model import Held, Item, ItemParty, Link, Making, Place

FIXTURES = Path(__file__).parent / "fixtures"
NOW = date(2026, 11, 23)
REGISTRY = labels.registry(FIXTURES / "manuf.txt", date(2026, 10, 1))
BOOK = labels.book(labels.read(FIXTURES / "facts.csv").links, REGISTRY.blocks, REGISTRY.dataset.edition)


def item(**what: object) -> Item:
    return Item(place=Place("stock.csv", 2), **what)  # type: ignore[arg-type] # a test names only the fields it needs


def under_another_brand(link: Link) -> Link:
    assert link.scope is not None
    scope = msgspec.structs.replace(link.scope, brand="Havs")
    return msgspec.structs.replace(link, id=f"{link.id}:havs", src="label:havs", scope=scope)


def said(found: tuple[Making, ...]) -> list[tuple[str, str, str, str]]:
    return [(making.relation, making.evidence, making.party or making.name, str(making.fits)) for making in found]


def test_a_brand_owner_and_a_maker_are_both_named() -> None:
    assert said(BOOK.makers(item(brand="norrskog"), NOW)) == [
        ("makes", "brand", "norrskog-ab", "yes"),
        ("brands", "brand", "norrskog-ab", "yes"),
    ]


def test_a_listed_spelling_of_the_brand_is_the_brand() -> None:
    assert said(BOOK.makers(item(brand="NORR-SKOG"), NOW)) == said(BOOK.makers(item(brand="Norrskog"), NOW))


@pytest.mark.parametrize("brand", ["Norrskog Electronics", "Jornorrskog", "Norrskog India", "Norr"])
def test_a_longer_or_shorter_name_is_another_brand(brand: str) -> None:
    assert BOOK.makers(item(brand=brand, text="Norrskog camera"), NOW) == ()


def test_a_fact_holds_between_its_days_and_its_words_about_a_line_leave_a_doubt() -> None:
    camera = item(brand="Kestrel", product_class="camera")
    then = [making for making in BOOK.makers(camera, date(2017, 6, 1)) if making.relation == "makes"]
    assert [(making.confidence, making.fits, making.link.status if making.link else "") for making in then] == [
        ("high", Held.MAYBE, "completed")
    ]
    now = [
        making for making in BOOK.makers(camera, NOW) if making.link and making.link.id == "labels:kestrel-new:makes"
    ]
    assert [(making.confidence, making.held, making.link.status if making.link else "") for making in now] == [
        ("medium", Held.YES, "alleged")
    ]
    assert all(making.relation == "brands" for making in BOOK.makers(camera, date(2011, 1, 1)))


def test_a_day_inside_an_uncertain_stretch_is_maybe() -> None:
    found = BOOK.makers(item(brand="Kestrel", product_class="camera"), date(2012, 6, 1))
    assert [making.held for making in found if making.relation == "makes"] == [Held.MAYBE]


def test_a_model_pattern_takes_in_its_models_excludes_others_and_doubts_without_one() -> None:
    def fits(**what: object) -> list[tuple[str, Held, str]]:
        found = BOOK.makers(item(brand="Kestrel", **what), NOW)
        ours = [making for making in found if making.link and making.link.id == "labels:kestrel-models:makes"]
        return [(making.evidence, making.fits, making.text) for making in ours]

    assert fits(model="KL9292 Nocturnal") == [("model", Held.YES, "KL9292")]
    assert fits(text="Kestrel KN12B kit") == [("model", Held.YES, "KN12B")]
    assert fits(model="W452ASD") == [("brand", Held.NO, "Kestrel")]
    assert fits(model="4K Bullet") == [("brand", Held.MAYBE, "Kestrel")]
    assert fits() == [("brand", Held.MAYBE, "Kestrel")]


def test_a_makers_own_model_code_counts_under_a_foreign_brand() -> None:
    found = BOOK.makers(item(brand="Nobody", model="NSK-2C44"), NOW)
    assert [(making.evidence, making.party, making.text, making.fits) for making in found] == [
        ("model", "norrskog-ab", "NSK-2C44", Held.YES)
    ]
    assert BOOK.makers(item(text="bracket for NSK-2C44"), NOW) == ()


def test_a_product_class_outside_the_fact_excludes_it() -> None:
    assert said(BOOK.makers(item(brand="Plover", product_class="thermostat"), NOW)) == [
        ("makes", "brand", "plover-inc", "yes"),
        ("brands", "brand", "plover-inc", "yes"),
        ("makes", "brand", "norrskog-ab", "no"),
    ]
    unstated = BOOK.makers(item(brand="Plover"), NOW)
    assert {making.fits for making in unstated} == {Held.MAYBE}


def test_a_refuted_claim_names_nobody_but_is_noted_on_the_brands_other_facts() -> None:
    found = BOOK.makers(item(brand="Plover", product_class="camera"), NOW)
    assert all(making.party != "kestrel-ltd" for making in found)
    assert all("refuted: that Kestrel makes Plover" in making.note for making in found)
    assert BOOK.makers(item(brand="Kestrel Kites"), NOW) == ()


def test_the_brand_is_read_from_the_text_only_where_no_brand_is_given() -> None:
    assert [making.party for making in BOOK.makers(item(text="2x Norrskog dome"), NOW)] == ["norrskog-ab"] * 2
    assert BOOK.makers(item(brand="Curlew", text="2x Norrskog dome"), NOW) == ()


def test_every_brand_a_text_names_is_said_and_none_is_sure() -> None:
    found = BOOK.makers(item(text="We removed all Norrskog cameras and fitted Plover", product_class="thermostat"), NOW)
    assert {making.party for making in found} == {"norrskog-ab", "plover-inc"}
    assert {making.confidence for making in found} == {"low"}
    assert all("several brands are named in the text: Norrskog, Plover" in making.note for making in found)


def test_two_brands_of_one_maker_are_no_doubt() -> None:
    links = (*labels.read(FIXTURES / "facts.csv").links,)
    also = labels.book([*links, *(under_another_brand(link) for link in links if link.src == "label:norrskog")])
    found = also.makers(item(text="Norrskog Havs camera"), NOW)
    assert {(making.party, making.confidence) for making in found} == {("norrskog-ab", "high")}
    assert {making.text for making in found} == {"Norrskog", "Havs"}


def test_a_brand_read_in_prose_is_of_low_confidence_unless_a_code_of_its_maker_stands_there() -> None:
    def sure(text: str) -> set[tuple[str, str]]:
        found = BOOK.makers(item(text=text), NOW)
        return {(making.confidence, making.note) for making in found if making.evidence == "brand"}

    assert sure("Norrskog dome") == {("high", "the brand was read out of the text")}
    assert sure("spare dome cover by Norrskog") == {("low", "the brand was read in the text")}
    assert sure("a dome that we think was once made in Norrskog") == {("low", "the brand was read in the text")}
    assert sure("spare dome camera of Norrskog NSK-2C44") == {("high", "the brand was read out of the text")}


def test_a_brand_in_its_own_column_is_never_prose() -> None:
    found = BOOK.makers(item(brand="norrskog", text="one of the many things that stood in the old stock room"), NOW)
    assert {making.confidence for making in found} == {"high"}


@pytest.mark.parametrize(
    ("mac", "says"),
    [
        ("", ""),
        ("  ", ""),
        ("90:02:A9:01:02:03", ""),
        ("n.k.", "the MAC address n.k. cannot be read"),
        ("00:00:00:00:00:00", "the MAC address 00:00:00:00:00:00 is all zeros"),
        ("02:42:ac:11:00:02", "the MAC address 02:42:ac:11:00:02 is locally administered"),
        ("01:00:5e:00:00:fb", "the MAC address 01:00:5e:00:00:fb is multicast"),
        ("FC:FF:FF:00:00:01", "the MAC address FC:FF:FF:00:00:01 is in no block of the registry of 2026-10-01"),
        ("34-46-63-3F-00-01", "the MAC address 34-46-63-3F-00-01 is in no block of the registry of 2026-10-01"),
        ("44:00:01:00:00:01", "the MAC address 44:00:01:00:00:01 is in a block whose holder is not published"),
    ],
)
def test_a_mac_that_told_nothing_says_why(mac: str, says: str) -> None:
    assert BOOK.mac_says(item(mac=mac)) == says
    assert bool(BOOK.makers(item(mac=mac), NOW)) == (bool(mac.strip()) and not says)


def test_without_a_registry_no_mac_is_said_to_be_in_no_block() -> None:
    assert "no registry of MAC addresses is loaded" in labels.book(()).mac_says(item(mac="90:02:A9:01:02:03"))


def test_a_supplier_is_never_taken_for_a_maker() -> None:
    assert BOOK.makers(item(parties=(ItemParty("supplier", "Norrskog"),)), NOW) == ()


def test_a_maker_the_user_names_is_kept_and_known_as_a_brand() -> None:
    found = BOOK.makers(item(parties=(ItemParty("maker", "Norrskog"),)), NOW)
    assert said(found)[-1] == ("named", "named", "Norrskog", "yes")
    assert said(found)[0] == ("makes", "brand", "norrskog-ab", "yes")
    unknown = BOOK.makers(item(parties=(ItemParty("maker", "Curlew GmbH"),)), NOW)
    assert said(unknown) == [("named", "named", "Curlew GmbH", "yes")]


def test_the_longest_block_names_the_holder() -> None:
    def holder(mac: str) -> list[str]:
        return [making.name for making in BOOK.makers(item(mac=mac), NOW)]

    assert holder("90:02:a9:01:02:03") == ["Norrskog Optik AB"]
    assert holder("8C1F.64F4.B001") == ["Jorkestrel India Private Limited"]
    assert holder("34-46-63-2F-00-01") == ["Plover Technologies"]
    assert holder("34-46-63-3F-00-01") == []
    assert holder("44:00:01:00:00:01") == []
    assert holder("FC:FF:FF:00:00:01") == []


def test_a_block_outranks_the_label_and_says_what_it_is_worth() -> None:
    found = BOOK.makers(item(brand="Kestrel", mac="90:02:A9:01:02:03"), NOW)
    assert (found[0].evidence, found[0].name, found[0].party) == ("mac", "Norrskog Optik AB", "")
    assert found[0].note == "a block's holder is not always the maker; MAC registry of 2026-10-01"


def test_a_seller_of_network_parts_is_weak_evidence_of_the_maker() -> None:
    found = BOOK.makers(item(mac="24:0A:C4:01:02:03"), NOW)
    assert [(making.name, making.confidence) for making in found] == [("Espressif Inc.", "low")]
    assert "network parts" in found[0].note


def test_a_batch_answers_each_line_in_order_and_a_book_can_be_sent_elsewhere() -> None:
    lines = [item(brand="Kestrel"), item(), item(brand="Norrskog"), item(brand="Kestrel")]
    sent: labels.Book = pickle.loads(pickle.dumps(BOOK))  # noqa: S301 - our own bytes, made on this line
    assert labels.makers(lines, sent, NOW) == [BOOK.makers(line, NOW) for line in lines]
    assert labels.makers(lines, BOOK, NOW)[1] == ()


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=30),
    st.sampled_from(["", "Kestrel", "Plover", "Norrskog", "?"]),
    st.text(max_size=20),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
)
def test_whatever_a_line_says_every_answer_held_that_day_and_misfits_come_last(
    text: str, brand: str, mac: str, day: date
) -> None:
    found = BOOK.makers(item(text=text, brand=brand, model=text, mac=mac), day)
    assert all(making.held is not Held.NO for making in found)
    misfit = [making.fits is Held.NO for making in found]
    assert misfit == sorted(misfit)
