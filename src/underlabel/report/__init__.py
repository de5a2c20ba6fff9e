"""Finding to page.

In: Findings and the Run they belong to; facts; screened rows and compared pairs.
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
    from underlabel.report.compared import compared_brief, compared_texts, comparison, waterfall, write_compared
    from underlabel.report.ftm import ftm_left_out, ftm_lines
    from underlabel.report.screened import screened_brief, screened_lines, screened_texts, write_screened
    from underlabel.report.writing import write

__all__ = [
    "COLUMNS",
    "Summary",
    "compared_brief",
    "compared_texts",
    "comparison",
    "ftm_left_out",
    "ftm_lines",
    "harmless",
    "lines",
    "placed",
    "rows",
    "said",
    "screened_brief",
    "screened_lines",
    "screened_texts",
    "summary",
    "svg",
    "waterfall",
    "write",
    "write_compared",
    "write_screened",
]
_LATER = {
    "comparison": "underlabel.report.compared",
    "compared_brief": "underlabel.report.compared",
    "compared_texts": "underlabel.report.compared",
    "waterfall": "underlabel.report.compared",
    "write_compared": "underlabel.report.compared",
    "screened_brief": "underlabel.report.screened",
    "screened_lines": "underlabel.report.screened",
    "screened_texts": "underlabel.report.screened",
    "write_screened": "underlabel.report.screened",
    "ftm_left_out": "underlabel.report.ftm",
    "ftm_lines": "underlabel.report.ftm",
    "write": "underlabel.report.writing",
}


def __getattr__(name: str) -> object:
    """Load what brings large libraries (templates, workbooks, forms of numbers) when it is asked for."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
