"""Model codes: the codes in a text, and patterns that recognise a maker's own."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from underlabel.model import InputError

_TOKEN: Final = re.compile(r"[^\s,;()\[\]{}\"'|]+")
_MEASURE: Final = re.compile(r"\d+(?:\.\d+)?(?:MP|MM|GB|TB|CH|FPS|[KPMXVW])")
_CODE_LENGTH: Final = 4
HEAD: Final = 3
"""A pattern of no brand begins with this many plain signs at least."""
_MEANT_FOR: Final = frozenset({"for", "fits", "with", "to", "replaces", "not", "without", "unlike"})


def check(pattern: str, *, branded: bool) -> str:
    """The pattern in upper case.

    A pattern is a glob: `*`, `?` and `[0-9]`, and begins with plain signs: three at least, or
    two where it speaks of one brand's models only. Errors: `InputError`; a pattern that begins
    with a wildcard would match everybody's.
    """
    head, least = re.split(r"[*?\[]", pattern, maxsplit=1)[0], HEAD - branded
    if len(head) < least or pattern != pattern.strip():
        raise InputError(
            f"'{pattern}' is too wide for a model pattern",
            hint=f"write at least {least} plain signs before the first * ? or [: IPC-HFW*",
        )
    return pattern.upper()


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """The glob as an expression; `fnmatch` writes `*` as an atomic group, so no input makes it slow."""
    return re.compile(fnmatch.translate(pattern.upper()))


def codes(text: str) -> tuple[str, ...]:
    """The tokens of a text that may be model codes, upper case, also those joined by a slash.

    What follows "for", "fits", "with", "to", "replaces" or "not" is another thing's code and left out.
    """
    found: dict[str, None] = {}
    before = ""
    for token in _TOKEN.findall(text.upper()):
        if before not in _MEANT_FOR:
            found[token] = None
            found.update(dict.fromkeys(part for part in re.split(r"[/:]", token) if part))
        before = token.casefold()
    return tuple(found)


def comparable(tokens: Iterable[str]) -> bool:
    """Whether any token looks like a model code: four signs or more with a digit, and no measure ("1080P")."""
    return any(
        len(token) >= _CODE_LENGTH and any(sign.isdigit() for sign in token) and not _MEASURE.fullmatch(token)
        for token in tokens
    )


def first_match(patterns: Sequence[str], tokens: Iterable[str]) -> str:
    """The first token any pattern matches whole, or ""."""
    expressions = [compiled(pattern) for pattern in patterns]
    return next((token for token in tokens if any(expression.match(token) for expression in expressions)), "")
