"""Every benchmark, one after another: `make bench`. Read the ratios; absolute times mean little."""

from __future__ import annotations

from bench import commands, matching, snapshots, tracing

if __name__ == "__main__":
    raise SystemExit(max(commands.main(), snapshots.main(), tracing.main(), matching.main()))
