"""The command in a process of its own: pipes that close, disks that are full."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-c", "import sys; from underlabel.cli import main; sys.exit(main())")


def _no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.mark.parametrize(("level", "code"), [((), 0), (("--fail-on", "linked"), 12)])
def test_a_reader_that_goes_away_changes_neither_the_code_nor_the_summary(
    home: Path, stock: Path, level: tuple[str, ...], code: int
) -> None:
    words = ("trace", str(stock), "--role", "us_agency", "--as-of", "2021-10-25", "--home", str(home), *level)
    with subprocess.Popen((*COMMAND, *words), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
        assert process.wait() == code
    assert "4 lines, 4 findings" in told
    assert "Broken pipe" not in told


def test_a_closed_pipe_under_help_is_no_failure() -> None:
    with subprocess.Popen((*COMMAND, "--help"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() == 0


@pytest.mark.parametrize(
    "words", [("--help",), ("law", "on", "2021-10-25"), ("law", "on", "2021-10-25", "-f", "table")]
)
def test_a_full_disk_is_an_error_with_a_hint(tmp_path: Path, words: tuple[str, ...]) -> None:
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run((*COMMAND, *words), stdout=out, stderr=subprocess.PIPE, check=False, preexec_fn=_no_room)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("error: standard output: ")
    assert b"hint: " in done.stderr
    assert b"Traceback" not in done.stderr
