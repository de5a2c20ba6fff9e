"""The HTML report: whole, offline, escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path as File

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from underlabel import report
from underlabel.model import Change, Finding, Rejected, Run, Why

VOID = {"meta", "input", "br", "hr", "link", "img"}
TAGS = set(
    re.findall(
        r"\w+",
        "html head meta title style body a header p svg path circle rect g text desc h1 h2 h3 h4 h5 div i main section "
        "ul ol li b span dl dt dd details summary table thead tbody tr th td code form input fieldset legend label "
        "output button strong figure blockquote figcaption cite footer script small",
    )
)


class Page(HTMLParser):
    """Reads a page strictly: remembers open tags, links, policies, and text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.policy = ""
        self.script = ""
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self._look(attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._look(attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.script += data
        elif not self.open or self.open[-1] != "style":
            self.words += data

    def _look(self, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.names |= set(found)
        self.links += [found["href"] or ""] if "href" in found else []
        self.ids += [found["id"] or ""] if "id" in found else []
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""


def page(findings: tuple[Finding, ...], run: Run, tmp_path: File, rejected: tuple[Rejected, ...] = ()) -> str:
    target = tmp_path / "report.html"
    report.write(findings, run, target, rejected)
    return target.read_text(encoding="utf-8")


def test_the_page_is_whole_and_every_inner_link_leads_somewhere(
    findings: tuple[Finding, ...], run: Run, tmp_path: File
) -> None:
    read = Page(page(findings, run, tmp_path))
    assert read.open == []
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)


def test_ids_stand_once_also_where_two_findings_share_a_drawing(lorex: Finding, run: Run, tmp_path: File) -> None:
    read = Page(page((lorex, replace(lorex, regime="fcc")), run, tmp_path))
    assert len(read.ids) == len(set(read.ids))


def test_the_page_asks_nobody_for_anything(findings: tuple[Finding, ...], run: Run, tmp_path: File) -> None:
    text = page(findings, run, tmp_path)
    read = Page(text)
    assert not {"src", "srcset", "action", "poster", "data", "ping"} & read.names
    assert not {"link", "img", "iframe", "object", "embed", "base", "video"} & set(read.tags)
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in read.policy


def test_the_policy_allows_this_one_script_and_no_other(
    findings: tuple[Finding, ...], run: Run, tmp_path: File
) -> None:
    read = Page(page(findings, run, tmp_path))
    digest = base64.b64encode(hashlib.sha256(read.script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in read.policy
    assert read.tags.count("script") == 1


def test_it_tells_the_answer_its_consequence_its_quote_and_what_would_change_it(
    findings: tuple[Finding, ...], run: Run, tmp_path: File
) -> None:
    words = Page(page(findings, run, tmp_path)).words
    for text in (
        "Of 4 lines: 2 restricted, 1 not checked, 1 clear.",
        "Lorex Technology Inc. was a subsidiary",
        "An agency may not buy it",
        "P.L. 115-232 s.889(a)(1)(A); FAR 52.204-25",
        "Lorex, a subsidiary of Dahua, was still on the shelves.",
        "If the sale had closed before 25 October 2021: review",
        "According to company announcement 2022-094: Lorex Technology Inc., 100 % held by Dahua Europe B.V.",
        "137 days",
        "as of 25 October 2021",
        "starter facts",
        "5e1f00d5",
        "bis: looks at the recipient",
    ):
        assert text in words


def test_lines_with_one_answer_share_it_and_are_all_named(
    findings: tuple[Finding, ...], run: Run, tmp_path: File
) -> None:
    text = page(findings, run, tmp_path)
    assert text.count('<details class="answer') == 3
    assert text.count('<li class="line"') == 4
    assert "Each of 2 lines" in text
    for finding in findings:
        assert finding.id in text


def test_lines_that_bear_different_model_codes_share_an_answer_that_names_the_codes(
    lorex: Finding, run: Run, tmp_path: File
) -> None:
    def bearing(code: str, row: int) -> Finding:
        label = replace(lorex.paths[0].steps[1], id=f"model:{code}", text=code, edge="bears a model code of")
        path = replace(lorex.paths[0], steps=(lorex.paths[0].steps[0], label, *lorex.paths[0].steps[2:]))
        item = replace(lorex.item, model=code, place=replace(lorex.item.place, row=row))
        return replace(lorex, id=code, item=item, paths=(path,))

    read = Page(page((bearing("AD410", 2), bearing("IP8M", 3)), run, tmp_path))
    assert "AD410, IP8M" in read.words
    assert "2 lines have this answer" in read.words


def test_a_line_clear_under_many_rules_says_so_once(clear: Finding, run: Run, tmp_path: File) -> None:
    many = tuple(replace(clear, id=regime, regime=regime) for regime in ("s889", "fcc", "bis", "ofac", "uk", "un"))
    words = Page(page(many, run, tmp_path)).words
    assert "clear under 6 rules" in words


def test_no_word_says_more_than_the_path(findings: tuple[Finding, ...], run: Run, tmp_path: File) -> None:
    words = Page(page(findings, run, tmp_path)).words.lower()
    assert "100 % held by" in words
    for claim in ("controlled by", "sanctioned", "guilty", "blacklist"):
        assert claim not in words


def test_what_is_not_known_is_said(lorex: Finding, run: Run, tmp_path: File) -> None:
    words = Page(page((lorex,), run, tmp_path)).words
    assert "some day between 2022-11-23 and 2023-05-31" in words
    assert "is alleged, not shown to be completed" in words
    assert "the confidence held is medium" in words


def test_no_findings_is_not_called_clear(run: Run, tmp_path: File, rejected: tuple[Rejected, ...]) -> None:
    words = Page(page((), run, tmp_path, rejected)).words
    assert "Nothing was traced" in words
    assert "That is not a “clear”" in words
    assert "the row has 3 cells, the header 4" in words


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org/x", "http://", "ftp://a/b", "http://[x"]
)
def test_only_web_addresses_become_links(lorex: Finding, run: Run, tmp_path: File, url: str) -> None:
    step = replace(lorex.paths[0].steps[2], url=url)
    claim = replace(lorex.claims[0], source=replace(lorex.claims[0].source, url=url))
    hostile = replace(lorex, paths=(replace(lorex.paths[0], steps=(step,)),), claims=(claim,))
    read = Page(page((hostile,), replace(run, datasets=()), tmp_path))
    assert [link for link in read.links if not link.startswith("#")] == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.one_of(st.sampled_from("<>&\"'`/={}#%\x00\u202e\ud800"), st.characters()), max_size=80))
def test_no_text_can_break_out_of_its_place(lorex: Finding, run: Run, tmp_path: File, text: str) -> None:
    steps = tuple(
        replace(step, text=text, detail=text, edge=text, since=text, until=text, status=text, source=text, url=text)
        for step in lorex.paths[0].steps
    )
    claim = replace(lorex.claims[0], outlet=text, title=text, quote=text, subject=text, hedge=text, attributed_to=text)
    hostile = replace(
        lorex,
        id=text,
        item=replace(lorex.item, brand=text, model=text, text=text, raw={text: text}),
        reason=Why(text, text),
        regime=text,
        role=text,
        subject=text,
        paths=(replace(lorex.paths[0], steps=steps, says=text),),
        claims=(claim,),
        would_change_if=(Change(text, text),),
        coverage=(text,),
        notes=(text,),
    )
    about = replace(run, inventory=text, facts=text, tool=text, role=text, regimes=(text,), not_asked=(text,))
    read = Page(page((hostile,), about, tmp_path, (Rejected(reason=text, hint=text, where=text, raw=text),)))
    assert read.open == []
    assert set(read.tags) <= TAGS
    assert read.tags.count("script") == 1
    assert not any(name.startswith("on") for name in read.names)
    assert all(link.startswith(("#", "http://", "https://")) for link in read.links)
