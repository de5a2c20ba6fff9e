"""What changed between two runs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from underlabel import watch
from underlabel.model import VERDICTS


def answer(row: str, verdict: str, code: str = "a", regime: str = "s889") -> dict[str, object]:
    return {
        "item": {"row": {"Item": row}},
        "role": "us_agency",
        "regime": regime,
        "verdict": verdict,
        "reason": {"code": code, "text": f"because {code}"},
    }


def test_equal_runs_have_no_changes() -> None:
    run = [answer("camera", "restricted"), answer("lamp", "clear")]
    assert watch.changes(run, run) == ()


def test_a_worse_and_a_better_answer_are_told_apart() -> None:
    before = [answer("camera", "clear"), answer("recorder", "restricted")]
    after = [answer("recorder", "linked"), answer("camera", "review")]
    assert {one.what for one in watch.changes(before, after)} == {"worse", "better"}


def test_new_and_gone_lines_are_named() -> None:
    found = watch.changes([answer("old", "clear")], [answer("new", "clear")])
    assert sorted((one.what, one.line) for one in found) == [("gone", "old"), ("new", "new")]


def test_a_changed_line_is_named_by_its_place_brand_and_model_in_the_order_of_the_file() -> None:
    def lines(verdict: str) -> list[dict[str, object]]:
        found = [answer("b", verdict), answer("a", verdict)]
        for count, (one, brand) in enumerate(zip(found, ("Lorex", "EZVIZ"), strict=True), start=2):
            one["item"] = {**one["item"], "brand": brand, "model": "X1", "file": "stock.csv", "line": count}  # type: ignore[dict-item]
        return found

    found = watch.changes(lines("clear"), lines("review"))
    assert [one.line for one in found] == ["stock.csv:2 Lorex X1", "stock.csv:3 EZVIZ X1"]


def test_another_reason_for_the_same_verdict_is_a_change() -> None:
    (found,) = watch.changes([answer("camera", "review", "a")], [answer("camera", "review", "b")])
    assert (found.what, found.why) == ("reason", "because b")


RUNS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(VERDICTS)), max_size=6)


@given(RUNS)
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_other_run_never_invents_a_change_of_a_single_line(rows: list[tuple[str, str]]) -> None:
    unique = dict(rows)
    run = [answer(row, verdict) for row, verdict in unique.items()]
    assert watch.changes(run, list(reversed(run))) == ()
