"""What scripted candidates say: built from the scenario's own texts and the names in the code."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import assert_never

from interviewer.domain.scenario import Decision, Fact, Scenario
from interviewer.evaluation.persona import Reply

_TANGENTS = (
    "At my last company we had a huge platform migration and I spent most of that spring arguing about "
    "build servers, which was quite a story because the whole office moved at the same time.",
    "That reminds me of a hackathon years ago where our team built a recommendation thing for cooking and "
    "nobody slept and in the end the demo crashed in front of everyone, but we laughed a lot.",
    "I once read a long thread about this kind of topic, and people there were comparing editors and "
    "keyboards and it went on for days, you would not believe how heated that became.",
    "My former manager always used to say that the weather in the office decides how well a project goes, "
    "and honestly there is some truth in it when I look back at all those summers.",
)
_VAGUE = (
    "I do it this way because it is just better.",
    "This is standard because everybody does it like that.",
    "I chose that because it usually works fine.",
    "It is cleaner like this because, you know, it feels right.",
)
_THEORY = (
    "Mathematically it rests on {title}, and the derivation needs that {reason}, so {entry} is clear.",
    "In pseudo code {entry} would take its arguments, and {reason}, which follows from the definition.",
    "One can prove step by step that {entry} gives the right thing, since {reason}.",
)
_DEFENSIVE = (
    "No, that is how everybody does it.",
    "That is not a problem, it is fine as it is.",
    "I disagree, this is the normal way and I will leave it.",
)


def names_in(source: str) -> list[str]:
    """Names assigned or defined in the code, longest first; empty when it does not parse."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    found = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    found |= {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    return sorted((n for n in found if len(n) > 1), key=lambda n: (-len(n), n))


def restatement(facts: Sequence[Fact]) -> str:
    """A restatement that names the values of the facts obtained."""
    told = " ".join(f"{fact.answer.rstrip('.')}." for fact in facts)
    return f"Let me restate what we agreed on. {told}" if told else ""


def outline(scenario: Scenario) -> str:
    """A plan in steps, from the scenario's decisions."""
    steps = [decision.title[0].lower() + decision.title[1:] for decision in scenario.decisions[:4]]
    spoken = ", then ".join(steps)
    return (
        f"My plan for {scenario.entry[0]}: first I check the input, then {spoken}, "
        "and finally I test it on a small example."
    )


def theory(scenario: Scenario, number: int) -> str:
    """A line of derivation without code."""
    decision = scenario.decisions[number % len(scenario.decisions)]
    reason = decision.reasons[0].text if decision.reasons else decision.title
    template = _THEORY[number % len(_THEORY)]
    return template.format(title=decision.title.lower(), reason=reason, entry=scenario.entry[0])


def reason(decision: Decision, how: Reply, anchor: str) -> str:
    """The sound reason for a decision, long or short."""
    because = "; also ".join(point.text for point in decision.reasons[:2]) or decision.title
    if how is Reply.SHORT_REASON:
        return f"{anchor}: {decision.title.lower()}, because {decision.reasons[0].text}."
    return f"For {anchor} I go with this: {decision.title.lower()}, because {because}."


def misconception(decision: Decision, anchor: str) -> str:
    """A decision explained by its first usual misconception."""
    return f"For {anchor}: {decision.title.lower()}, because {decision.misconceptions[0].text}."


def narration(source: str, number: int) -> str:
    """What the candidate is writing, naming identifiers of the code."""
    names = names_in(source)
    if not names:
        return "Now I start with the signature and the input checks."
    name = names[number % len(names)]
    other = names[(number + 1) % len(names)]
    return f"Now I write the part that computes {name}, and {other} comes from it in the next step."


def tangent(number: int) -> str:
    """A story that has nothing to do with the question."""
    return _TANGENTS[number % len(_TANGENTS)]


def vague(number: int) -> str:
    """A causal sentence without content."""
    return _VAGUE[number % len(_VAGUE)]


def points(texts: Sequence[str], *, terse: Reply) -> str:
    """An answer to a follow-up that makes these points."""
    joined = "; ".join(texts) if terse is Reply.SHORT_REASON else ". Besides, ".join(texts)
    return joined[0].upper() + joined[1:] + "."


def answer(how: Reply, question: str, anchor: str, number: int) -> str:
    """A reply to an interjection or a probe."""
    match how:
        case Reply.REASON:
            return (
                f"Good point to look at: {anchor} is what decides there, because that case would otherwise "
                f"go wrong, so I check {anchor} on a small example and fix the line."
            )
        case Reply.SHORT_REASON:
            return f"In {anchor}: I check this case now, because otherwise wrong."
        case Reply.VAGUE:
            return "Hm, I think it should be fine because it usually is."
        case Reply.OK:
            return "ok"
        case Reply.DEFENSIVE:
            return _DEFENSIVE[number % len(_DEFENSIVE)]
        case Reply.SILENT:
            return ""
        case _:
            assert_never(how)
