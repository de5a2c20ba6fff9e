"""Finding to page.

In: Findings and the Run they belong to; facts.
Out: table, CSV, XLSX, JSON Lines, HTML, SVG; of facts, FollowTheMoney.
May import: model.
Not here: how a finding came about.
Start at: writing.py.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from underlabel.report.cells import harmless
from underlabel.report.drawing import svg
from underlabel.report.flat import COLUMNS, rows
from underlabel.report.jsonlines import lines
from underlabel.report.placing import placed
from underlabel.report.summary import Summary, summary
from underlabel.report.words import said

if TYPE_CHECKING:
    from underlabel.report.ftm import ftm_left_out, ftm_lines
    from underlabel.report.writing import write

__all__ = [
    "COLUMNS",
    "Summary",
    "ftm_left_out",
    "ftm_lines",
    "harmless",
    "lines",
    "placed",
    "rows",
    "said",
    "summary",
    "svg",
    "write",
]
_LATER = {
    "ftm_left_out": "underlabel.report.ftm",
    "ftm_lines": "underlabel.report.ftm",
    "write": "underlabel.report.writing",
}


def __getattr__(name: str) -> object:
    """Load what brings large libraries (templates, workbooks, forms of numbers) when it is asked for."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
