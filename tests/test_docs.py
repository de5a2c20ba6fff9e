"""The documentation is true: sessions print what pages show, links lead somewhere, the reference is the code's.

How a page is tested (`tools/sessions.py`): in a block marked `console`, each line `$ underlabel …` is run, and what it
prints on standard output must be what the page shows below it. `$ make`, `$ git` and `$ cd` are not run; any other
command fails. A line that is exactly `…` stands for any number of lines; blanks at the end of a line do not count. Add
`2>&1` to show what goes to standard error. A block marked `csv stock.csv` (or json, jsonl, text) that stands above is
written to that name first. Each page has a folder and a home of its own, 100 columns and no colour. Show no run id
and no clock.

After a change of wording: `python tools/sessions.py --write README.md docs/…` renews what pages show, and
`python tools/reference.py` the pages of the reference; after one of weights, of rarity or of the scorer,
`python -m tools.scores` the page on scores.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import finding, reference, scores, sessions

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOWING = [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")]
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)|(?:src|href)=\"(?P<html>[^\"]+)\"")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a home with the starter facts, once; each page gets a copy."""
    return sessions.new_home(tmp_path_factory.mktemp("docs"))


@pytest.mark.parametrize("page", SHOWING, ids=name)
def test_a_session_on_a_page_prints_what_the_page_shows(page: Path, home: Path, tmp_path: Path) -> None:
    ran = 0
    for step, printed in sessions.played(page.read_text(encoding="utf-8"), home, tmp_path):
        where = f"{name(page)}:{step.line}: $ {step.command}"
        assert sessions.agrees(step.shown, printed), f"{where}\n" + "\n".join(printed)
        ran += 1
    assert ran, f"{name(page)} shows sessions, and none of them is run"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file_that_is_there(page: Path) -> None:
    targets = [found["target"] or found["html"] for found in _LINK.finditer(page.read_text(encoding="utf-8"))]
    local = [target.split("#")[0] for target in targets if "://" not in target]
    assert [target for target in local if target and not (page.parent / target).exists()] == []


def test_the_reference_is_what_the_code_says() -> None:
    stale = [
        page
        for page, text in reference.pages().items()
        if (reference.FOLDER / page).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run python tools/reference.py"


def test_the_page_on_scores_is_what_the_code_says() -> None:
    text = scores.PAGE.read_text(encoding="utf-8")
    assert scores.page(text) == text, "run python -m tools.scores"


def test_the_page_on_scores_shows_every_part_that_is_made() -> None:
    shown = re.findall(r"<!-- scores: ([\w-]+) -->", scores.PAGE.read_text(encoding="utf-8"))
    assert shown == list(scores.PARTS)


def test_a_figure_changed_by_hand_is_put_right_and_the_words_around_it_stay() -> None:
    shown = "By hand.\n<!-- scores: words -->\n\n| `of` | 0.99 | function |\n\n<!-- end -->\nBy hand, too.\n"
    made = scores.page(shown)
    assert made == scores.page(made)
    assert "| `of` | 0.05 | function |" in made
    assert "0.99" not in made
    assert made.startswith("By hand.\n<!-- scores: words -->\n")
    assert made.endswith("<!-- end -->\nBy hand, too.\n")


@pytest.mark.parametrize(
    ("shown", "holds"),
    [
        (("a", "b", "c"), True),
        (("a", "…"), True),
        (("…", "c"), True),
        (("…", "b", "…"), True),
        (("a", "b", "c", "…"), True),
        (("a", "c"), False),
        (("a", "…", "b"), False),
        (("…c",), False),
        ((), False),
    ],
)
def test_an_elision_stands_for_whole_lines_only(shown: tuple[str, ...], holds: bool) -> None:  # noqa: FBT001 - a case
    assert sessions.agrees(shown, ("a", "b", "c")) is holds


def test_renewing_keeps_what_was_left_out() -> None:
    assert sessions.renewed(("…", "b 1", "…"), ("a 1", "b 2", "c 3")) == ("…", "b 2", "…")
    assert sessions.renewed(("b 1",), ("a 1", "b 2")) == ("a 1", "b 2")


def test_a_command_that_nobody_runs_is_refused() -> None:
    with pytest.raises(ValueError, match="line 3: 'jq' is shown but nobody runs it"):
        list(sessions.steps("Text.\n```console\n$ jq . findings.jsonl\n{}\n```\n"))
    assert list(sessions.steps("```console\n$ make demo\nmuch\n```\n")) == []


def test_files_shown_above_are_there_when_a_command_runs() -> None:
    text = "```csv a.csv\nbrand\n```\n```console\n$ underlabel x\nout\n$ underlabel y\n```\n```csv b.csv\n```\n"
    assert [(one.line, one.command, one.shown, one.files) for one in sessions.steps(text)] == [
        (5, "underlabel x", ("out",), {"a.csv": "brand\n"}),
        (7, "underlabel y", (), {"a.csv": "brand\n"}),
    ]


def test_the_picture_in_the_readme_is_what_the_report_draws() -> None:
    assert finding.TARGET.read_text(encoding="utf-8") == finding.picture(), "run python tools/finding.py"
