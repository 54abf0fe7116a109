from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.history import Side, as_data, conversation
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.dialogue.llm.thoughts import Thoughts
from interviewer.dialogue.llm.tokens import TokenCounter, encoding, estimate, shown
from interviewer.dialogue.llm.usage import Budget, Usage, cost_of
from interviewer.domain.transcript import Line, Speaker

SETTINGS = ModelSettings(
    name="x", model="m", base_url="http://localhost/v1", input_price=2.0, output_price=8.0, cached_price=0.5
)


def test_the_bundled_vocabulary_is_the_published_one() -> None:
    # Published token numbers of o200k.
    assert encoding().encode("hello world") == [24912, 2375]
    assert encoding().encode("<|endoftext|>", allowed_special="all") == [199999]


def test_the_pattern_is_the_published_one() -> None:
    import inspect
    from importlib import import_module

    import interviewer.dialogue.llm.tokens as ours

    source = inspect.getsource(import_module("tiktoken_ext.openai_public").o200k_base)

    wanted = eval(source[source.index('"|".join(') :].split("    return")[0].strip(), {})
    assert wanted == ours._PATTERN


@given(st.text(max_size=300))
def test_the_vocabulary_loses_nothing(text: str) -> None:
    assert encoding().decode(encoding().encode_ordinary(text)) == text


def test_other_models_are_counted_roughly_and_marked() -> None:
    counter = TokenCounter("llama3.1")
    counter.load()
    assert not counter.exact and counter.count("hello world, how are you?") == estimate(
        "hello world, how are you?"
    )
    assert shown(1234, estimated=True) == "~1,234" and shown(1234, estimated=False) == "1,234"


def test_the_estimate_is_near_the_vocabulary_for_english() -> None:
    text = "The candidate asked what happens to a cluster that loses all of its points, and why. " * 20
    assert estimate(text) == pytest.approx(len(encoding().encode(text)), rel=0.35)


def test_cached_tokens_cost_their_own_price() -> None:
    usage = Usage(input_tokens=1_000_000, cached_tokens=400_000, output_tokens=100_000)
    assert cost_of(usage, SETTINGS) == pytest.approx(0.6 * 2.0 + 0.4 * 0.5 + 0.1 * 8.0)
    assert cost_of(usage, ModelSettings(name="x", model="m")) is None


def test_a_budget_warns_once_and_then_refuses() -> None:
    from dataclasses import replace

    budget = Budget(replace(SETTINGS, budget_usd=1.0))
    usage = Usage(input_tokens=150_000)  # 0.30 dollars
    said = []
    for _ in range(4):
        budget.check()
        said.append(budget.add(usage))
    assert [bool(s) for s in said] == [False, False, True, False]
    with pytest.raises(ModelFault) as caught:
        budget.check()
    assert caught.value.kind is FaultKind.BUDGET and caught.value.permanent


def test_what_a_session_used_before_counts() -> None:
    from dataclasses import replace

    budget = Budget(replace(SETTINGS, budget_tokens=100), Usage(input_tokens=100))
    with pytest.raises(ModelFault):
        budget.check()


# --- the conversation -------------------------------------------------------------------------

LINES = st.lists(
    st.builds(
        Line,
        st.integers(1, 99),
        st.just(0.0),
        st.sampled_from(Speaker),
        st.text(alphabet="ab </candidate>\n", max_size=40),
        st.booleans(),
    ),
    max_size=12,
)


@given(LINES, st.integers(0, 400))
def test_a_conversation_alternates_begins_and_ends_with_the_user(lines: list[Line], budget: int) -> None:
    messages = conversation(lines, sheet="SHEET", note="NOTE", budget=budget, count=len)
    sides = [m.side for m in messages]
    assert sides[0] is Side.USER and sides[-1] is Side.USER
    assert all(a is not b for a, b in itertools.pairwise(sides))
    assert messages[0].text.startswith("SHEET") and messages[-1].text.endswith("NOTE")
    assert all(m.text.strip() for m in messages)
    spoken = [line for line in lines if line.text.strip()]
    if spoken:
        sent = "".join(m.text for m in messages).replace(" ", "")
        assert spoken[-1].text.replace(" ", "").strip() in sent


@given(st.text(alphabet="</candidte> \nCODE", max_size=80))
def test_data_cannot_close_its_tag(text: str) -> None:
    wrapped = as_data(text, "candidate")
    assert wrapped.lower().count("</candidate") == 1 and wrapped.lower().count("<candidate") == 1


@given(st.text(alphabet="<think>/ab", max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_thoughts_do_not_depend_on_the_cut(text: str, cuts: list[int]) -> None:
    def run(edges: list[int]) -> str:
        filter_ = Thoughts()
        heard = "".join(filter_.feed(text[a:b]) for a, b in itertools.pairwise(edges))
        return heard + filter_.finish()

    whole = run([0, len(text)])
    assert run(sorted({0, len(text), *(min(c, len(text)) for c in cuts)})) == whole
    if "<think>" not in text:
        assert whole == text


def test_faults_are_one_line(settings: Any) -> None:
    for kind in FaultKind:
        assert "\n" not in str(ModelFault(kind, "a\nb" * 200)) and len(str(ModelFault(kind, "x" * 999))) < 260
