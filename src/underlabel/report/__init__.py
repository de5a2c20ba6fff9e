"""Finding to page.

In: Findings and the Run they belong to.
Out: table, CSV, XLSX, JSON Lines, HTML, SVG.
May import: model.
Not here: how a finding came about.
Start at: writing.py.
"""
