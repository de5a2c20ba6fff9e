"""Every evaluation on the real data: `make eval`. Fails where the data is missing or a figure is below its floor."""

from __future__ import annotations

import os
import sys

from evals import (
    accounting,
    csl_against_ecfr,
    facts_against_lists,
    killed,
    known_facts,
    makers_against_lists,
    matching,
    same_company,
    tracing,
)

if __name__ == "__main__":
    if not os.environ.get("UNDERLABEL_TEST_DATA"):
        sys.stderr.write("error: the real data is not there\nhint: set UNDERLABEL_TEST_DATA to its folder\n")
        raise SystemExit(1)
    failed = 0
    for one in (
        accounting,
        known_facts,
        csl_against_ecfr,
        facts_against_lists,
        makers_against_lists,
        tracing,
        matching,
        same_company,
        killed,
    ):
        print(f"== {one.__name__.removeprefix('evals.').replace('_', ' ')}", flush=True)
        failed = max(failed, one.main())
    raise SystemExit(failed)
