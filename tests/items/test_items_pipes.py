"""An inventory that comes out of a pipe is read as from a file."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from underlabel import items
from underlabel.items import limits
from underlabel.model import InputError, NoInputError


@contextmanager
def pipe(folder: Path, content: bytes) -> Iterator[Path]:
    path = folder / "stock"
    os.mkfifo(path)
    writer = threading.Thread(target=_write, args=(path, content), daemon=True)
    writer.start()
    yield path
    writer.join(timeout=10)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except BrokenPipeError:
        return  # the reader had enough


def test_a_pipe_is_read_as_a_file_is(tmp_path: Path) -> None:
    with pipe(tmp_path, b"Brand;Model\nAxis;P3245\nBosch;NBE\n") as path:
        reading = items.read(path)
    assert [(item.brand, str(item.place)) for item in reading.items] == [("Axis", "stock:2"), ("Bosch", "stock:3")]
    assert reading.inventory.file == "stock"


def test_a_file_descriptor_that_a_shell_hands_over_is_read() -> None:
    end, start = os.pipe()
    os.write(start, b"Brand,Model\nAxis,P3245\n")
    os.close(start)
    try:
        assert [item.brand for item in items.read(Path(f"/dev/fd/{end}")).items] == ["Axis"]
    finally:
        os.close(end)


def test_a_dash_is_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Brand,Model\nAxis,P3245\n")))
    reading = items.read(Path("-"))
    assert [(item.brand, str(item.place)) for item in reading.items] == [("Axis", "stdin:2")]


def test_an_error_names_the_pipe_and_not_the_copy(tmp_path: Path) -> None:
    with pipe(tmp_path, b"%PDF-1.7\n%\xe2") as path, pytest.raises(InputError, match="this is a PDF") as refused:
        items.read(path)
    assert refused.value.where == str(path)
    assert refused.value.hint


def test_an_empty_pipe_is_no_input(tmp_path: Path) -> None:
    with pipe(tmp_path, b"") as path, pytest.raises(NoInputError, match="the file is empty"):
        items.read(path)


def test_a_pipe_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PIPE", 1000)
    endless = b"Brand\n" + b"Axis\n" * 1000
    with pipe(tmp_path, endless) as path, pytest.raises(InputError, match="more than 1,000 bytes") as refused:
        items.read(path)
    assert refused.value.where == str(path)
