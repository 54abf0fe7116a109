"""What a model is told beside the conversation: the sheet at its beginning, the note at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from interviewer.dialogue.llm.history import as_data, clip
from interviewer.domain.phases import Phase, clock_text
from interviewer.domain.test_run import ProgramRun, TestRun, Verdict
from interviewer.ports import InterviewView, Occasion

MAX_CODE = 8_000
_EARLY = (Phase.CLARIFY, Phase.OUTLINE)

_WANTED = {
    Occasion.OPENING: (
        "open the interview. Greet the candidate in a few words, put the problem to them in one or two "
        "sentences as vaguely as the brief does, and invite questions. Call no tool."
    ),
    Occasion.TURN: "answer what the candidate said last.",
    Occasion.HINT: "answer what the candidate said last.",
    Occasion.PHASE: "say in one sentence what the new phase is about and what you would like to see first.",
    Occasion.TESTS: "react to the test run in one or two sentences, without saying what is wrong.",
    Occasion.PROGRAM: "react to the run of the candidate's program in one sentence, or with one question.",
    Occasion.WATCH: "stay silent.",
    Occasion.CLOSING: "close: the interview has ended. Thank the candidate in one sentence. Judge nothing. "
    "Call no tool.",
}


class Template(Protocol):
    """A versioned prompt."""

    @property
    def label(self) -> str:
        """Id, version and digest."""
        ...

    def render(self, **values: object) -> str:
        """The text with its variables filled in."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPrompts:
    """The prompts of the interviewer's role: system text, sheet and note."""

    system: Template
    sheet: Template
    note: Template

    @property
    def versions(self) -> dict[str, str]:
        """Label of each, for the session's record."""
        return {
            "prompt_interviewer": self.system.label,
            "prompt_sheet": self.sheet.label,
            "prompt_note": self.note.label,
        }


def sheet_text(view: InterviewView, prompts: InterviewPrompts) -> str:
    """The first message; the same all through a session."""
    return prompts.sheet.render(
        title=view.title,
        brief=view.brief.strip(),
        level=view.seniority.value,
        company=view.company,
        libraries=", ".join(view.libraries) or "the standard library",
        code_runs=view.code_runs,
        topics=[(t.fact, t.topic) for t in view.topics],
    ).strip()


def note_text(
    view: InterviewView, prompts: InterviewPrompts, *, tools: bool, facts_now: tuple[str, ...] = ()
) -> str:
    """The last message: true now, and gone with the next turn."""
    left, spent, budget = view.time.remaining, view.time.phase_elapsed, view.time.phase_budget
    early, last = view.phase in _EARLY, view.next_phase is None
    about_run = view.occasion in (Occasion.TESTS, Occasion.PROGRAM)
    return prompts.note.render(
        wanted=_WANTED[view.occasion] + ("" if tools else " You have no tools now."),
        phase=view.phase.words,
        next_phase=view.next_phase.words if view.next_phase is not None else "",
        time_left="unlimited" if left is None else clock_text(left),
        phase_left="" if budget is None else clock_text(budget - spent),
        disclosed=[(t.topic, t.answer) for t in view.topics if t.answer is not None],
        hints=len(view.hints),
        rungs=view.rungs,
        hint_refusal=view.hint_refusal,
        # The questions prepared for later would give the approach away too early.
        follow_ups=list(view.follow_ups) if last else [],
        decisions=[] if early else list(view.decisions),
        question=view.misconception,
        facts_now=list(facts_now),
        code="" if tools or view.code == view.starter else code_block(view.code),
        run=run_text(view) if about_run or not tools else "",
        tools=tools,
    ).strip()


def code_block(code: str) -> str:
    """The candidate's file with line numbers, clipped."""
    lines = clip(code, MAX_CODE).splitlines()
    numbered = "\n".join(f"{n:>3} {line}" for n, line in enumerate(lines, 1))
    return as_data(numbered, "code").removeprefix("<code>\n").removesuffix("\n</code>")


def run_text(view: InterviewView) -> str:
    """The last runs in words, for the model; only what the candidate sees too."""
    parts = [_tests(view.run)] if view.run is not None else []
    if view.program is not None:
        parts.append(_program(view.program))
    return "\n".join(parts) or "The candidate has not run anything yet."


def _tests(run: TestRun) -> str:
    lines = [f"Last test run: {run.passed} of {run.total} passed."]
    for result in run.results:
        if result.verdict is Verdict.PASSED:
            continue
        if result.hidden:
            lines.append(f"- a hidden {result.tier.value} test: {result.verdict.value}")
            continue
        detail = clip(" ".join(result.message.split()), 200)
        place = f" (line {result.line})" if result.line else ""
        lines.append(f"- {result.name}: {result.verdict.value}{place}. {detail}")
    text = "\n".join(lines)
    printed = clip(run.stdout or run.message, 1_000).strip()
    return f"{text}\n{as_data(printed, 'output')}" if printed else text


def _program(run: ProgramRun) -> str:
    checks = f", own checks that call the function: {sum(c.calls for c in run.checks)}" if run.checks else ""
    text = f"Last run of the candidate's own program: {run.verdict.value}{checks}."
    printed = clip(f"{run.stdout}\n{run.message}".strip(), 1_500)
    return f"{text}\n{as_data(printed, 'output')}" if printed else text
