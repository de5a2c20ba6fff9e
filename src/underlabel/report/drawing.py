"""A path as a drawing: item, label, maker, owners, listing, from top to bottom, as SVG.

Vertical, because a chain of six with words on its edges stays readable on a telephone and on paper alike.
"""

from __future__ import annotations

import hashlib
from html import escape
from importlib.resources import files
from typing import Final, NamedTuple

from underlabel.model import Path, Step
from underlabel.report.words import according, link, name, printable, status, told, when
from underlabel.report.wrapping import wrap

WIDE: Final = 360
_MARGIN: Final = 16
_RAIL: Final = 26
_BESIDE: Final = 46
_KIND: Final[dict[str, str]] = {"item": "ITEM", "label": "LABEL", "party": "PARTY", "listing": "LIST"}


class _Part(NamedTuple):
    """Drawn lines and the height they take."""

    svg: str
    height: float


class _Text(NamedTuple):
    """How one kind of text is set: its class, the size it is measured at, distance of lines and most lines."""

    style: str
    size: float
    leading: float
    most: int


_NAME: Final = _Text("name", 16, 19, 3)
_MORE: Final = _Text("more", 12, 16, 3)
_SAYS: Final = _Text("says", 14, 17, 3)
_FROM: Final = _Text("from", 12, 16, 2)


def svg(path: Path) -> str:
    """A path as one self-contained SVG picture: its own colours for light and dark, text escaped, links http(s) only.

    Each box is a step; each edge bears its words, its days, its confidence as a word and as a dash pattern
    (whole line: high, dashes: medium, dots: low) and its source, and reads downwards.
    """
    inner, height = _chain(path)
    wide, high = WIDE + 2 * _MARGIN, height + 2 * _MARGIN
    ground = f'<rect class="ground" width="{wide}" height="{_n(high)}"/>'
    body = f'{ground}<g transform="translate({_MARGIN} {_MARGIN})">{inner}</g>'
    mark = hashlib.sha256(body.encode(errors="backslashreplace")).hexdigest()[:10]
    return _picture(path, mark, f"<style>{style()}</style>{body}", (wide, high))


def drawing(path: Path, mark: str) -> str:
    """The same picture for a page that brings `style()` itself; `mark` is unlike that of its other drawings."""
    inner, height = _chain(path)
    return _picture(path, mark, inner, (WIDE, height))


def style() -> str:
    """The style sheet of drawings, as CSS."""
    return files("underlabel.report").joinpath("drawing.css").read_text(encoding="utf-8")


def _picture(path: Path, mark: str, inner: str, size: tuple[float, float]) -> str:
    wide, high = size
    names = [name(step) for step in path.steps]
    title = f"From {names[0]} to {names[-1]}" if len(names) > 1 else "".join(names)
    sentences = (according(before, step) for before, step in zip((None, *path.steps), path.steps, strict=False))
    told_all = " ".join(sentence for sentence in (path.says, *sentences) if sentence)
    return printable(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ul-path" role="group" viewBox="0 0 {_n(wide)} {_n(high)}"'
        f' width="{_n(wide)}" height="{_n(high)}" aria-labelledby="t{mark} d{mark}">'
        f'<title id="t{mark}">{escape(title)}</title><desc id="d{mark}">{escape(told_all)}</desc>{inner}</svg>'
    )


def _chain(path: Path) -> _Part:
    drawn: list[str] = []
    top = 1.0
    for before, step in zip((None, *path.steps), path.steps, strict=False):
        if before is not None:
            edge = _edge(before, step, top)
            drawn.append(edge.svg)
            top += edge.height
        box = _box(step, top)
        drawn.append(box.svg)
        top += box.height
    return _Part("".join(drawn), top + 1)


def _box(step: Step, top: float) -> _Part:
    left = 36 if step.kind == "label" else 16
    room = WIDE - left - 14
    kind = f"LIST · {step.text}" if name(step) != step.text else _KIND[step.kind]
    lines = [f'<text class="kind" x="{left}" y="{_n(top + 20)}">{escape(kind)}</text>']
    bottom = top + 24
    for text, how in ((name(step), _NAME), (step.detail, _MORE)):
        block = _block(text, how, left, bottom, room)
        lines.append(block.svg)
        bottom += block.height
    height = bottom + 12 - top
    body = _shape(step.kind, top, height) + "".join(lines)
    url = link(step.url)
    if url:
        # The source's words on the edge are the stop for keyboards; the box is a second, larger target.
        stop = ' tabindex="-1"' if step.source else ""
        body = f'<a href="{escape(url)}" rel="noreferrer"{stop}>{body}</a>'
    return _Part(f'<g class="{step.kind}">{body}</g>', height)


def _shape(kind: str, top: float, height: float) -> str:
    right, bottom, middle = WIDE - 1, top + height, top + height / 2
    if kind == "label":
        tag = f"M20 {_n(top)}H{right - 8}q8 0 8 8V{_n(bottom - 8)}q0 8 -8 8H20L1 {_n(bottom - 14)}V{_n(top + 14)}Z"
        return f'<path class="box" d="{tag}"/><circle class="hole" cx="18" cy="{_n(middle)}" r="5"/>'
    corner = 3 if kind == "listing" else 10
    box = f'<rect class="box" x="1" y="{_n(top)}" width="{WIDE - 2}" height="{_n(height)}" rx="{corner}"/>'
    if kind == "listing":
        box += f'<rect class="rim" x="5" y="{_n(top + 4)}" width="{WIDE - 10}" height="{_n(height - 8)}" rx="1"/>'
    return box


def _edge(before: Step, step: Step, top: float) -> _Part:
    words = told(before, step).bare
    room = WIDE - _BESIDE - 4
    facts = " · ".join(text for text in (status(step), when(step), f"{step.confidence} confidence") if text)
    blocks: list[str] = []
    bottom = top + 9
    for text, how in ((words, _SAYS), (facts, _MORE)) if words else ():
        block = _block(text, how, _BESIDE, bottom, room)
        blocks.append(block.svg)
        bottom += block.height
    source = _block(step.source, _FROM, _BESIDE, bottom, room)
    url = link(step.url)
    blocks.append(f'<a href="{escape(url)}" rel="noreferrer">{source.svg}</a>' if url and source.svg else source.svg)
    height = max(bottom + source.height + 12 - top, 30)
    return _Part(f'<g class="{step.confidence}">{_line(top, top + height)}{"".join(blocks)}</g>', height)


def _line(top: float, bottom: float) -> str:
    base = bottom - 10
    return (
        f'<path class="line" d="M{_RAIL} {_n(top)}V{_n(base)}"/>'
        f'<path class="head" d="M{_RAIL} {_n(bottom - 1)}L{_RAIL - 5.5} {_n(base)}H{_RAIL + 5.5}Z"/>'
    )


def _block(text: str, how: _Text, left: float, top: float, room: float) -> _Part:
    lines = wrap(text, how.size, room, how.most)
    drawn = (
        f'<text class="{how.style}" x="{_n(left)}" y="{_n(top + how.leading * count - 3)}">{escape(line)}</text>'
        for count, line in enumerate(lines, start=1)
    )
    return _Part("".join(drawn), how.leading * len(lines))


def _n(value: float) -> str:
    return f"{value:g}"
