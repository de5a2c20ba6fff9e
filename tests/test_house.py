"""The house: every room has its door, its five lines, and imports only what they say."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "underlabel"
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
KEYS = ("In: ", "Out: ", "May import: ", "Not here: ", "Start at: ")


def layers() -> list[list[str]]:
    """Read the layers of the contract file, highest first."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    text = contracts["importlinter:contract:layers"]["layers"]
    return [[room.strip() for room in line.split("|")] for line in text.split("\n") if line.strip()]


def below(room: str) -> set[str]:
    """Every room a room may import by the contract file."""
    found = layers()
    height = next(number for number, rooms in enumerate(found) if room in rooms)
    return {lower for rooms in found[height + 1 :] for lower in rooms}


def five_lines(room: str) -> list[str]:
    """Read the last five lines of a room's docstring."""
    tree = ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").splitlines()[-5:]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_goes_in_and_out_in_five_lines(room: str) -> None:
    assert [line.startswith(key) for line, key in zip(five_lines(room), KEYS, strict=True)] == [True] * 5


@pytest.mark.parametrize("room", ROOMS)
def test_may_import_agrees_with_the_contract(room: str) -> None:
    stated = five_lines(room)[2].removeprefix("May import: ").rstrip(".")
    rooms = set() if stated == "nothing of ours" else set(stated.split(", "))
    if room == "report":
        assert rooms == {"model"}
    else:
        assert rooms == below(room)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_starts_where_it_says(room: str) -> None:
    start = five_lines(room)[4].removeprefix("Start at: ").split(",")[0].rstrip(".").strip()
    start = start if start.endswith(".py") else f"{start}.py"
    assert (PACKAGE / room / start).is_file()


def test_the_contracts_name_every_room() -> None:
    assert sorted(room for rooms in layers() for room in rooms) == ROOMS


def test_only_a_judge_makes_each_judgement() -> None:
    makers = {"Hit": "match", "Mention": "match", "Reach": "own", "Finding": "trace"}
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
                assert room == makers[node.func.id], f"{path}: only {makers[node.func.id]} makes a {node.func.id}"


def test_rooms_load_only_when_used() -> None:
    code = "import sys, underlabel; print(sorted(m for m in sys.modules if m.startswith('underlabel.')))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
