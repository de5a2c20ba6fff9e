"""What every test may use: the real data, where it is, and a count of what was skipped without it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from underlabel import world

VARIABLE = "UNDERLABEL_TEST_DATA"
REASON = f"real data not found: set {VARIABLE}"


@pytest.fixture(scope="session")
def real_data() -> Callable[[str], Path]:
    """Give the path of a real file below the folder of real data, or skip the test."""

    def find(name: str) -> Path:
        folder = os.environ.get(VARIABLE)
        if not folder:
            pytest.skip(REASON)
        path = Path(folder) / name
        assert path.exists(), f"{VARIABLE} is set but holds no {name}"
        return path

    return find


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> world.World:
    """Open a World of the starter facts, built once."""
    return world.open_world(world.home(tmp_path_factory.mktemp("home")))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many tests were skipped for want of the real data."""
    skipped = terminalreporter.stats.get("skipped", [])
    wanting = sum(REASON in str(report.longrepr) for report in skipped)
    terminalreporter.write_line(f"skipped for want of real data: {wanting}")
