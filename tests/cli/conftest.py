"""A home built once, and the command called as a user calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from underlabel import cli

STOCK = """Item,Brand,Model,Type,Consignee,Consignee country
recorder,Lorex,N842A82,NVR,,
dome camera,Axis,P3245-V,camera,,
FPGA board,AMD,VCK190,component,"Hangzhou Hikvision Digital Technology Co., Ltd.",China
site survey,,,,,
"""


class Answer(msgspec.Struct, frozen=True):
    """What the command gave back."""

    code: int
    out: str
    err: str


Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Share one home between tests that only read."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def ask(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Call the command with some words and give back its code and what it printed."""
    monkeypatch.setenv("UNDERLABEL_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "120")

    def call(*words: str | Path) -> Answer:
        code = cli.main([str(word) for word in words])
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return call


@pytest.fixture
def stock(tmp_path: Path) -> Path:
    """Write an inventory of four lines."""
    path = tmp_path / "stock.csv"
    path.write_text(STOCK, encoding="utf-8")
    return path
