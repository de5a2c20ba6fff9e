"""The drawing of a path."""

from __future__ import annotations

import re
from xml.parsers import expat

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from underlabel import report
from underlabel.model import Path, Step

HOSTILE = "<>&\"']\x00\x0b\u202e\ud800\uffff漢 %8"


def parsed(text: str) -> list[tuple[str, dict[str, str]]]:
    """Parse strictly as XML; gives every element with its attributes."""
    elements: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: elements.append((name, attributes))
    parser.Parse(text.encode(), True)  # noqa: FBT003  expat takes no keyword
    return elements


def shown(text: str) -> str:
    """The words of a drawing, without its style."""
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL).replace("\u00a0", " ").split())


def test_the_drawing_of_the_story_stays_as_it_was(path: Path, snapshot: SnapshotAssertion) -> None:
    assert report.svg(path) == snapshot


def test_every_step_bears_its_words_its_days_its_confidence_and_its_source(path: Path) -> None:
    words = shown(report.svg(path))
    for text in (
        "Lorex Technology Inc.",
        "100 % held by",
        "since 2018-02-06, until a day between 2022-11-23",
        "high confidence",
        "company announcement 2022-094",
        "NDAA section 889",
        "LIST · us_ndaa_889",
    ):
        assert text in words


def test_a_reader_that_does_not_see_gets_the_path_in_words(path: Path) -> None:
    text = report.svg(path)
    assert "<title" in text
    assert "From Lorex 4K recorder N843A8 to NDAA section 889" in text
    assert "According to company announcement 2022-094: Dahua Europe B.V., 100 % held by Zhejiang Dahua" in text


def test_confidence_shows_as_a_dash_pattern_and_as_a_word(path: Path) -> None:
    doubtful = replace(path, steps=(*path.steps[:-1], replace(path.steps[-1], confidence="low")))
    text = report.svg(doubtful)
    assert ("g", {"class": "low"}) in parsed(text)
    assert "low confidence" in shown(text)
    assert ".low .line { stroke-dasharray" in text


def test_sources_are_linked_and_only_web_addresses(path: Path) -> None:
    bad = replace(path, steps=(*path.steps[:-1], replace(path.steps[-1], url="javascript:alert(1)")))
    links = {attributes["href"] for name, attributes in parsed(report.svg(bad)) if name == "a"}
    assert links == {"https://example.org/marks?id=1&lang=en", "https://example.org/filing"}


def test_a_long_name_is_wrapped_and_cut_not_drawn_over_the_edge(path: Path) -> None:
    long = replace(path.steps[2], text="Gesellschaft " * 40, detail="W" * 400)
    text = report.svg(replace(path, steps=(*path.steps[:2], long, *path.steps[3:])))
    drawn = [shown(one) for one in re.findall(r"<text[^>]*>.*?</text>", text)]
    assert max(map(len, drawn)) < 70
    assert any(one.endswith("…") for one in drawn)


def test_a_path_without_steps_is_an_empty_drawing() -> None:
    assert parsed(report.svg(Path(steps=(), confidence="low")))[0][0] == "svg"


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(
        st.text(
            alphabet=st.one_of(st.sampled_from("<>&\"']\x00\x0b\u202e\ud800\uffff漢 %8"), st.characters()), max_size=60
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_text_gives_well_formed_xml(texts: list[str]) -> None:
    steps = tuple(
        Step(
            kind="party",
            id=text,
            text=text,
            detail=text,
            edge=text,
            since=text,
            status=text,
            source=text,
            url=f"http://a/{text}",
        )
        for text in texts
    )
    elements = parsed(report.svg(Path(steps=steps, confidence="high", says=texts[0])))
    assert {name for name, _ in elements} <= {"svg", "title", "desc", "style", "rect", "g", "a", "text", "path"}
