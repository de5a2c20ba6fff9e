"""Real files, read with no option given. Only counts are compared: council files name private persons."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from underlabel import items

RealData = Callable[[str], Path]

LAMBETH = {
    "2011-01": (1072, 0),
    "2011-02": (1138, 1),
    "2011-03": (1134, 1),
    "2011-04": (965, 1),
    "2011-05": (967, 1),
    "2011-06": (1040, 1),
    "2011-07": (1043, 1),
    "2011-08": (1010, 1),
    "2011-10": (1016, 1),
    "2011-11": (909, 1),
    "2011-12": (687, 1),
    "2012-01": (895, 1),
    "2012-02": (933, 1),
    "2012-03": (1083, 1),
    "2012-04": (971, 1),
    "2012-05": (945, 1),
    "2012-06": (3157, 0),
}


def test_the_table_of_camera_models_is_an_inventory(real_data: RealData) -> None:
    path = real_data("labels/cameras-2026-06-12.csv")
    reading = items.read(path)
    assert (len(reading.items), len(reading.rejected)) == (1314, 0)
    assert all(item.brand and item.model for item in reading.items)
    assert len({item.brand for item in reading.items}) == 67
    assert Counter(item.product_class for item in reading.items) == {"camera": 1276, "doorbell": 38}
    assert reading.inventory.version == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_models_as_json_give_the_same_lines(real_data: RealData) -> None:
    table = items.read(real_data("labels/cameras-2026-06-12.csv"))
    records = items.read(real_data("labels/cameras-2026-06-12.json.gz"))
    assert [(item.brand, item.model, item.product_class) for item in records.items] == [
        (item.brand, item.model, item.product_class) for item in table.items
    ]


def test_every_layout_of_lambeths_payments_names_payees_and_no_maker(real_data: RealData) -> None:
    folder = real_data("inventories/lambeth")
    counts = {}
    for path in sorted(folder.glob("*.csv")):
        reading = items.read(path)
        counts[path.name[:7]] = (len(reading.items), len(reading.rejected))
        named = sum(bool(item.named("supplier")) for item in reading.items)
        assert named >= len(reading.items) - 2
        assert not any(item.brand or item.named("maker") for item in reading.items)
        assert sum(bool(item.value) for item in reading.items) >= named - 1
    assert counts == LAMBETH


def test_a_camera_register_without_makes_gives_its_sites(real_data: RealData) -> None:
    reading = items.read(real_data("inventories/trafford/trafford_cctv_cameras.csv"))
    assert (len(reading.items), len(reading.rejected)) == (163, 0)
    assert all(item.site and not item.brand for item in reading.items)


def test_gzipped_spending_and_notices_are_read(real_data: RealData) -> None:
    expected = {
        "samples/bradford_2019-06_clean.csv.gz": (9501, "supplier"),
        "samples/gateshead_clean_2019-06.csv.gz": (7065, "supplier"),
        "trafford/government_procurement_card_transactions_2026-27.csv.gz": (2024, "supplier"),
        "contracts_finder/contracts_finder_2020-10-28_2020-11-27.csv.gz": (2564, "purchaser"),
    }
    for name, (count, role) in expected.items():
        reading = items.read(real_data(f"inventories/{name}"))
        assert (len(reading.items), len(reading.rejected)) == (count, 0)
        assert role in reading.inventory.meanings.values()
        assert not any(item.brand or item.named("maker") for item in reading.items)
