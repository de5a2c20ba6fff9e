"""Item to finding.

In: items, a World, a role.
Out: Findings.
May import: model, names, store, fetch, lists, own, labels, items, news, match, law, world.
Not here: files of output; decisions after a finding.
Start at: pipeline.py.
"""
