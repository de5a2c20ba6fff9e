"""Columns are found by what they mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from underlabel import items
from underlabel.model import InputError, Item, ItemParty, UsageError

Write = Callable[..., Path]


def only(path: Path) -> Item:
    (item,) = items.read(path).items
    return item


@pytest.mark.parametrize(
    ("heading", "means"),
    [
        ("Brand", "brand"),
        ("MAKE:", "brand"),
        ("brand_name", "brand"),
        ("Camera make", "brand"),
        ("Asset Model No.", "model"),
        ("modelNumber", "model"),
        ("Part #", "model"),
        ("Manufacturer Name", "maker"),
        ("OEM", "maker"),
        ("Made by", "maker"),
        ("Name of manufacturer", "maker"),
        ("Supplier Name", "supplier"),
        ("BeneficiaryName", "supplier"),
        ("Payee", "supplier"),
        ("Creditor", "supplier"),
        ("Vendor", "supplier"),
        ("OrganisationLabel", "purchaser"),
        ("Buyer", "purchaser"),
        ("Intermediate Consignee", "intermediate_consignee"),
        ("Ultimate consignee", "ultimate_consignee"),
        ("consignee_name", "ultimate_consignee"),
        ("End-user", "end_user"),
        ("Bank name", "bank"),
        ("Item Description", "text"),
        ("Asset", "text"),
        ("Make & Model", "text"),
        ("Make/Model", "text"),
        ("Goods description (English)", "text"),
        ("FCC ID", "fcc_id"),
        ("EAN-13", "gtin"),
        ("Barcode", "gtin"),
        ("ECCN", "eccn"),
        ("Country of destination", "destination"),
        ("End use", "use"),
        ("Camera Location", "site"),
        ("HTTP title", "banner"),
        ("MACAddress", "mac"),
        ("IP Address", "ip"),
        ("Supplier country", "supplier_country"),
        ("Country of consignee", "ultimate_consignee_country"),
        ("End user address", "end_user_address"),
    ],
)
def test_a_heading_is_understood_in_many_wordings(text: Write, heading: str, means: str) -> None:
    samples = {"mac": "00:40:8C:11:22:33", "ip": "10.0.0.7"}
    path = text(
        f'Site,"{heading}"\nDepot,{samples.get(means, "Example A1")}\n' if means != "site" else f"{heading}\nHall\n"
    )
    assert items.read(path).inventory.meanings[heading] == means


@pytest.mark.parametrize(
    "heading",
    ["Supplier Number", "Maker code", "Brand ID", "Camera ID", "Firmware version", "Country of origin", "Label", ""],
)
def test_a_heading_that_means_something_else_stays_in_the_users_row_only(text: Write, heading: str) -> None:
    reading = items.read(text(f"Model,{heading}\nP3245,17\n"))
    assert list(reading.inventory.meanings.values()) == ["model"]
    assert reading.items[0].raw[heading or "column 2"] == "17"


def test_columns_may_stand_in_any_order_and_every_party_keeps_its_role(text: Write) -> None:
    item = only(
        text(
            "Consignee country,Qty,End user,Consignee,ECCN,Bank,Description,Price (EUR),Ship via\n"
            'China,4,Example Works,Example Trading,4A994,Example Bank,Network switch,"1,250.00",Sea\n'
        )
    )
    assert item.parties == (
        ItemParty("ultimate_consignee", "Example Trading", "cn"),
        ItemParty("end_user", "Example Works"),
        ItemParty("bank", "Example Bank"),
    )
    assert (item.quantity, item.value, item.currency, item.eccn) == ("4", "1,250.00", "EUR", "4A994")
    assert item.raw["Ship via"] == "Sea"


def test_a_column_of_mac_addresses_is_one_whatever_it_is_called(text: Write) -> None:
    item = only(text("Bezeichnung;Kennung\nKamera Hof;00:40:8C:AA:BB:01\n"))
    assert item.mac == "00:40:8C:AA:BB:01"


def test_barcodes_of_twelve_digits_are_not_taken_for_mac_addresses(text: Write) -> None:
    reading = items.read(text("Product,Ref\nKettle,012345678905\nLamp,036000291452\n"))
    assert "mac" not in reading.inventory.meanings.values()


def test_a_mac_heading_over_something_else_is_not_believed(text: Write) -> None:
    reading = items.read(text("Asset,Mac\nLaptop A,yes\nLaptop B,no\n"))
    assert "mac" not in reading.inventory.meanings.values()


def test_firmware_versions_are_not_addresses(text: Write) -> None:
    reading = items.read(text("Model,Firmware\nP3245,10.12.3.1\nP3225,9.80.2.1\n"))
    assert "ip" not in reading.inventory.meanings.values()


def test_a_vendor_beside_network_columns_is_the_maker_and_the_note_says_how_to_change_it(text: Write) -> None:
    reading = items.read(text("IP,MAC,Vendor\n10.0.0.4,00:40:8C:00:00:01,Axis Communications AB\n"))
    assert reading.items[0].named("maker")[0].name == "Axis Communications AB"
    assert any("--map 'Vendor=supplier'" in note for note in reading.inventory.notes)


def test_of_two_columns_with_one_meaning_the_better_filled_is_taken_and_the_other_is_named(text: Write) -> None:
    rows = "".join(f"Camera {row},,{'rare' if row == 1 else ''}\n" for row in range(6))
    reading = items.read(text(f"Details,Ref,Description\n{rows}"))
    assert reading.items[0].text == "Camera 0"
    assert reading.inventory.notes == ("column 'Description' also looks like text: 'Details' was taken",)


def test_a_user_can_say_what_a_column_means(text: Write) -> None:
    path = text("Firma,Artikel,Vendor\nAxis,P3245,Example Shop\n")
    reading = items.read(path, {"firma": "manufacturer", "Artikel": "model", "Vendor": "none"})
    assert reading.inventory.meanings == {"Firma": "maker", "Artikel": "model"}
    assert reading.items[0].parties == (ItemParty("maker", "Axis"),)


def test_a_mapped_column_finds_the_header_below_title_rows(text: Write) -> None:
    reading = items.read(text("Bestand,,\nStand 2021,,\nFirma,Artikel,Ort\nAxis,P3245,Hof\n"), {"Firma": "brand"})
    assert [(line.brand, line.place.row) for line in reading.items] == [("Axis", 4)]


def test_an_unknown_column_is_refused_with_the_nearest_and_the_list(text: Write) -> None:
    with pytest.raises(UsageError) as refused:
        items.read(text("Brand,Model\nAxis,P3245\n"), {"Modell": "model"})
    assert refused.value.what == "there is no column 'Modell'"
    assert refused.value.hint == "did you mean 'Model'? columns: Brand, Model"


def test_an_unknown_meaning_is_refused_with_the_nearest_and_the_list(text: Write) -> None:
    with pytest.raises(UsageError) as refused:
        items.read(text("Brand,Model\nAxis,P3245\n"), {"Model": "modle"})
    assert "did you mean 'model'?" in refused.value.hint
    assert "ultimate_consignee" in refused.value.hint


def test_two_columns_cannot_be_mapped_to_one_meaning(text: Write) -> None:
    with pytest.raises(UsageError, match="two columns are mapped to brand"):
        items.read(text("A,B\nAxis,P3245\n"), {"A": "brand", "B": "brand"})


def test_a_table_nobody_understands_is_refused_with_its_columns(text: Write) -> None:
    with pytest.raises(InputError) as refused:
        items.read(text("Firma,Menge\nAxis,3\n"))
    assert refused.value.what == "no column could be understood"
    assert "--map column=meaning" in refused.value.hint
    assert refused.value.hint.endswith("columns: Firma, Menge")


def test_an_amount_alone_does_not_make_an_inventory(text: Write) -> None:
    with pytest.raises(InputError, match="no column could be understood"):
        items.read(text("Ref,Amount\nA-1,3\n"))


def test_a_list_without_headings_is_read_by_content(text: Write) -> None:
    reading = items.read(text("10.0.0.1,00:40:8c:00:00:01\n10.0.0.2,00:40:8c:00:00:02\n"))
    assert [item.place.row for item in reading.items] == [1, 2]
    assert reading.inventory.columns == ("column 1", "column 2")
    assert "no row of headings was found: columns are numbered" in reading.inventory.notes


def test_columns_of_one_name_are_kept_apart(text: Write) -> None:
    item = only(text("Model,Note,Note\nP3245,first,second\n"))
    assert item.raw == {"Model": "P3245", "Note": "first", "Note (2)": "second"}


@pytest.mark.parametrize("said", ["n/a", "Unknown", "-", "Not recorded", "TBC"])
def test_words_for_not_known_are_no_brand_but_stay_in_the_row(text: Write, said: str) -> None:
    item = only(text(f"Brand,Site\n{said},Hall\n"))
    assert item.brand == ""
    assert item.raw["Brand"] == said


def test_several_banner_columns_are_all_kept(text: Write) -> None:
    item = only(text("IP,HTTP title,RTSP server\n10.0.0.9,NVR login,Rtsp Server/2.0\n"))
    assert item.banners == ("NVR login", "Rtsp Server/2.0")


def test_headings_repeated_inside_the_table_and_totals_are_no_lines(text: Write) -> None:
    reading = items.read(text("Supplier,Total\nExample Ltd,5\nSupplier,Total\nOther Ltd,6\nGrand Total,11\n"))
    assert [item.named("supplier")[0].name for item in reading.items] == ["Example Ltd", "Other Ltd"]
    assert [(each.where, each.reason.split(",")[0]) for each in reading.rejected] == [
        ("inventory.csv:3:1", "the headings again"),
        ("inventory.csv:5:1", "the row is a total of others"),
    ]
    assert reading.inventory.lines == 4


def test_every_meaning_in_the_table_of_headings_is_one_a_user_can_ask_for() -> None:
    table = Path(items.__file__).with_name("columns.csv").read_text(encoding="utf-8").splitlines()[1:]
    headings = [line.rpartition(",")[0] for line in table]
    assert {line.rpartition(",")[2] for line in table} <= {*items.MEANINGS, "vendor"}
    assert len(headings) == len(set(headings))
